"""What was done in lessons, as JSON for the browser's tab: there and back, and anything else refused."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.lessons.hand_in import read_zip, to_zip
from lstm_core.lessons.record import Attempt, Help, Prediction, Record
from lstm_core.lessons.record_json import MAX_PREDICTIONS, MAX_TASKS, from_json, to_json
from lstm_core.lessons.tasks import TASKS
from lstm_core.workbench.refused import Refused
from tests.collected import collected
from tests.lstm_core.lessons.hand_ins import attempts, predictions, work

GOOD = to_json(predictions(), attempts())


def test_a_record_alone_comes_back_from_its_json():
    back = from_json(to_json(predictions(), attempts()))
    helps = (Help("hold", 1, 3, True), Help("hold", 2, 1), Help("silent", 1, 0, True))
    assert back == (predictions(), attempts(), (), ()) and from_json(to_json((), ())) == ((), (), (), ())
    assert from_json(to_json((), (), helps)) == ((), (), helps, ())
    record = Record()
    record.add((), (), helps)
    assert record.helps == helps and not record.is_empty


def test_of_more_than_is_read_the_newest_is_kept():
    answers = [Prediction("silent", seed, None) for seed in range(MAX_PREDICTIONS + 5)]
    tried = [Attempt("repair", seed, TASKS["repair"].start(seed).params) for seed in range(MAX_TASKS + 5)]
    back = from_json(to_json(answers, tried))
    assert back == (tuple(answers[5:]), tuple(tried[5:]), (), ())
    assert read_zip(to_zip(work(predictions=tuple(answers), attempts=tuple(tried)))).predictions == back[0]


NONE = ["", "{}", "[]", "null", "1", '{"predictions": []}', "[" * 500_000, " " * 500_000]


@collected("text", NONE)
def test_a_record_that_is_none_is_refused(text):
    with pytest.raises(Refused):
        from_json(text)


@given(st.data())
def test_a_damaged_record_is_taken_or_refused(data):
    damaged = list(GOOD)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.characters())
    with suppress(Refused):
        answers, tried, *_ = from_json("".join(damaged))
        assert all(answer.verdict or answer.answer is None for answer in answers)
        assert all(attempt.report for attempt in tried)
