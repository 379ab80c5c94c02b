"""A pickle read without running it: its instructions build numbers, texts, lists and dicts, and call nothing.

What the pickle asks to be called becomes a `Call`, an inert note of what was asked for; the only
calls that mean something are those that a state dict is made of, and these are matched by name.
What a hostile pickle can do is therefore bounded by the number of its instructions.
"""

import pickletools
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from .names import check_length
from .refusals import Phrase, Refused, broken

MOST_INSTRUCTIONS = 500_000
"""The pickles of a file have at most as many together; a state dict takes some forty for an array."""

_LONGEST_NUMBER = 1024
"""Bits of a whole number: those of random generators have 128. Python is slow with longer ones."""

_MOST_PLACES = 1 << 32
"""Pickles count the places of their memo with four bytes."""

_LARGEST_KEY = 1 << 60
"""Whole numbers below this all have different hashes; a dict is slow with thousands of keys of one hash."""


@dataclass(frozen=True, eq=False)
class Named:
    """A class or function by its full name, which is never looked up."""

    name: str


@dataclass(frozen=True, eq=False)
class Call:
    """What would have been called, and with what."""

    function: object
    arguments: tuple


_MARK = object()

_PUSHES_ITS_ARGUMENT = {
    "INT", "BININT", "BININT1", "BININT2", "LONG", "LONG1", "LONG4", "FLOAT", "BINFLOAT",
    "STRING", "BINSTRING", "SHORT_BINSTRING", "UNICODE", "BINUNICODE", "SHORT_BINUNICODE", "BINUNICODE8",
    "BINBYTES", "SHORT_BINBYTES", "BINBYTES8", "BYTEARRAY8",
}  # fmt: skip
_CONSTANTS = {"NONE": None, "NEWTRUE": True, "NEWFALSE": False}
_EMPTY = {"EMPTY_LIST": list, "EMPTY_TUPLE": tuple, "EMPTY_DICT": dict, "EMPTY_SET": list}
"""What begins empty; a set is a list here."""

_TUPLES = {"TUPLE1": 1, "TUPLE2": 2, "TUPLE3": 3}
"""How many of the last are made a tuple."""

_PLAIN_KEYS = (str, int, float, bool, type(None))
"""Only these become keys of a dict: to hash a nested tuple can take for ever."""


def read_pickle(
    file: BinaryIO,
    resolve: Callable[[Call], object],
    refer: Callable[[object], object],
    count: list[int] | None = None,
) -> object:
    """What the pickle at the file's position builds; the position is after it then.

    resolve : what stands for a Call; it raises Refused for what is not wanted.
    refer : what stands for something outside of the pickle: in a PyTorch file, a storage.
    count : the instructions so far, which all pickles of a file share.
    Raises Refused for broken pickles, unknown instructions and too many of them.
    """
    machine = _Machine(resolve, refer)
    count = [0] if count is None else count
    instructions = pickletools.genops(file)
    while True:
        try:
            opcode, argument, _ = next(instructions)
        except StopIteration:
            raise broken("pickle", "endless") from None
        except Exception:  # genops raises what it meets in text, numbers and lengths
            raise broken("pickle", "unreadable") from None
        count[0] += 1
        if count[0] > MOST_INSTRUCTIONS:
            raise Refused("too_many", most=MOST_INSTRUCTIONS, what=Phrase("instructions"))
        if opcode.name == "STOP":
            return machine.pop()
        try:
            machine.step(opcode.name, argument)
        except (IndexError, KeyError, TypeError, ValueError) as error:
            if isinstance(error, Refused):
                raise
            raise broken("pickle", "nothing_to_work_on", name=opcode.name) from None


def _place(key: int | str) -> int:
    """A place in the memo. IndexError for one that no pickle has."""
    place = int(key)
    if not 0 <= place < _MOST_PLACES:
        raise IndexError(place)
    return place


