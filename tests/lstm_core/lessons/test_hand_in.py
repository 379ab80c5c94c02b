"""Work handed in: there and back, judged again, and whatever else comes along is refused."""

import io
import json
import stat
import string
import zipfile
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.lessons.hand_in import (
    CSV_NAME,
    JSON_NAME,
    MAX_CSV,
    MAX_ZIP,
    HandIn,
    read_zip,
    refusal_key,
    to_zip,
)
from lstm_core.lessons.items import ITEMS, make
from lstm_core.lessons.record import MAX_JSON, MAX_PREDICTIONS, MAX_TASKS, Attempt, Prediction
from lstm_core.lessons.tasks import TASKS
from lstm_core.words import texts
from lstm_core.workbench.intake import Refused
from lstm_core.workbench.presets import PRESETS, preset


def predictions():
    """One right answer to each item, and one that was skipped."""
    return (*(Prediction(key, 3, make(key, 3)._truth) for key in ITEMS), Prediction("silent", 4, None))


def attempts():
    return tuple(Attempt(key, 2, task.solution(2).params, hints=1, tries=3) for key, task in TASKS.items())


def work(**changes):
    experiment = preset("random", 7).edited("b_f.1", -2.5).edited("C0.2", 0.1).pinned("pin_f.1.3", 0.25)
    return replace(HandIn("Kim Min-ji", predictions(), attempts(), experiment), **changes)


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


# -- there and back -------------------------------------------------------------------------------


def test_there_and_back():
    handin = work()
    back = read_zip(to_zip(handin))
    assert back == handin and to_zip(back) == to_zip(handin)
    assert all(prediction.verdict.right for prediction in back.predictions[:-1])
    assert back.predictions[-1].verdict is None
    assert all(attempt.report.passed for attempt in back.attempts)


@pytest.mark.parametrize("key", PRESETS)
def test_every_preset_comes_back_bit_for_bit(key):
    handin = HandIn("", (), (), preset(key))
    back = read_zip(to_zip(handin))
    assert back.experiment == handin.experiment
    assert back.experiment.params.W.tobytes() == handin.experiment.params.W.tobytes()


def test_the_zip_holds_the_trace_as_csv_too():
    from lstm_core.export import to_csv

    members = members_of(to_zip(work()))
    assert set(members) == {JSON_NAME, CSV_NAME} and members[CSV_NAME] == to_csv(work().experiment.trace())


def test_the_largest_work_fits():
    largest = preset("random").resized(4, 4, 40)
    answers = tuple(
        Prediction("draw_fade", seed, make("draw_fade", seed)._truth) for seed in range(MAX_PREDICTIONS)
    )
    tried = tuple(
        Attempt("count_to_three", 1, TASKS["count_to_three"].solution().params) for _ in range(MAX_TASKS)
    )
    content = to_zip(HandIn("x" * 60, answers, tried, largest))
    assert len(content) < MAX_ZIP and len(read_zip(content).predictions) == MAX_PREDICTIONS
    assert all(
        len(text) < most / 2
        for text, most in zip(members_of(content).values(), (MAX_JSON, MAX_CSV), strict=True)
    )


def test_an_experiment_too_large_for_a_hand_is_refused_when_written():
    with pytest.raises(ValueError, match="^experiment: "):
        to_zip(work(experiment=preset("latch").resized(T=41)))


def test_a_name_is_made_harmless_on_both_ways():
    assert read_zip(changed(name="=<b>Min\u202eji")).name == "b Min ji"
    assert read_zip(to_zip(work(name="=<b>Min-ji"))).name == "b Min-ji"


def test_what_a_file_claims_is_judged_again():
    """A student who writes that all is right, into the file, is not believed."""
    wrong = Prediction(
        "silent", 3, next(o for o in make("silent", 3).options if o != make("silent", 3)._truth)
    )
    lazy = Attempt("hold", 1, TASKS["hold"].start(1).params)
    data = json.loads(members_of(to_zip(work(predictions=(wrong,), attempts=(lazy,))))[JSON_NAME])
    data["predictions"][0] |= {"right": True, "truth": wrong.answer}
    data["tasks"][0] |= {"passed": True}
    back = read_zip(with_json(data))
    assert not back.predictions[0].verdict.right and not back.attempts[0].report.passed


def test_weights_of_another_size_are_taken_and_fail():
    params = TASKS["hold"].solution().resized(H=2).params
    assert [f.condition for f in Attempt("hold", 1, params).report.failures] == ["size"]
    assert not read_zip(to_zip(work(attempts=(Attempt("hold", 1, params),)))).attempts[0].report.passed


