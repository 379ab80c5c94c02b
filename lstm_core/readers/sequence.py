"""The inputs of a run: .npy, .npz or CSV -> x (T, D) or (T, B, D), and what of it a layer reads."""

import io
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from math import prod
from sys import float_info

import numpy as np

from ..labels import checked_labels, letters
from ..quantities import LABEL
from ..workbench.table import Bounds, Table, read_table
from .formats import opened
from .limits import Budget, Limits, check_bytes
from .numpy_file import HEADER_BYTES, header, numbers, read_arrays
from .refusals import Phrase, Refused
from .zipped import Archive

MOST_LABEL_BYTES = 4_000_000
"""A text that names the steps is no longer than this."""


def read_x(path_or_file, D: int, limits: Limits) -> np.ndarray:
    """Numbers from an .npy or .npz file, or from CSV text in the forms that `read_table` knows; a step a row.

    Of an .npz the array `x` is taken, or the only one. The first row of a CSV may hold names; where these
    name x_1 … x_D, those columns are taken, else there have to be D columns. Raises Refused, of this module
    or of `workbench.refused`.
    """
    return read_labelled_x(path_or_file, D, limits)[0]


def read_labelled_x(path_or_file, D: int, limits: Limits) -> tuple[np.ndarray, tuple[str, ...]]:
    """As `read_x`, with the names of the steps, which stand in a column `label` of a CSV if there is one."""
    with opened(path_or_file) as file:
        check_bytes(limits, file.seek(0, os.SEEK_END))
        file.seek(0)
        content = file.read()
    return (_arrays(content, limits), ()) if is_arrays(content) else _csv(content, D, limits)


def is_arrays(content: bytes) -> bool:
    """Whether these are the bytes of an .npy or .npz file, which is no table."""
    return content.startswith((b"\x93NUMPY", b"PK\x03\x04"))


def read_label_file(path_or_file, T: int) -> tuple[str, ...]:
    """Names for T steps from a text in UTF-8 that has as many letters as steps, or as many lines.

    A line break at its end belongs to neither. Raises Refused.
    """
    with opened(path_or_file) as file:
        content = file.read(MOST_LABEL_BYTES + 1)
    if len(content) > MOST_LABEL_BYTES:
        raise Refused("too_large", got=f"> {MOST_LABEL_BYTES}", most=MOST_LABEL_BYTES)
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise Refused("sequence", what=Phrase("not_utf8")) from None
    ways = [letters(text), letters(text.removesuffix("\n")), text.removesuffix("\n").split("\n")]
    found = next((way for way in ways if len(way) == T), None)
    if found is None:
        raise Refused("labels", letters=len(ways[1]), lines=len(ways[2]), expected=T)
    return checked_labels(found, T)


def one_sequence(x: np.ndarray, D: int, layer: str) -> np.ndarray:
    """(T, D): the one sequence that an array holds, for a layer of D inputs.

    x : (T, D); a batch of one, as (1, T, D) or (T, 1, D); or (T,) where D is 1. Raises Refused for one
    whose steps are its columns.
    """
    if x.ndim == 3 and 1 in x.shape[:2]:
        x = x[0] if len(x) == 1 else x[:, 0]
    if x.ndim == 1 and D == 1:
        x = x[:, None]
    if is_turned(x, D):
        raise Refused("x_turned", got=x.shape[1], expected=D)
    check_x(x, D, layer)
    return x


def in_time(x: np.ndarray, D: int, layer: str, batch_first: bool | None) -> np.ndarray:
    """(T, D), or (T, B, D) where x holds several sequences.

    batch_first : whether the first axis of three counts sequences; None where nobody said it. Then a batch of
    one is taken for its sequence, and any other is refused.
    """
    if x.ndim != 3 or x.shape[-1] != D or (batch_first is None and 1 in x.shape[:2]):
        return one_sequence(x, D, layer)
    if batch_first is None:
        raise Refused("which_axis", got=x.shape, first=x.shape[0], second=x.shape[1])
    x = x.swapaxes(0, 1) if batch_first else x
    x = x[:, 0] if x.shape[1] == 1 else x
    check_x(x, D, layer)
    return x


def one_of(x: np.ndarray, number: int | None) -> np.ndarray:
    """(T, D): one of several sequences (T, B, D), from 1; without a number all. Raises Refused."""
    B = x.shape[1] if x.ndim == 3 else 1
    if number is not None and not 1 <= number <= B:
        raise Refused("no_such_sequence", got=number, most=B)
    return x if number is None or x.ndim == 2 else x[:, number - 1]


