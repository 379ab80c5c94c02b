"""Work handed in or kept by the browser: there and back, judged again, and all else is refused."""

import json
import string
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.export import to_csv
from lstm_core.lessons.hand_in import (
    CSV_NAME,
    JSON_NAME,
    MAX_CSV,
    MAX_ZIP,
    HandIn,
    file_name,
    read_zip,
    to_zip,
)
from lstm_core.lessons.record import Attempt, Help, Prediction, Record
from lstm_core.lessons.record_json import MAX_JSON, MAX_PREDICTIONS, MAX_TASKS, from_json, to_json
from lstm_core.lessons.tasks import TASKS
from lstm_core.words import Words, texts
from lstm_core.workbench.presets import PRESETS, preset
from lstm_core.workbench.refused import Refused
from tests.collected import collected
from tests.lstm_core.lessons.hand_ins import (
    FEW,
    GOOD_TEXT,
    REFUSED,
    REFUSED_FILES,
    attempts,
    changed,
    entry,
    experiment,
    members_of,
    missed,
    packed,
    predictions,
    with_json,
    work,
)
from tests.nightly import examples

# -- there and back -------------------------------------------------------------------------------


def test_there_and_back_and_judged_again():
    hand_in = work(predictions=predictions())
    back = read_zip(to_zip(hand_in))
    assert back == hand_in and to_zip(back) == to_zip(hand_in)
    assert all(prediction.verdict.right for prediction in back.predictions[:-1])
    assert back.predictions[-1].verdict is None
    assert all(attempt.report.passed for attempt in back.attempts)


def test_a_record_alone_comes_back_from_its_json():
    helps = (Help("hold", 1, 3, True), Help("hold", 2, 1), Help("silent", 1, 0, True))
    assert from_json(to_json(FEW, attempts(), helps)) == (FEW, attempts(), helps, ())
    assert from_json(to_json((), ())) == ((), (), (), ())
    record = Record()
    record.add((), (), helps)
    assert record.helps == helps and not record.is_empty


def test_of_more_than_is_read_the_newest_is_kept():
    answers = tuple(Prediction("silent", seed, None) for seed in range(MAX_PREDICTIONS + 5))
    tried = tuple(
        Attempt("repair", seed, TASKS["repair"].start(seed).params) for seed in range(MAX_TASKS + 5)
    )
    back = from_json(to_json(answers, tried))
    assert back == (answers[5:], tried[5:], (), ())
    assert read_zip(to_zip(work(predictions=answers, attempts=tried))).predictions == back[0]


@collected("key", PRESETS)
def test_every_preset_comes_back_bit_for_bit(key):
    experiment = preset(key)
    back = read_zip(to_zip(HandIn("", (), (), experiment))).experiment
    assert back == experiment and back.params.W.tobytes() == experiment.params.W.tobytes()


def test_labels_of_steps_are_handed_in_and_a_file_without_them_is_as_it_was():
    named = replace(preset("replace"), labels=[*"hello", " ", "<b>", "=1", "한", "\n", "", ""])
    back = read_zip(to_zip(HandIn("", (), (), named)))
    assert back.experiment == named and back.experiment.labels == named.labels
    plain = json.loads(members_of(to_zip(HandIn("", (), (), preset("replace"))))[JSON_NAME])
    assert "labels" not in plain["experiment"]


def test_the_zip_holds_the_trace_as_csv_too():
    members = members_of(to_zip(work()))
    assert set(members) == {JSON_NAME, CSV_NAME} and members[CSV_NAME] == to_csv(work().experiment.trace())


def test_the_largest_work_fits():
    answers = tuple(Prediction("draw_fade", seed, (-0.123456789,) * 4) for seed in range(MAX_PREDICTIONS))
    solution = TASKS["say_three"].solution().params
    tried = tuple(Attempt("say_three", seed, solution) for seed in range(MAX_TASKS))
    content = to_zip(HandIn("x" * 60, answers, tried, preset("random").resized(4, 4, 40)))
    assert len(content) < MAX_ZIP
    for text, most in zip(members_of(content).values(), (MAX_JSON, MAX_CSV), strict=True):
        assert len(text) < most / 2


def test_an_experiment_too_large_for_a_hand_is_refused_when_written():
    with pytest.raises(ValueError, match="^experiment: "):
        to_zip(work(experiment=preset("latch").resized(T=41)))


