"""What could be known at each letter of a program: text -> Python's own tokenizer -> **features**.

A feature is True or False at each letter, as it stands after this letter was read: the opening bracket is
inside, the closing one is not.
"""

import io
import keyword
import token
import tokenize

import numpy as np

FEATURES = (
    "brackets",
    "nested",
    "comment",
    "docstring",
    "string",
    "keyword",
    "assignment",
    "indented",
    "seen",
)
"""Inside any bracket; inside two or more; in a comment; in a string of three quotes; in one of one quote;
in the value of a keyword argument; right of the = of an assignment; in a line that is indented by 8 or
more; at the end of a name, whether the name has stood in this file before."""

APPLIES = {"seen": "ends"}
"""Features that are asked of some letters alone, and the name of what says of which."""

_DEEP = 8


def features(text: str) -> dict[str, np.ndarray]:
    """Name of each of FEATURES -> (T,) truth values; and `ends`, which says where a name ends.

    Raises ValueError for a text that Python's tokenizer does not take.
    """
    found = {name: np.zeros(len(text), bool) for name in (*FEATURES, "ends")}
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError) as error:
        raise ValueError(f"text: expected a Python program, {error}") from None
    starts = _starts(text)
    # Where each bracket opened, and the = of a keyword argument in it.
    open_at: list[tuple[int, int | None]] = []
    assigned: int | None = None
    names: set[str] = set()
    for this in tokens:
        start, end = (starts[line - 1] + column for line, column in (this.start, this.end))
        if this.type == tokenize.COMMENT:
            found["comment"][start:end] = True
        elif this.type == token.STRING:
            _string(found, this.string, start, end)
        elif this.type == token.NAME and not keyword.iskeyword(this.string):
            found["ends"][end - 1 : end] = True
            found["seen"][end - 1 : end] = this.string in names
            names.add(this.string)
        elif this.type == token.NEWLINE and assigned is not None:
            found["assignment"][assigned:start] = True
            assigned = None
        elif this.type == token.OP:
            if this.string in "([{":
                open_at.append((start, None))
            elif open_at and (this.string in ")]}" or this.string == ","):
                opened, equals = open_at.pop()
                if equals is not None:
                    found["keyword"][equals:start] = True
                if this.string == ",":
                    open_at.append((opened, None))
                else:
                    found["brackets"][opened:start] = True
                    if open_at:
                        found["nested"][opened:start] = True
            elif this.string == "=" and open_at:
                open_at[-1] = open_at[-1][0], start
            elif this.string == "=" and assigned is None:
                assigned = start
    for start, line in zip(starts, io.StringIO(text), strict=False):
        blanks = len(line) - len(line.lstrip(" "))
        if blanks >= _DEEP and line.strip():
            found["indented"][start + _DEEP - 1 : start + len(line) - 1] = True
    return found


def _starts(text: str) -> list[int]:
    """Where each line of a text begins; one more than it has, because the last token stands behind the last
    line."""
    starts = [0]
    for line in io.StringIO(text):
        starts.append(starts[-1] + len(line))
    return [*starts, starts[-1]]


def _string(found: dict[str, np.ndarray], string: str, start: int, end: int) -> None:
    """Marks a string: from the last of its opening quotes to before the last of its closing ones."""
    prefix = len(string) - len(string.lstrip("rRbBuUfF"))
    three = string[prefix : prefix + 3] in ('"""', "'''") and len(string) >= prefix + 6
    found["docstring" if three else "string"][start + prefix + 2 * three : end - 1] = True