@dataclass(frozen=True, eq=False)
class Brought:
    """One sequence (T, D), or several in an array of three axes, the last of which is D.

    name : of its file. labels : names of the steps of one sequence, or ().
    batch_first : whether the first of three axes counts sequences, else it counts steps. number : of the
    sequence that runs, from 1.
    """

    array: np.ndarray
    name: str
    labels: tuple[str, ...] = ()
    batch_first: bool = True
    number: int = 1

    @property
    def B(self) -> int:
        """How many sequences there are."""
        return 1 if self.array.ndim == 2 else self.array.shape[0 if self.batch_first else 1]

    @property
    def x(self) -> np.ndarray:
        """(T, D): the sequence that runs. Raises Refused for a number that there is not."""
        if self.array.ndim == 2:
            return self.array
        return one_of(self.array.swapaxes(0, 1) if self.batch_first else self.array, self.number)


def bring(x: np.ndarray, name: str, labels: Iterable[str], D: int, layer: str) -> Brought:
    """What a layer of D inputs can read of an array; of several sequences the first. Raises Refused."""
    if x.ndim == 3 and x.shape[-1] == D and 1 not in x.shape[:2]:
        return Brought(x, name)
    x = one_sequence(x, D, layer)
    return Brought(x, name, checked_labels(labels, len(x)))


def columns_for(table: Table, D: int) -> np.ndarray:
    """(T, D): the columns of a table for D inputs. Raises Refused where the table does not say which."""
    if not table.says(D):
        if is_turned(table.values, D):
            raise Refused("x_turned", got=len(table.names), expected=D)
        raise Refused("sequence", what=Phrase("columns", got=len(table.names), expected=D))
    return table.values[:, list(table.proposed(D))]


def is_turned(x: np.ndarray, D: int) -> bool:
    """Whether a table has D rows and another number of columns, so that a column seems to be a step."""
    return x.ndim == 2 and len(x) == D and x.shape[1] not in (1, D)


def check_x(x: np.ndarray, D: int, layer: str) -> None:
    """A Refused for what is no input (T, D) or (T, B, D) of finite numbers."""
    if x.dtype.kind not in "biuf":
        raise Refused("x_type", got=x.dtype)
    if x.ndim not in (2, 3) or x.shape[-1] != D:
        raise Refused("x_shape", layer=layer or "lstm", expected=D, got=x.shape)
    if not x.size:
        raise Refused("x_empty", got=x.shape)
    if not np.isfinite(x).all():
        at = np.argwhere(~np.isfinite(x))[0]
        raise Refused("x_not_finite", t=int(at[0]) + 1, d=int(at[-1]) + 1)


def _arrays(content: bytes, limits: Limits) -> np.ndarray:
    if not content.startswith(b"PK"):
        return _npy(content)
    arrays = read_arrays(Archive(io.BytesIO(content), Budget(limits)))
    found = arrays.get("x") or (next(iter(arrays.values())) if len(arrays) == 1 else None)
    if found is None:
        raise Refused("sequence", what=Phrase("npz_without_x", names=", ".join(list(arrays)[:6])))
    if found.dtype.startswith("void"):
        raise Refused("sequence", what=Phrase("no_numbers", name=found.name))
    return found.load()


def _npy(content: bytes) -> np.ndarray:
    said = header(content[:HEADER_BYTES], "x")
    shape, _, dtype, start = said
    if dtype.kind not in "biuf" or start + prod(shape) * dtype.itemsize != len(content):
        raise Refused("sequence", what=Phrase("npy_numbers"))
    return numbers(content, said)


def _csv(content: bytes, D: int, limits: Limits) -> tuple[np.ndarray, tuple[str, ...]]:
    bounds = Bounds(limits.bytes, limits.T, None, float_info.max)
    table = read_table(content, bounds, partial(_inputs_among, D=D), D)
    return columns_for(table, D), table.labels


def _inputs_among(names: list[str], D: int) -> Sequence[int]:
    """The columns x_1 … x_D, or all but the names of the steps where these are D. Raises Refused."""
    wanted = [f"x_{number + 1}" for number in range(D)]
    places = {name: place for place, name in reversed(list(enumerate(names)))}
    if places.keys() >= set(wanted):
        return [places[name] for name in wanted]
    numbers = [k for k, name in enumerate(names) if name != LABEL or len(names) == D]
    if len(numbers) != D:
        raise Refused("sequence", what=Phrase("columns", got=len(names), expected=D))
    return numbers
