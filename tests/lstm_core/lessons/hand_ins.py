"""Hand-ins for tests: good ones, a class of them, and files that are to be refused."""

import io
import json
import stat
import zipfile
from base64 import b64encode
from dataclasses import replace

from lstm_core.lessons.hand_in import CSV_NAME, JSON_NAME, MAX_CSV, MAX_ZIP, HandIn, read_zip, to_zip
from lstm_core.lessons.items import ITEMS, make
from lstm_core.lessons.own_run import word_of
from lstm_core.lessons.record import Attempt, Prediction
from lstm_core.lessons.record_json import MAX_JSON, MAX_PREDICTIONS, MAX_RUNS, MAX_TASKS
from lstm_core.lessons.tasks import TASKS
from lstm_core.workbench.presets import preset

RUN = word_of(preset("random", 4).edited("b_f.1", -0.5))
OTHER_RUN = word_of(preset("random", 4).edited("b_f.1", 0.5))


def predictions():
    """One right answer to each item, two about runs that were brought, and one that was skipped."""
    own = (Prediction("gate_on_what", 3, make("gate_on_what", 3, run).truth, run) for run in (RUN, OTHER_RUN))
    drawn = (Prediction(key, 3, make(key, 3).truth) for key in ITEMS)
    return (*drawn, *own, Prediction("silent", 4, None))


def attempts():
    return tuple(Attempt(key, 2, task.solution(2).params, hints=1, tries=3) for key, task in TASKS.items())


FEW = (*predictions()[:2], *predictions()[-3:])
"""Some of them, with both runs and the one that was skipped."""


def work(**changes):
    experiment = preset("random", 7).edited("b_f.1", -2.5).edited("C0.2", 0.1).pinned("pin_f.1.3", 0.25)
    return replace(HandIn("Kim Min-ji", FEW, attempts(), experiment), **changes)


