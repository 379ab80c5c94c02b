"""A trial that was done is handed in as settings and weights, and judged again from these alone."""

import json
from dataclasses import replace

import pytest

from lstm_core.lessons.classroom import summary, summary_csv, tallies
from lstm_core.lessons.hand_in import read_zip, to_zip
from lstm_core.lessons.record import Record
from lstm_core.lessons.record_json import from_json, to_json
from lstm_core.lessons.trained import Trained, trained
from lstm_core.lessons.verdict import MISSED, RIGHT
from lstm_core.training import Setup, train
from lstm_core.training.shipped import shipped
from lstm_core.training.trials import TRIALS, holder
from lstm_core.workbench.refused import Refused
from tests.collected import collected
from tests.lstm_core.lessons.hand_ins import work


def course_of(key: str):
    start = TRIALS[key].start()
    setup = replace(start.setup, start="bias3") if key == "far" else Setup(cell="1997")
    return train(start.problem, setup, start.seed, {"far": 300, "stream": 600}[key])


@pytest.fixture(scope="module")
def done() -> tuple[Trained, ...]:
    """All three trials."""
    found = [trained(key, course_of(key)) for key in ("far", "stream")]
    assert None not in found
    return (*found, Trained("find", unit=holder(shipped("recall"))))


def test_what_was_done_is_right_and_comes_back_from_a_hand_in(done):
    assert [one.outcome for one in done] == [RIGHT] * 3
    back = read_zip(to_zip(work(trained=done)))
    assert back.trained == done and [one.outcome for one in back.trained] == [RIGHT] * 3
    assert len(to_json([], [], (), done)) < 20_000


def test_a_record_keeps_it_and_one_from_before_there_were_trials_has_none(done):
    record = Record()
    record.add(*from_json(to_json([], [], (), done)))
    assert tuple(record.trained.values()) == done and not record.is_empty
    old = json.loads(to_json([], []))
    del old["trials"]
    assert from_json(json.dumps(old)) == ((), (), (), ())


def test_the_table_of_a_class_counts_it(done):
    rows = summary([work(predictions=(), attempts=(), trained=done)])
    assert [(row.work.kind, row.work.key, row.work.outcome) for row in rows] == [
        ("trial", key, RIGHT) for key in TRIALS
    ]
    assert [(tally.kind, tally.right, tally.missed) for tally in tallies(rows)] == [("trial", 1, 0)] * 3
    assert summary_csv(rows).count("trial") == 3


def test_weights_that_do_not_do_it_claim_nothing(done):
    far, stream, find = done
    assert replace(far, weights=(0.0,) * len(far.weights)).outcome == MISSED
    assert replace(far, plan=f"{far.plan}~updates.401").outcome == MISSED
    assert replace(find, unit=find.unit % 4 + 1).outcome == MISSED
    assert replace(stream, plan="stream", weights=(0.0,) * len(stream.weights)).outcome == MISSED
    assert trained("far", shipped("recall")) is None


@collected("changes", [
    {"trial": "none"}, {"plan": "recall~H.32"}, {"plan": "x" * 300}, {"plan": 3}, {"weights": [0.0]},
    {"weights": "0"}, {"weights": None}, {"plan": "recall~T.9999"}, {"first": 1e7}, {"first": "1"},
    {"first": None}, {"first": True},
])  # fmt: skip
def test_a_forged_one_is_refused(done, changes):
    data = json.loads(to_json([], [], (), done[:1]))
    if "first" in changes:
        data["trials"][0]["weights"][0] = changes["first"]
    else:
        data["trials"][0] |= changes
    with pytest.raises(Refused):
        from_json(json.dumps(data))


def test_nobody_hands_in_a_trial_twice(done):
    with pytest.raises(Refused):
        from_json(to_json([], [], (), [done[0], done[0]]))
