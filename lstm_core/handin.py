"""What a student hands in: predictions, tasks, weights -> **one zip** of JSON and CSV -> teacher's table.

A file that is read is treated as hostile: sizes are bounded before anything is unpacked or parsed,
nothing goes to disk, and what it claims is judged again from the answers and weights in it. The CSV
is for people: it is never read back.
"""

from __future__ import annotations

import io
import json
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .experiment import HAND_D, HAND_H, HAND_T, LIMIT, Experiment
from .intake import Refused, read_params
from .items import ITEMS, make
from .lesson import SEEDS, Verdict, judge
from .params import LSTMParams
from .plain import harmless
from .presets import PRESETS
from .task_table import TASKS
from .tasks import Report, check, with_weights

VERSION = 1
FORMAT = "lstm-hand-in"
JSON_NAME, CSV_NAME = "handin.json", "trace.csv"

MAX_ZIP, MAX_JSON, MAX_CSV = 300_000, 400_000, 1_000_000
"""Most bytes of the file, and of each of its members when unpacked."""

MAX_PREDICTIONS, MAX_TASKS, MAX_HINTS, MAX_TRIES = 100, 40, 3, 9999
_MAX_DEPTH = 8


@dataclass(frozen=True)
class Prediction:
    """An answer that was locked: an option, a number, or numbers; None where it was skipped."""

    item: str
    seed: int
    answer: str | float | tuple[float, ...] | None

    @cached_property
    def verdict(self) -> Verdict | None:
        """What the answer is worth; None where there is none. Raises ValueError for an impossible one."""
        return None if self.answer is None else judge(make(self.item, self.seed), self.answer)


@dataclass(frozen=True)
class Attempt:
    """What came of a task: the last weights tried, how many hints were read, how often it was checked."""

    task: str
    seed: int
    params: LSTMParams
    hints: int = 0
    tries: int = 1

    @property
    def experiment(self) -> Experiment:
        """Those weights on the inputs of the task."""
        return with_weights(TASKS[self.task].start(self.seed), self.params)

    @cached_property
    def report(self) -> Report:
        """The check of those weights."""
        return check(TASKS[self.task], self.experiment, self.seed)


@dataclass(frozen=True)
class HandIn:
    """What one student hands in. `name` is as typed, made harmless; `experiment` is the final one."""

    name: str
    predictions: tuple[Prediction, ...]
    attempts: tuple[Attempt, ...]
    experiment: Experiment


