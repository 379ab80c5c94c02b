"""The file that a student hands in: predictions, attempts, experiment -> **one zip** -> teacher's table.

The zip holds a JSON file, and for people a CSV of the trace, which is never read back. A file that is
read is treated as hostile: sizes are bounded before anything is unpacked or parsed, nothing goes to
disk, and whether an answer is right is worked out again from the answers and weights in the file.
"""

import hashlib
import io
import json
import re
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass

import numpy as np

from ..export import to_csv
from ..workbench.experiment import HAND_D, HAND_H, HAND_T, LIMIT, Experiment
from ..workbench.harmless import harmless
from ..workbench.presets import PRESETS
from .fields import Refused, one_of, parsed, read_plain_params, whole
from .question import SEEDS
from .record import Attempt, Help, Prediction
from .record_json import MAX_JSON, plain_record, read_record
from .student import number_of
from .trained import Trained

VERSION = 3
FORMAT = "lstm-hand-in"
JSON_NAME, CSV_NAME = "handin.json", "trace.csv"

MAX_ZIP, MAX_CSV = 300_000, 1_000_000
"""Most bytes of the file, and of the CSV in it when unpacked; of the JSON it is `record_json.MAX_JSON`."""


@dataclass(frozen=True)
class HandIn:
    """What one student hands in.

    name : as the student typed it, without what could be markup or a formula.
    experiment : the one that was on screen when the file was made.
    helps : the help that the student says was taken with tasks. trained : trials of the page Learning.
    student : the number that drew the variants of a lesson, as the student gave it; "" for none.
    """

    name: str
    predictions: tuple[Prediction, ...]
    attempts: tuple[Attempt, ...]
    experiment: Experiment
    helps: tuple[Help, ...] = ()
    trained: tuple[Trained, ...] = ()
    student: str = ""


def to_zip(hand_in: HandIn) -> bytes:
    """The file to hand in. Raises ValueError for an experiment larger than what is edited by hand."""
    experiment = hand_in.experiment
    if not experiment.by_hand:
        raise ValueError(f"experiment: expected at most {HAND_H} units, {HAND_D} inputs and {HAND_T} steps")
    data = {
        "format": FORMAT,
        "version": VERSION,
        "name": harmless(hand_in.name),
        **({"student": hand_in.student} if hand_in.student else {}),
        **plain_record(hand_in.predictions, hand_in.attempts, hand_in.helps, hand_in.trained),
        "experiment": {
            "params": experiment.params.to_data(),
            **{name: getattr(experiment, name).astype(float).tolist() for name in ("x", "h0", "C0")},
            "pins": dict(experiment.pins),
            "preset": experiment.preset,
            "seed": experiment.seed,
            **({"labels": list(experiment.labels)} if experiment.labels else {}),
        },
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        members = {JSON_NAME: json.dumps(data, indent=1), CSV_NAME: to_csv(experiment.trace())}
        for name, content in members.items():
            # ZipInfo has a fixed date. With the date of today the same work would become a different file
            # each time, and a teacher who drops it twice could not be told so.
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return packed.getvalue()


def read_zip(content: bytes) -> HandIn:
    """What a student handed in. Raises Refused."""
    data = parsed(_unpacked(content))
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise Refused("not_hand_in")
    if data.get("version") != VERSION:
        raise Refused("other_version")
    name = data.get("name")
    if not isinstance(name, str) or len(name) > 1000:
        raise Refused("field", name="name")
    student = data.get("student", "")
    if student != number_of(student):
        raise Refused("field", name="student")
    predictions, attempts, helps, trained = read_record(data)
    experiment = _experiment(data.get("experiment"))
    return HandIn(harmless(name), predictions, attempts, experiment, helps, trained, student)


# -- the zip --------------------------------------------------------------------------------------

# For damaged files zipfile raises errors of many kinds, which have no common base class but Exception.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError,
           KeyError, IndexError, OverflowError, struct.error)  # fmt: skip


def is_plain_file(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry of a zip is a file, no link or device, neither encrypted nor packed in a rare way."""
    mode = entry.external_attr >> 16
    is_file = not mode or stat.S_IFMT(mode) in (0, stat.S_IFREG)
    is_packed_as_usual = entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    return is_file and is_packed_as_usual and not entry.flag_bits & 1


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
                if not is_plain_file(entry):
                    raise Refused("members")
                if entry.file_size > limits[entry.filename]:
                    raise Refused("too_large_inside", most=limits[entry.filename] // 1000)
            # The size that an entry states may be false, so no more is read than is allowed.
            with archive.open(JSON_NAME) as member:
                raw = member.read(MAX_JSON + 1)
    except Refused:
        raise
    except DAMAGED:
        raise Refused("not_zip") from None
    if len(raw) > MAX_JSON:
        raise Refused("too_large_inside", most=MAX_JSON // 1000)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("not_json") from None


# -- its fields -----------------------------------------------------------------------------------


def _experiment(data) -> Experiment:
    if not isinstance(data, dict) or not isinstance(data.get("pins"), dict) or len(data["pins"]) > 1000:
        raise Refused("field", name="experiment")
    preset, seed = one_of(data, "preset", PRESETS), whole(data, "seed", SEEDS[0], SEEDS[-1])
    params = read_plain_params(data.get("params"))
    try:
        x, h0, C0 = (np.array(data.get(name), float) for name in ("x", "h0", "C0"))
        experiment = Experiment(preset, params, x, h0, C0, seed, labels=data.get("labels", ()))
        experiment = experiment.with_pins(data["pins"])
        numbers = np.concatenate([experiment.x.ravel(), experiment.h0, experiment.C0])
    except (ValueError, KeyError, TypeError):
        raise Refused("field", name="experiment") from None
    if not experiment.by_hand or abs(numbers).max() > LIMIT:
        raise Refused("field", name="experiment")
    return experiment


MAX_FILES = 200
"""Most files of one class that are read."""


@dataclass(frozen=True)
class Received:
    """What came of one file: either the hand-in that it holds, or why it was refused.

    file : the name of the file, without what could be markup or a formula.
    """

    file: str
    hand_in: HandIn | None = None
    refused: Refused | None = None


def receive(name: str, content: bytes) -> Received:
    """Read a file and judge all that is in it. Takes up to 30 ms; never raises."""
    file = harmless(name)
    try:
        hand_in = read_zip(content)
    except Refused as refused:
        return Received(file, refused=refused)
    for attempt in hand_in.attempts:
        _ = attempt.report  # the attempt stores its report, so that no later run of the page checks again
    return Received(file, hand_in)


def digest(content: bytes) -> str:
    """A short text that is the same only for files of the same content, whatever their names."""
    return hashlib.sha256(content).hexdigest()


def file_name(name: str) -> str:
    """The name of the file for a reader's name, without what a file system would not take."""
    kept = re.sub(r"[^\w-]+", "_", name).strip("_-")[:40]
    return f"lstm_{kept or 'hand_in'}.zip"
