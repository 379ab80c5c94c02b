"""What is looked at while a network learns: a sequence, the answers, the curve, the experiment, trials."""

import numpy as np
import pytest

from lstm_core.training import PROBLEMS, Setup, events, problem_of, train
from lstm_core.training.as_experiment import experiment_of
from lstm_core.training.curve import loss_along, score_along, smoothed, snapshot_index
from lstm_core.training.example import MOST_STEPS, batch_of, example
from lstm_core.training.shipped import shipped
from lstm_core.training.trials import FAR, TRIALS, done, holder
from tests.collected import collected


@collected("key", PROBLEMS)
def test_the_example_is_a_sequence_of_the_test_and_a_course_that_learned_answers_what_is_wanted(key):
    course, problem, batch = shipped(key), problem_of(key), batch_of(problem_of(key))
    shown, network = example(problem), course.network()
    same = [b for b in range(batch.x.shape[1]) if np.array_equal(batch.x[: shown.T, b], shown.x)]
    assert same and 1 <= shown.step <= shown.T and shown.counts.any()
    assert min(MOST_STEPS, int(batch.lasts[:, same[0]].sum())) == shown.T
    said, wanted = shown.answered(network.read_out(network.run(shown.x).h)), shown.wanted()
    asked = ~np.isnan(wanted)
    within = problem.tolerance or 0.25  # at least three quarters of the chance go to what can come
    assert np.array_equal(asked, shown.counts) and (abs(said - wanted)[asked] <= within).all()
    assert shown.chances is None or ((said >= 0) & (said <= 1 + 1e-12)).all()


def test_the_step_to_look_at_is_while_something_is_held():
    shown = example(problem_of("recall"))
    store, ask = np.flatnonzero(shown.x[:, 1])[0], np.flatnonzero(shown.x[:, 2])[0]
    assert store >= 2 and store + 1 < shown.step < ask + 1


@collected("key", ["recall", "text"])
def test_outputs_that_have_run_away_are_still_numbers(key):
    shown = example(problem_of(key))
    y = np.full(shown.target.shape, np.inf)
    y[0], y[1] = -np.inf, np.nan
    assert np.isfinite(shown.answered(y)).all()


def test_the_curve_has_a_loss_and_a_score_for_each_snapshot_which_is_found_by_its_update():
    course = shipped("recall")
    loss, score, last = loss_along(course), score_along(course), len(course.snapshot_at) - 1
    assert len(loss) == len(score) == last + 1
    assert loss[0] == course.losses[0] and loss[-1] == pytest.approx(course.losses[-10:].mean())
    assert score[0] == course.scores[0] and score[-1] == course.scores[-1]
    slow = [course.losses[max(n - 10, 0) : n].mean() for n in range(1, course.updates + 1)]
    np.testing.assert_allclose(smoothed(course), slow, rtol=1e-12)
    places = [snapshot_index(course, update) for update in [*course.snapshot_at.tolist(), None, 20_000]]
    assert places == [*range(last + 1), last, last]


def test_a_course_without_updates_has_a_curve_too():
    course = train(problem_of("recall"), Setup(), 1, 0)
    assert np.isnan(loss_along(course)).all() and score_along(course).tolist() == course.scores.tolist()
    assert len(smoothed(course)) == 0


@collected("key", PROBLEMS)
def test_a_snapshot_as_an_experiment_runs_as_the_network_does(key):
    course = shipped(key)
    trace, experiment = course.network().run(example(course.problem).x), experiment_of(course)
    np.testing.assert_allclose(experiment.trace().h, trace.h, atol=5e-3)
    assert np.array_equal(experiment.params.W, np.round(course.network().params.W, 4))


def test_the_plain_rnn_is_no_experiment_and_huge_weights_are_cut():
    with pytest.raises(ValueError, match="plain RNN"):
        experiment_of(train(problem_of("recall"), Setup(cell="rnn"), 1, 1))
    wild = train(problem_of("recall"), Setup(optimiser="sgd", rate=100.0, clip=0.0), 1, 3)
    assert np.isfinite(experiment_of(wild).params.W).all()


@pytest.mark.nightly
def test_the_trials_are_what_they_say():
    start = TRIALS["far"].start()
    course = train(start.problem, start.setup, start.seed, start.updates)
    assert start.problem.T == FAR and not done(course)
    assert "flat" in [event.key for event in events(course)]  # nothing is learned, as the aim says
    opened = start.with_setup(start="bias3")
    assert done(train(opened.problem, opened.setup, opened.seed, opened.updates)) == {"far"}
    stream = TRIALS["stream"].start()
    assert not done(shipped("stream")) and not done(shipped("recall"))
    assert done(train(stream.problem, Setup(cell="1997"), stream.seed, 600)) == {"stream"}
    assert holder(shipped("recall")) == 2