# -- refusals -------------------------------------------------------------------------------------

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
        with_json(" " * (MAX_JSON + 1)), with_json(b"\0" * 200_000_000),
        packed([(JSON_NAME, GOOD_TEXT), (CSV_NAME, " " * (MAX_CSV + 1))]),
    ],
    "not_json": [
        with_json(""), with_json("{"), with_json(b"\xff\xfe"), with_json("t,unit\n1,1\n"), with_json(DEEP),
        with_json("[" * 200_000), with_json('{"a": 1, "a": 2}'), with_json("NaN"),
        with_json("1" + "0" * 5000),
        with_json(GOOD_TEXT.replace('"seed": 3', '"seed": Infinity', 1)), with_json('"\\'),
        with_json('{"a":' * 9 + "1" + "}" * 9),
    ],
    "not_handin": [with_json("{}"), with_json("[]"), with_json("1"), with_json("null"),
    changed(format="lstm-params"),
                   changed(format=["lstm-hand-in"])],
    "other_version": [changed(version=2), changed(version="1"), changed(version=None),
    changed(version="left out")],
    "too_many": [changed(predictions=GOOD["predictions"][:1] * (MAX_PREDICTIONS + 1)),
                 changed(tasks=GOOD["tasks"][:1] * (MAX_TASKS + 1))],
    "field": [
        changed(name="left out"), changed(name=None), changed(name=["a"]), changed(name="x" * 1001),
        changed(predictions="left out"), changed(predictions={}), changed(predictions=[1]),
        changed(tasks=None),
        entry("predictions", item="nope"), entry("predictions", item=None),
        entry("predictions", item=["silent"]),
        entry("predictions", seed=-1), entry("predictions", seed=1.0), entry("predictions", seed=True),
        entry("predictions", seed=10**30), entry("predictions", answer="nope"),
        entry("predictions", answer={}),
        entry("predictions", answer="1e999"), entry("predictions", answer=[[1]]),
        entry("predictions", answer=True),
        entry("tasks", task="nope"), entry("tasks", hints=4), entry("tasks", tries=-1),
        entry("tasks", seed="1"),
        entry("tasks", params=None), entry("tasks", params={}),
        entry("tasks", params=GOOD["tasks"][4]["params"]),
        entry("tasks", params=GOOD["tasks"][0]["params"] | {"W": [[[1e300, 0]]] * 4}),
        changed(experiment=None), changed(experiment=[]), experiment(preset="nope"), experiment(seed=-1),
        experiment(params={}), experiment(x=[[1]]), experiment(x=None), experiment(x=[[1e7, 0]]),
        experiment(x=[["1", "2"]]),
        experiment(h0=[0]), experiment(C0="0"), experiment(C0=["1e999", 0]), experiment(x=[[0, 0]] * 41),
        experiment(pins=[]), experiment(pins={"pin_f.1": 2}), experiment(pins={"evil": 1}),
        experiment(pins={str(n): 0 for n in range(1001)}),
    ],
}  # fmt: skip

CASES = [
    pytest.param(reason, content, id=f"{reason}-{number}")
    for reason, contents in REFUSED.items() for number, content in enumerate(contents)
]  # fmt: skip


@pytest.mark.parametrize(("reason", "content"), CASES)
def test_hostile_files_are_refused_with_a_reason(reason, content):
    with pytest.raises(Refused) as caught:
        read_zip(content)
    assert caught.value.reason == reason
    for language in ("en", "ko"):
        text = texts(language)[refusal_key(caught.value)]
        named = {name for _, name, _, _ in string.Formatter().parse(text) if name}
        assert named <= set(caught.value.details) and text.format(**caught.value.details)


def test_every_refusal_in_the_texts_was_met_above():
    start = "handin.refused."
    assert {key.removeprefix(start) for key in texts("en") if key.startswith(start)} == set(REFUSED)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_refused():
    with pytest.raises(Refused) as caught:
        read_zip(packed([(JSON_NAME, GOOD_TEXT), (JSON_NAME, "{}")]))
    assert caught.value.reason == "members"


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_file_is_taken_or_refused(data):
    content = bytearray(to_zip(HandIn("a", predictions()[:3], (), preset("latch"))))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(Refused):
        assert isinstance(read_zip(bytes(content)), HandIn)


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150)
@given(
    st.sampled_from(["name", "predictions", "tasks", "experiment", "answer", "params", "x", "pins"]), anything
)
def test_anything_in_a_field_is_taken_or_refused(field, value):
    files = {"answer": lambda: entry("predictions", answer=value),
    "params": lambda: entry("tasks", params=value),
             "x": lambda: experiment(x=value), "pins": lambda: experiment(pins=value)}  # fmt: skip
    with suppress(Refused):
        read_zip(files[field]() if field in files else changed(**{field: value}))