def to_zip(handin: HandIn) -> bytes:
    """The file to hand in. Raises ValueError for an experiment larger than what is edited by hand."""
    from .export import to_csv  # loads pandas

    experiment = handin.experiment
    if not experiment.by_hand:
        raise ValueError(f"experiment: expected at most {HAND_H} units, {HAND_D} inputs and {HAND_T} steps")
    data = {
        "format": FORMAT,
        "version": VERSION,
        "name": harmless(handin.name),
        "predictions": [{"item": p.item, "seed": p.seed, "answer": p.answer} for p in handin.predictions],
        "tasks": [
            {"task": a.task, "seed": a.seed, "hints": a.hints, "tries": a.tries, "params": _plain(a.params)}
            for a in handin.attempts
        ],
        "experiment": {
            "params": _plain(experiment.params),
            **{name: getattr(experiment, name).astype(float).tolist() for name in ("x", "h0", "C0")},
            "pins": dict(experiment.pins),
            "preset": experiment.preset,
            "seed": experiment.seed,
        },
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        members = {JSON_NAME: json.dumps(data, indent=1), CSV_NAME: to_csv(experiment.trace())}
        for name, content in members.items():
            # a date of its own would make the same work another file each time
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return packed.getvalue()


def read_zip(content: bytes) -> HandIn:
    """What a student handed in. Raises Refused."""
    data = _parsed(_unpacked(content))
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise Refused("not_handin")
    if data.get("version") != VERSION:
        raise Refused("other_version")
    name = data.get("name")
    if not isinstance(name, str) or len(name) > 1000:
        raise Refused("field", name="name")
    predictions = tuple(map(_prediction, _list(data, "predictions", MAX_PREDICTIONS)))
    attempts = tuple(map(_attempt, _list(data, "tasks", MAX_TASKS)))
    return HandIn(harmless(name), predictions, attempts, _experiment(data.get("experiment")))


def refusal_key(refused: Refused) -> str:
    """The text that says why a file was refused; its `details` fill it."""
    return f"handin.refused.{refused.reason}"


# -- the zip --------------------------------------------------------------------------------------


def _unpacked(content: bytes) -> str:
    if len(content) > MAX_ZIP:
        raise Refused("too_many_bytes", most=MAX_ZIP // 1000)
    limits = {JSON_NAME: MAX_JSON, CSV_NAME: MAX_CSV}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = [entry.filename for entry in entries]
            if len(names) != len(set(names)) or not {JSON_NAME} <= set(names) <= set(limits):
                raise Refused("members")
            for entry in entries:
                mode = entry.external_attr >> 16
                if entry.flag_bits & 1 or (mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG)):
                    raise Refused("members")
                if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    raise Refused("members")
                if entry.file_size > limits[entry.filename]:
                    raise Refused("too_large_inside", most=limits[entry.filename] // 1000)
            # What an entry says of its size may be a lie: read no more than is allowed.
            with archive.open(JSON_NAME) as member:
                raw = member.read(MAX_JSON + 1)
    except Refused:
        raise
    # what the library raises for damaged files is not one family
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError,
            KeyError, IndexError, OverflowError, struct.error):  # fmt: skip
        raise Refused("not_zip") from None
    if len(raw) > MAX_JSON:
        raise Refused("too_large_inside", most=MAX_JSON // 1000)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("not_json") from None


def _parsed(text: str):
    depth = deepest = 0
    quoted = escaped = False
    for c in text:
        if quoted:
            quoted, escaped = (escaped or c != '"'), (c == "\\" and not escaped)
        elif c == '"':
            quoted = True
        elif c in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif c in "]}":
            depth -= 1
    if deepest > _MAX_DEPTH:
        raise Refused("not_json")

    def once(pairs):
        if len({key for key, _ in pairs}) != len(pairs):
            raise ValueError
        return dict(pairs)

    def no_constant(name):
        raise ValueError(name)

    try:
        return json.loads(text, object_pairs_hook=once, parse_constant=no_constant)
    except (ValueError, RecursionError):
        raise Refused("not_json") from None


# -- its fields -----------------------------------------------------------------------------------


def _plain(params: LSTMParams) -> dict:
    return json.loads(params.to_json())


def _list(data: dict, name: str, most: int) -> list[dict]:
    found = data.get(name)
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise Refused("field", name=name)
    if len(found) > most:
        raise Refused("too_many", name=name, most=most)
    return found


def _whole(entry: dict, name: str, low: int, high: int) -> int:
    value = entry.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise Refused("field", name=name)
    return value


def _key(entry: dict, name: str, known) -> str:
    value = entry.get(name)
    if not isinstance(value, str) or value not in known:
        raise Refused("field", name=name)
    return value


def _prediction(entry: dict) -> Prediction:
    answer = entry.get("answer")
    answer = tuple(answer) if isinstance(answer, list) else answer
    prediction = Prediction(_key(entry, "item", ITEMS), _whole(entry, "seed", SEEDS[0], SEEDS[-1]), answer)
    try:
        _ = prediction.verdict
    except (ValueError, TypeError, OverflowError):
        raise Refused("field", name="answer") from None
    return prediction


def _attempt(entry: dict) -> Attempt:
    key, seed = _key(entry, "task", TASKS), _whole(entry, "seed", SEEDS[0], SEEDS[-1])
    params = _params(entry.get("params"))
    if params.D != TASKS[key].start(seed).D or params.H > HAND_H:
        raise Refused("field", name="params")
    hints, tries = _whole(entry, "hints", 0, MAX_HINTS), _whole(entry, "tries", 0, MAX_TRIES)
    return Attempt(key, seed, params, hints, tries)


def _params(data) -> LSTMParams:
    try:
        return read_params(json.dumps(data).encode())
    except Refused:
        raise Refused("field", name="params") from None


def _experiment(data) -> Experiment:

    if not isinstance(data, dict) or not isinstance(data.get("pins"), dict) or len(data["pins"]) > 1000:
        raise Refused("field", name="experiment")
    preset, seed = _key(data, "preset", PRESETS), _whole(data, "seed", SEEDS[0], SEEDS[-1])
    params = _params(data.get("params"))
    try:
        experiment = Experiment(preset, params, data.get("x"), data.get("h0"), data.get("C0"), seed)
        for address, value in data["pins"].items():
            experiment = experiment.pinned(address, value)
        numbers = np.concatenate([experiment.x.ravel(), experiment.h0, experiment.C0])
    except (ValueError, KeyError):
        raise Refused("field", name="experiment") from None
    if not experiment.by_hand or abs(numbers).max() > LIMIT:
        raise Refused("field", name="experiment")
    return experiment