def packed(members, compression=zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of (name or ZipInfo, content)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def members_of(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


GOOD = json.loads(members_of(to_zip(work()))[JSON_NAME])


HOSTILE = b64encode(b"preset=random&W=1e999").decode().rstrip("=")
"""A word with something else in it than an experiment."""


def with_json(data) -> bytes:
    text = data if isinstance(data, (str, bytes)) else json.dumps(data).replace('"1e999"', "1e999")
    return packed([(JSON_NAME, text)])


def changed(**fields) -> bytes:
    return with_json({k: v for k, v in (GOOD | fields).items() if v != "left out"})


def entry(of: str, **fields) -> bytes:
    """The good file, its first prediction or task changed."""
    return changed(**{of: [GOOD[of][0] | fields, *GOOD[of][1:]]})


def experiment(**fields) -> bytes:
    return changed(experiment=GOOD["experiment"] | fields)


# -- a class -------------------------------------------------------------------------------------


def missed(key, seed, run=""):
    q = make(key, seed, run)
    answer = next((o for o in q.options if o != q.truth), None) or next(iter(q.beliefs.values()))
    return Prediction(key, seed, answer, run)


def student(name, *predictions, attempts=()):
    return read_zip(to_zip(HandIn(name, predictions, attempts, preset("latch"))))


CLASS = [
    student("Ada", Prediction("silent", 1, make("silent", 1).truth), missed("keep_share", 1),
            missed("draw_hold", 1)),
    student("민지", missed("silent", 2), Prediction("keep_share", 2, None),
            attempts=(Attempt("hold", 1, TASKS["hold"].solution().params, 2, 4),)),
    student("=1+1", missed("silent", 3), missed("silent", 4),
            attempts=(Attempt("hold", 1, TASKS["hold"].start(1).params),)),
    student(""),
]  # fmt: skip


# -- files to be refused -------------------------------------------------------------------------

LINK = zipfile.ZipInfo(JSON_NAME)
LINK.external_attr = (stat.S_IFLNK | 0o777) << 16
GOOD_TEXT = json.dumps(GOOD)
DEEP = '{"format": "lstm-hand-in", "x": ' + "[" * 60_000 + "]" * 60_000 + "}"


def _encrypted() -> bytes:
    content = bytearray(with_json(GOOD))
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def _lying() -> bytes:
    """Says that it unpacks to 100 bytes."""
    content = bytearray(with_json(GOOD_TEXT + " " * MAX_JSON))
    size = content.rindex(b"PK\x01\x02") + 24
    content[size : size + 4] = (100).to_bytes(4, "little")
    return bytes(content)


def params_of(key):
    return next(entry["params"] for entry in GOOD["tasks"] if entry["task"] == key)


ONE_HELP = {"task": "hold", "seed": 1, "hints": 0, "solution": True}
BAD = {
    "helps": ["left out", [1], [{"task": "hold", "seed": 1, "hints": 1}], [ONE_HELP | {"hints": 4}]],
    "name": ["left out", None, ["a"], "x" * 1001],
    "predictions": ["left out", {}, [1]], "tasks": [None], "experiment": [None, []],
    "runs": [
        "left out", None, {}, [1, 2], ["nope", "nope"], ["A" * 4001, RUN], ["\u0661", RUN], [RUN + "=", RUN],
        [HOSTILE, RUN], [RUN], [],
    ],
}  # fmt: skip
BAD_ENTRIES = {
    "predictions": {
        "run": [3, -1, True, RUN, "left out"], "item": ["nope", None, ["silent"]],
        "seed": [-1, 1.0, True, 10**30], "answer": ["nope", {}, "1e999", [[1]], True],
    },
    "tasks": {
        "task": ["nope"], "hints": [4], "tries": [-1], "seed": ["1"],
        "params": [None, {}, params_of("silent"), params_of("hold") | {"W": [[[1e300, 0]]] * 4}],
    },
}  # fmt: skip
BAD_EXPERIMENTS = {
    "preset": ["nope"], "seed": [-1], "params": [{}], "h0": [[0]], "C0": ["0", ["1e999", 0]],
    "x": [[[1]], None, [[1e7, 0]], [["1", "2"]], [[0, 0]] * 41],
    "pins": [[], {"pin_f.1": 2}, {"evil": 1}, {str(n): 0 for n in range(1001)}],
}  # fmt: skip
"""Field -> what no file that was handed in has there."""

REFUSED = {
    "too_many_bytes": [b"\0" * (MAX_ZIP + 1)],
    "not_zip": [b"", b"PK", b"PK\x03\x04", b"{}", GOOD_TEXT.encode(),
    with_json(GOOD)[:-30], b"\0" * 1000, _lying(),
                with_json(GOOD).replace(b"PK\x03\x04", b"PK\x03\x05", 1)],
    "members": [
        packed([]), packed([(CSV_NAME, "t")]), packed([(JSON_NAME, GOOD_TEXT), ("evil.py", "")]),
        packed([("../" + JSON_NAME, GOOD_TEXT)]), packed([("/" + JSON_NAME, GOOD_TEXT)]),
        packed([("a/" + JSON_NAME, GOOD_TEXT)]), packed([(JSON_NAME, GOOD_TEXT), ("x/", "")]),
        packed([(LINK, "/etc/passwd")]), packed([(f"{n}.csv", "") for n in range(2000)]), _encrypted(),
        packed([(JSON_NAME, GOOD_TEXT)], zipfile.ZIP_BZIP2),
        packed([(JSON_NAME, GOOD_TEXT)], zipfile.ZIP_LZMA),
    ],
    "too_large_inside": [
        with_json(" " * (MAX_JSON + 1)), with_json(b"\0" * 20_000_000),
        packed([(JSON_NAME, GOOD_TEXT), (CSV_NAME, " " * (MAX_CSV + 1))]),
    ],
    "not_json": [
        with_json(""), with_json("{"), with_json(b"\xff\xfe"), with_json("t,unit\n1,1\n"), with_json(DEEP),
        with_json("[" * 200_000), with_json('{"a": 1, "a": 2}'), with_json("NaN"),
        with_json("1" + "0" * 5000),
        with_json(GOOD_TEXT.replace('"seed": 3', '"seed": Infinity', 1)), with_json('"\\'),
        with_json('{"a":' * 9 + "1" + "}" * 9),
    ],
    "not_hand_in": [with_json("{}"), with_json("[]"), with_json("1"), with_json("null"),
    changed(format="lstm-params"),
                   changed(format=["lstm-hand-in"])],
    "other_version": [changed(version=2), changed(version=4), changed(version="2"), changed(version=None),
    changed(version="left out")],
    "too_many": [changed(predictions=GOOD["predictions"][:1] * (MAX_PREDICTIONS + 1)),
                 changed(tasks=GOOD["tasks"][:1] * (MAX_TASKS + 1)),
                 changed(runs=GOOD["runs"][:1] * (MAX_RUNS + 1))],
    "twice": [changed(predictions=GOOD["predictions"][:1] * 2), changed(tasks=GOOD["tasks"][:1] * 2),
              changed(helps=[ONE_HELP] * 2)],
    "field": [
        *(changed(**{field: value}) for field, values in BAD.items() for value in values),
        *(entry(of, **{field: value})
          for of, fields in BAD_ENTRIES.items() for field, values in fields.items() for value in values),
        entry("predictions", item="curve_rnn", run=1), entry("predictions", item="coupled", run=1),
        *(experiment(**{field: value}) for field, values in BAD_EXPERIMENTS.items() for value in values),
    ],
}  # fmt: skip

REFUSED_FILES = [(reason, content) for reason, contents in REFUSED.items() for content in contents]
"""The same as pairs of reason and content."""
