"""A course as one file: course -> **.npz** -> course. What comes in is treated as hostile.

The file holds arrays of plain numbers and a header of JSON, no objects. Its size, the names and sizes of
its members, and what each array says of itself are compared with what a course can have before an array
is made of them.
"""

import io
import json
import zipfile
from dataclasses import asdict
from typing import Any

import numpy as np

from .course import ENDINGS, MAX_SNAPSHOTS, MAX_UPDATES, Course, blank_network
from .problems import problem_of
from .setup import MAX_SEED, Setup, whole_number

MAX_BYTES = 8_000_000
"""More than the largest course there can be, whose snapshots are 3.5 MB and whose curves are 0.4 MB."""

_MOST_HEADER = 4000
_NUMPY_HEADER = 200  # bytes before the numbers of an array; NumPy writes 128
_ARRAYS = {
    "losses": np.float64, "norms": np.float64, "scored_at": np.int64, "scores": np.float64,
    "snapshot_at": np.int64, "snapshots": np.float64,
}  # fmt: skip


def course_to_npz(course: Course) -> bytes:
    """The course as the bytes of an .npz file; the same course gives the same bytes."""
    header = {
        "format": "lstm-course",
        "version": 1,
        "problem": course.problem.key,
        "T": course.problem.T,
        "setup": asdict(course.setup),
        "seed": course.seed,
        "ended": course.ended,
    }
    arrays: dict[str, Any] = {
        name: np.asarray(getattr(course, name), dtype) for name, dtype in _ARRAYS.items()
    }
    out = io.BytesIO()
    np.savez_compressed(out, header=np.frombuffer(json.dumps(header).encode("ascii"), np.uint8), **arrays)
    return out.getvalue()


def course_from_npz(content: bytes) -> Course:
    """The course of a file that `course_to_npz` wrote. Raises nothing but a ValueError of one sentence."""
    if len(content) > MAX_BYTES:
        raise _refusal(f"at most {MAX_BYTES} bytes", f"{len(content)}")
    try:
        file = zipfile.ZipFile(io.BytesIO(content))
    except Exception:  # a broken archive raises what it likes, here and below
        raise _refusal("an .npz file", "something else") from None
    with file:
        members = {info.filename: info for info in file.infolist()}
        if len(file.infolist()) != len(members) or members.keys() != {
            f"{n}.npy" for n in ("header", *_ARRAYS)
        }:
            raise _refusal(f"the arrays header, {', '.join(_ARRAYS)}", f"{len(file.infolist())} others")
        header = _header(_array(file, members, "header", np.uint8, (_MOST_HEADER,)))
        problem, setup, seed, ended = header
        largest = {
            "losses": (MAX_UPDATES,), "norms": (MAX_UPDATES,), "scored_at": (MAX_UPDATES + 1,),
            "scores": (MAX_UPDATES + 1,), "snapshot_at": (MAX_SNAPSHOTS,),
            "snapshots": (MAX_SNAPSHOTS, len(blank_network(problem, setup).weights)),
        }  # fmt: skip
        arrays = {name: _array(file, members, name, _ARRAYS[name], largest[name]) for name in _ARRAYS}
    course = Course(problem, setup, seed, ended, **arrays)
    _check(course)
    return course


def _header(raw: np.ndarray):
    """Problem, setup, seed and ending. A ValueError for anything that cannot be."""
    try:
        data = json.loads(raw.tobytes().decode("ascii"))
    except (ValueError, RecursionError):
        raise _refusal("a header of JSON", "something else") from None
    fields = {"format", "version", "problem", "T", "setup", "seed", "ended"}
    if not isinstance(data, dict) or data.keys() != fields or data["format"] != "lstm-course":
        raise _refusal(f"a header with {', '.join(sorted(fields))}", "others")
    if data["version"] != 1:
        raise _refusal("version 1", f"{data['version']!r:.20}")
    given = data["setup"]
    if not isinstance(given, dict) or given.keys() != asdict(Setup()).keys():
        raise _refusal(f"a setup with {', '.join(asdict(Setup()))}", "others")
    if not isinstance(data["ended"], str) or data["ended"] not in ENDINGS:
        raise _refusal(f"an ending among {', '.join(filter(None, ENDINGS))}", f"{data['ended']!r:.20}")
    problem = problem_of(data["problem"], whole_number("T", data["T"], 1, 1000))
    return problem, Setup(**given), whole_number("seed", data["seed"], 0, MAX_SEED), data["ended"]


def _array(file, members, name: str, dtype, largest: tuple[int, ...]) -> np.ndarray:
    """An array of that kind, at most as long as `largest`; if it has columns, as many as there."""
    most = int(np.prod(largest)) * np.dtype(dtype).itemsize + _NUMPY_HEADER
    expected = f"{name} of {np.dtype(dtype)}, at most {largest}"
    if members[f"{name}.npy"].file_size > most:
        raise _refusal(expected, f"{members[f'{name}.npy'].file_size} bytes")
    try:
        with file.open(members[f"{name}.npy"]) as member:
            raw = io.BytesIO(member.read(most + 1))
        if np.lib.format.read_magic(raw) != (1, 0):
            raise ValueError
        shape, by_columns, found = np.lib.format.read_array_header_1_0(raw, max_header_size=_NUMPY_HEADER)
    except Exception:
        raise _refusal(expected, "something that is no such array") from None
    fits = len(shape) == len(largest) and all(
        0 <= length <= wanted for length, wanted in zip(shape, largest, strict=True)
    )
    numbers = raw.read()
    if found != dtype or by_columns or not fits or shape[1:] != largest[1:]:
        raise _refusal(expected, f"{found} of shape {shape}"[:80])
    if len(numbers) != int(np.prod(shape)) * found.itemsize:
        raise _refusal(expected, f"{len(numbers)} bytes of numbers")
    return np.frombuffer(numbers, dtype).reshape(shape)


def _check(course: Course) -> None:
    """A ValueError for arrays that contradict each other, or hold what no training gives."""
    N, S, P = len(course.losses), len(course.scores), len(course.snapshots)
    for name in ("losses", "norms", "scores", "snapshots"):
        values = getattr(course, name)
        if not np.isfinite(values).all() or (name != "snapshots" and (values < 0).any()):
            raise _refusal(f"finite numbers as {name}, not below 0", "others")
    if len(course.norms) != N or len(course.scored_at) != S or len(course.snapshot_at) != P:
        raise _refusal("as many losses as norms, and an update for each score and snapshot", "others")
    for name, updates in (("scored_at", course.scored_at), ("snapshot_at", course.snapshot_at)):
        if not len(updates) or updates[0] != 0 or updates[-1] > N or (np.diff(updates) < 1).any():
            raise _refusal(f"{name} that rises from 0 to at most {N}", "another")
    if course.snapshot_at[-1] != N or course.scores.max() > 1:
        raise _refusal("a snapshot after the last update, and scores up to 1", "others")


def _refusal(expected: str, got: str) -> ValueError:
    return ValueError(f"course: expected {expected}, got {got}")