class _Machine:
    def __init__(self, resolve, refer):
        self.resolve, self.refer = resolve, refer
        self.stack: list = []
        self.memo: dict[int, object] = {}

    def pop(self):
        if not self.stack or self.stack[-1] is _MARK:
            raise broken("pickle", "empty_stack")
        return self.stack.pop()

    def pop_to_mark(self) -> list:
        for place in range(len(self.stack) - 1, -1, -1):
            if self.stack[place] is _MARK:
                items = self.stack[place + 1 :]
                del self.stack[place:]
                return items
        raise broken("pickle", "no_mark")

    def step(self, name: str, argument) -> None:
        if name in _PUSHES_ITS_ARGUMENT:
            if isinstance(argument, int) and argument.bit_length() > _LONGEST_NUMBER:
                raise broken("pickle", "long_number")
            self.stack.append(argument)
        elif name in _CONSTANTS:
            self.stack.append(_CONSTANTS[name])
        elif name in _EMPTY:
            self.stack.append(_EMPTY[name]())
        elif name in _TUPLES:
            items = [self.pop() for _ in range(_TUPLES[name])]
            self.stack.append(tuple(reversed(items)))
        elif name in ("PROTO", "FRAME"):
            pass
        else:
            does = getattr(self, f"_{name.lower()}", None)
            if does is None:
                raise Refused("instruction", name=name)
            does(argument)

    # -- the stack and the memo

    def _mark(self, _):
        self.stack.append(_MARK)

    def _pop(self, _):
        if self.stack.pop() is _MARK:
            raise broken("pickle", "mark_taken")

    def _pop_mark(self, _):
        self.pop_to_mark()

    def _dup(self, _):
        self.stack.append(self.stack[-1])

    def _put(self, key):
        if self.stack[-1] is _MARK:
            raise broken("pickle", "mark_kept")
        self.memo[_place(key)] = self.stack[-1]

    _binput = _long_binput = _put

    def _memoize(self, _):
        self._put(len(self.memo))

    def _get(self, key):
        self.stack.append(self.memo[_place(key)])

    _binget = _long_binget = _get

    # -- containers

    def _list(self, _):
        self.stack.append(self.pop_to_mark())

    def _append(self, _):
        item = self.pop()
        if isinstance(self.stack[-1], list):
            self.stack[-1].append(item)

    def _appends(self, _):
        items = self.pop_to_mark()
        if isinstance(self.stack[-1], list):
            self.stack[-1].extend(items)

    _additems, _frozenset = _appends, _list  # of sets

    def _tuple(self, _):
        self.stack.append(tuple(self.pop_to_mark()))

    def _dict(self, _):
        made: dict = {}
        self._put_items(made, self.pop_to_mark())
        self.stack.append(made)

    def _setitem(self, _):
        value, key = self.pop(), self.pop()
        self._put_items(self.stack[-1], [key, value])

    def _setitems(self, _):
        items = self.pop_to_mark()
        self._put_items(self.stack[-1], items)

    def _put_items(self, made, items):
        if len(items) % 2:
            raise broken("pickle", "no_value")
        if isinstance(made, dict):
            for key, value in zip(items[::2], items[1::2], strict=True):
                if isinstance(key, _PLAIN_KEYS) and not (isinstance(key, int) and abs(key) >= _LARGEST_KEY):
                    made[key] = value

    # -- what would be looked up and called

    def _global(self, names):
        module, _, name = names.partition(" ")
        self.stack.append(self._named(module, name))

    def _stack_global(self, _):
        name, module = self.pop(), self.pop()
        if not (isinstance(name, str) and isinstance(module, str)):
            raise broken("pickle", "name_no_text")
        self.stack.append(self._named(module, name))

    def _named(self, module, name):
        check_length(module, name)  # a pickle can put two long texts together again and again
        named = Named(f"{module}.{name}")
        self.resolve(Call(named, ()))
        return named

    def _reduce(self, _):
        arguments, function = self.pop(), self.pop()
        self.stack.append(self._call(function, arguments))

    _newobj = _reduce

    def _newobj_ex(self, _):
        self.pop()  # arguments by name
        self._reduce(None)

    def _call(self, function, arguments):
        if not isinstance(arguments, tuple):
            raise broken("pickle", "no_tuple")
        return self.resolve(Call(function, arguments))

    def _build(self, _):
        self.pop()  # the state of an object: what is on the stack is data alone and has none

    def _binpersid(self, _):
        self.stack.append(self.refer(self.pop()))
