"""Trainings: the same however they are cut, learning what they should, and ending well when they fail."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.training import PROBLEMS, Setup, Training, course_from_npz, course_to_npz, train
from lstm_core.training.course import ENDINGS, MAX_SNAPSHOTS, MAX_UPDATES, is_kept
from lstm_core.training.run import TEST_EVERY
from lstm_core.training.setup import CELLS, STARTS
from tests.collected import collected

ARRAYS = ("losses", "norms", "scored_at", "scores", "snapshot_at", "snapshots")
PARITY, RECALL = PROBLEMS["parity"], PROBLEMS["recall"]


def equal(one, other):
    return one.ended == other.ended and all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in ARRAYS
    )


@collected("key", PROBLEMS)
def test_the_same_seed_gives_the_same_course_however_it_is_cut(key):
    problem = PROBLEMS[key]
    whole = train(problem, problem.setup, 4, 12)
    training = Training(problem, problem.setup, 4)
    for part in (1, 0, 6, 5):
        assert training.step(part)
        _ = training.course
    assert equal(training.course, whole)
    assert not equal(train(problem, problem.setup, 5, 12), whole)


def test_a_course_stays_what_it_is_while_its_training_goes_on():
    training = Training(PARITY, PARITY.setup, 1)
    training.step(33)
    course = training.course
    before = {name: getattr(course, name).copy() for name in ARRAYS}
    training.step(30)
    for name in ARRAYS:
        np.testing.assert_array_equal(getattr(course, name), before[name])
    assert course.snapshot_at[-1] == 33 and training.course.snapshot_at[-1] == 63


@collected("key", ["parity", "counting"])
def test_the_stated_settings_reach_the_stated_score(key):
    problem = PROBLEMS[key]
    training = Training(problem, problem.setup, 1)
    while training.updates < problem.updates and training.course.reached() is None:
        training.step(TEST_EVERY)
    assert training.course.reached() == training.updates <= problem.updates
    assert training.course.losses[-10:].mean() < 0.5 * training.course.losses[:10].mean()


@pytest.mark.nightly
def test_recall_is_learned_in_its_time_and_not_without_a_forget_bias():
    for start, learns in (("bias1", True), ("bias0", False)):
        course = train(RECALL, replace(RECALL.setup, start=start), 1, RECALL.updates)
        assert (course.reached() is not None) == learns and (course.scores.max() < 0.3) != learns
        assert (course.losses[-50:].mean() > 0.9 * course.losses[:50].mean()) != learns


def test_the_curves_have_an_entry_for_each_update_and_each_test():
    course = train(PARITY, PARITY.setup, 1, 57)
    assert course.updates == 57 and course.losses.shape == course.norms.shape == (57,)
    np.testing.assert_array_equal(course.scored_at, [0, 10, 20, 30, 40, 50])
    header, rows = course.rows()
    assert len(rows) == 57 and len(header) == 4 and rows[9] == [10, *rows[9][1:3], course.scores[1]]
    assert rows[8][3] == ""
    short = course.thinned(7)
    assert len(short.snapshots) == 7
    for of in (course, short):
        assert of.snapshot_at[0] == 0 and of.snapshot_at[-1] == 57 and (np.diff(of.snapshot_at) > 0).all()
        np.testing.assert_array_equal(of.network(0).weights, course.snapshots[0])
        np.testing.assert_array_equal(of.network().weights, course.snapshots[-1])
    for update in (int(course.snapshot_at[5]), int(course.snapshot_at[6]) - 1):
        np.testing.assert_array_equal(course.network(update).weights, course.snapshots[5])


def test_snapshots_are_few_and_lie_further_and_further_apart():
    kept = np.array([update for update in range(MAX_UPDATES + 1) if is_kept(update)])
    assert 70 < len(kept) < MAX_SNAPSHOTS and kept[0] == 0 and kept[-1] == MAX_UPDATES
    gaps = np.diff(kept)
    assert gaps[0] == 1 and (gaps[1:] >= gaps[:-1] * 0.9 - 1).all() and gaps[-1] > 1000


def test_a_stream_keeps_its_state_from_update_to_update():
    problem = PROBLEMS["stream"]
    training = Training(problem, problem.setup, 1)
    training.step(1)
    batch = problem.draw(training._random(1), 32)
    trace = training.course.network(0).run(batch.x)
    following = problem.draw(training._random(2), 32, batch.after)
    again = training.network.run(following.x, trace.h[-1], trace.C[-1])
    loss, _ = problem.loss(training.network.read_out(again.h), following)
    training.step(1)
    assert training.course.losses[1] == loss


@collected("key, optimiser, cell", [
    (*of, cell) for of, cell in product(
        [("recall", "adam"), ("recall", "sgd"), ("stream", "sgd"), ("reber", "adam")], ("lstm", "rnn"))
])  # fmt: skip
def test_a_loss_that_blows_up_ends_the_course_and_keeps_what_there_was(key, optimiser, cell):
    setup = Setup(cell=cell, rate=100.0, clip=0.0, optimiser=optimiser)
    training = Training(PROBLEMS[key], setup, 1)
    assert not training.step(300)
    assert training.ended in ("blew_up", "not_finite") and not training.step(5)
    course = training.course
    assert course.ended == training.ended and course.updates < 300
    assert len(course.losses) == len(course.norms) == course.snapshot_at[-1]
    assert np.isfinite(course.snapshots).all() and np.isfinite(course.losses).all()
    assert equal(course_from_npz(course_to_npz(course)), course)


def test_numbers_beyond_every_float_end_the_course_too():
    training = Training(RECALL, RECALL.setup, 1)
    training.step(3)
    training.network = training.network.with_weights(training.network.weights * 1e300)
    assert not training.step(1) and training.ended == "not_finite" and training.updates == 3


SETUPS = st.builds(
    Setup,
    cell=st.sampled_from(CELLS),
    H=st.integers(1, 4),
    start=st.sampled_from(STARTS),
    optimiser=st.sampled_from(["adam", "sgd"]),
    rate=st.floats(1e-6, 100),
    clip=st.sampled_from([0.0, 1e-3, 1.0, 1000.0]),
    batch=st.integers(1, 5),
)


@given(st.sampled_from(list(PROBLEMS)), SETUPS, st.integers(0, 9999))
def test_any_setup_within_its_bounds_gives_a_course_or_an_ending(key, setup, seed):
    course = train(PROBLEMS[key], setup, seed, 8)
    assert course.ended in ENDINGS and (course.updates == 8) != bool(course.ended)
    for name in ("losses", "norms", "scores", "snapshots"):
        assert np.isfinite(getattr(course, name)).all()
    assert equal(course_from_npz(course_to_npz(course)), course)


@collected("field, value", [
    ("cell", "gru"), ("cell", None), ("H", 0), ("H", 33), ("H", 2.0), ("H", True), ("start", "bias2"),
    ("optimiser", "rmsprop"), ("optimiser", []), ("rate", 0), ("rate", 101.0), ("rate", float("nan")),
    ("rate", "1"), ("clip", -1.0), ("clip", float("inf")), ("clip", True), ("batch", 0), ("batch", 65),
    *(("seed", seed) for seed in (-1, 10_000, 1.0, "1", None, True)),
])  # fmt: skip
def test_settings_outside_their_range_are_refused(field, value):
    with pytest.raises(ValueError, match=rf"^{field}: expected .* got "):
        Training(RECALL, Setup(), value) if field == "seed" else Setup(**{field: value})


@collected("problem, setup", [("recall", Setup()), (RECALL, None), (None, Setup())])
def test_what_is_no_problem_or_no_setup_is_refused(problem, setup):
    with pytest.raises(ValueError, match=r"^(problem|setup): expected a \w+, got "):
        train(problem, setup, 1, 1)
