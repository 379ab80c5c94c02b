"""Work handed in: there and back, judged again, and whatever else comes along is refused."""

import json
import string
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
    to_zip,
)
from lstm_core.lessons.items import make
from lstm_core.lessons.record import Attempt, Prediction
from lstm_core.lessons.record_json import MAX_JSON, MAX_PREDICTIONS, MAX_TASKS
from lstm_core.lessons.tasks import TASKS
from lstm_core.words import LANGUAGES, Words, texts
from lstm_core.workbench.presets import PRESETS, preset
from lstm_core.workbench.refused import Refused
from tests.collected import collected
from tests.lstm_core.lessons.hand_ins import (
    GOOD_TEXT,
    REFUSED,
    REFUSED_FILES,
    changed,
    entry,
    experiment,
    members_of,
    packed,
    predictions,
    with_json,
    work,
)
from tests.nightly import examples

# -- there and back -------------------------------------------------------------------------------


def test_there_and_back():
    hand_in = work()
    back = read_zip(to_zip(hand_in))
    assert back == hand_in and to_zip(back) == to_zip(hand_in)
    assert all(prediction.verdict.right for prediction in back.predictions[:-1])
    assert back.predictions[-1].verdict is None
    assert all(attempt.report.passed for attempt in back.attempts)


@collected("key", PRESETS)
def test_every_preset_comes_back_bit_for_bit(key):
    hand_in = HandIn("", (), (), preset(key))
    back = read_zip(to_zip(hand_in))
    assert back.experiment == hand_in.experiment
    assert back.experiment.params.W.tobytes() == hand_in.experiment.params.W.tobytes()


def test_the_zip_holds_the_trace_as_csv_too():
    from lstm_core.export import to_csv

    members = members_of(to_zip(work()))
    assert set(members) == {JSON_NAME, CSV_NAME} and members[CSV_NAME] == to_csv(work().experiment.trace())


def test_the_largest_work_fits():
    largest = preset("random").resized(4, 4, 40)
    answers = tuple(
        Prediction("draw_fade", seed, make("draw_fade", seed).truth) for seed in range(MAX_PREDICTIONS)
    )
    tried = tuple(
        Attempt("say_three", seed, TASKS["say_three"].solution().params) for seed in range(MAX_TASKS)
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
        "silent", 3, next(o for o in make("silent", 3).options if o != make("silent", 3).truth)
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


@collected("reason, content", REFUSED_FILES)
def test_hostile_files_are_refused_with_a_reason(reason, content):
    with pytest.raises(Refused) as caught:
        read_zip(content)
    assert caught.value.reason == reason
    for language in LANGUAGES:
        text = texts(language)[f"hand_in.refused.{reason}"]
        named = {name for _, name, _, _ in string.Formatter().parse(text) if name}
        assert named <= set(caught.value.details)
        assert caught.value.said(Words(language)) == text.format(**caught.value.details)


def test_every_refusal_in_the_texts_was_met_above():
    start = "hand_in.refused."
    assert {key.removeprefix(start) for key in texts("en") if key.startswith(start)} == set(REFUSED)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_refused():
    with pytest.raises(Refused) as caught:
        read_zip(packed([(JSON_NAME, GOOD_TEXT), (JSON_NAME, "{}")]))
    assert caught.value.reason == "members"


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


@settings(max_examples=examples(30, 150))
@given(
    st.sampled_from(["name", "predictions", "tasks", "experiment", "answer", "params", "x", "pins"]), anything
)
def test_anything_in_a_field_is_taken_or_refused(field, value):
    files = {"answer": lambda: entry("predictions", answer=value),
    "params": lambda: entry("tasks", params=value),
             "x": lambda: experiment(x=value), "pins": lambda: experiment(pins=value)}  # fmt: skip
    with suppress(Refused):
        read_zip(files[field]() if field in files else changed(**{field: value}))


# -- labels of steps --------------------------------------------------------------------------------


def test_labels_of_steps_are_handed_in_and_a_file_without_them_is_as_it_was():
    named = replace(preset("replace"), labels=[*"hello", " ", "<b>", "=1", "한", "\n", "", ""])
    back = read_zip(to_zip(HandIn("", (), (), named)))
    assert back.experiment == named and back.experiment.labels == named.labels
    plain = json.loads(members_of(to_zip(HandIn("", (), (), preset("replace"))))[JSON_NAME])
    assert "labels" not in plain["experiment"]


@pytest.mark.parametrize("labels", [["a"], "ab", [1] * 99, 5, True, {"a": 1}, [["a"]] * 16, ["a"] * 10_000])
def test_labels_that_are_none_are_refused(labels):
    with pytest.raises(Refused):
        read_zip(experiment(labels=labels))