def test_a_name_is_made_harmless_on_both_ways():
    assert read_zip(changed(name="=<b>Min\u202eji")).name == "b Min ji"
    assert read_zip(to_zip(work(name="=<b>Min-ji"))).name == "b Min-ji"


@collected("name, file", [
    ("Kim Min-ji", "lstm_Kim_Min-ji.zip"), ("김민지", "lstm_김민지.zip"), ("", "lstm_hand_in.zip"),
    ("../../etc/passwd", "lstm_etc_passwd.zip"), ("a" * 100, f"lstm_{'a' * 40}.zip"),
    ('x"; rm -rf /', "lstm_x_rm_-rf.zip"),
])  # fmt: skip
def test_the_file_is_named_after_the_reader(name, file):
    assert file_name(name) == file


def test_what_a_file_claims_is_judged_again():
    """A student who writes that all is right, into the file, is not believed."""
    wrong = missed("silent", 3)
    lazy = Attempt("hold", 1, TASKS["hold"].start(1).params)
    data = json.loads(members_of(to_zip(work(predictions=(wrong,), attempts=(lazy,))))[JSON_NAME])
    data["predictions"][0] |= {"right": True, "truth": wrong.answer}
    data["tasks"][0] |= {"passed": True}
    back = read_zip(with_json(data))
    assert not back.predictions[0].verdict.right and not back.attempts[0].report.passed


def test_weights_of_another_size_are_taken_and_fail():
    other = Attempt("hold", 1, TASKS["hold"].solution().resized(H=2).params)
    [back] = read_zip(to_zip(work(attempts=(other,)))).attempts
    assert [failure.condition for failure in back.report.failures] == ["size"]


# -- refusals -------------------------------------------------------------------------------------


@collected("reason, content", REFUSED_FILES)
def test_hostile_files_are_refused_with_a_reason(reason, content):
    with pytest.raises(Refused) as caught:
        read_zip(content)
    assert caught.value.reason == reason
    text = texts("en")[f"hand_in.refused.{reason}"]
    named = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    assert named <= set(caught.value.details)
    assert caught.value.said(Words("en")) == text.format(**caught.value.details)


def test_every_refusal_in_the_texts_was_met_above():
    start = "hand_in.refused."
    assert {key.removeprefix(start) for key in texts("en") if key.startswith(start)} == set(REFUSED)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_refused():
    with pytest.raises(Refused) as caught:
        read_zip(packed([(JSON_NAME, GOOD_TEXT), (JSON_NAME, "{}")]))
    assert caught.value.reason == "members"


@collected("labels", [["a"], "ab", [1] * 99, 5, True, {"a": 1}, [["a"]] * 16, ["a"] * 10_000])
def test_labels_that_are_none_are_refused(labels):
    with pytest.raises(Refused):
        read_zip(experiment(labels=labels))


@collected("text", ["", "{}", "[]", "null", "1", '{"predictions": []}', "[" * 500_000, " " * 500_000])
def test_a_record_that_is_none_is_refused(text):
    with pytest.raises(Refused):
        from_json(text)


def draw_places(data, content):
    return [data.draw(st.integers(0, len(content) - 1)) for _ in range(data.draw(st.integers(1, 4)))]


@given(st.data())
def test_a_damaged_file_or_record_is_taken_or_refused(data):
    zipped, record = bytearray(to_zip(HandIn("a", FEW, (), preset("latch")))), list(to_json(FEW, ()))
    for place in draw_places(data, zipped):
        zipped[place] = data.draw(st.integers(0, 255))
    for place in draw_places(data, record):
        record[place] = data.draw(st.characters())
    with suppress(Refused):
        assert isinstance(read_zip(bytes(zipped)), HandIn)
    with suppress(Refused):
        answers, *_ = from_json("".join(record))
        assert all(answer.verdict or answer.answer is None for answer in answers)


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
WITHIN = {
    "answer": lambda value: entry("predictions", answer=value),
    "params": lambda value: entry("tasks", params=value),
    "x": lambda value: experiment(x=value),
    "pins": lambda value: experiment(pins=value),
}


@settings(max_examples=examples(30, 150))
@given(st.sampled_from(["name", "predictions", "tasks", "experiment", *WITHIN]), anything)
def test_anything_in_a_field_is_taken_or_refused(field, value):
    with suppress(Refused):
        read_zip(WITHIN[field](value) if field in WITHIN else changed(**{field: value}))
