"""Every task: its solution passes, ten near misses and every cheat fail, and unseen inputs count."""

from dataclasses import replace

import numpy as np

from lstm_core.assets import ASSETS
from lstm_core.lessons.tasks import TASKS, broken_weight
from lstm_core.lessons.tasks.task import (
    GIVEN,
    RULES,
    UNSEEN,
    UNSEEN_RUNS,
    check,
    check_on_screen,
    fewest,
    on_inputs,
    unseen_inputs,
    wanted,
    with_weights,
)
from lstm_core.params import LSTMParams
from lstm_core.words import texts
from lstm_core.workbench.focus import Focus
from lstm_core.workbench.link import from_link, to_link
from tests.claims import claims_of
from tests.collected import collected
from tests.conftest import ROOT
from tests.nightly import examples


def solved(key, **edits):
    experiment = TASKS[key].solution()
    for address, value in edits.items():
        experiment = experiment.edited(address, value)
    return experiment


NEAR_MISSES = {key: claims_of(ASSETS / "tasks" / key).NEAR_MISSES for key in TASKS}


def changed(key, seed=1) -> list[str]:
    """The addresses of the weights that a solution changes."""
    start, solution = TASKS[key].start(seed), TASKS[key].solution(seed)
    return [address for address in start.addresses() if start.value(address) != solution.value(address)]


# -- solutions and near misses --------------------------------------------------------------------


@collected("key", TASKS)
def test_the_solution_passes_and_the_start_does_not_yet(key):
    for seed in range(examples(2, 6)):
        report = check(TASKS[key], TASKS[key].solution(seed), seed)
        assert report.passed and report.failures == () and report.runs == 1 + UNSEEN_RUNS
        assert report.heading_key == "verdict.passed"
        assert not check(TASKS[key], TASKS[key].start(seed), seed).passed


@collected("key", TASKS)
def test_a_near_miss_fails_and_says_where_and_each_condition_is_failed_by_some(key):
    task, failed = TASKS[key], set()
    for edits in NEAR_MISSES[key]:
        experiment = solved(key, **edits)
        report = check(task, experiment)
        assert not report.passed, edits
        for failure in report.failures:
            failed.add(failure.condition)
            assert report.failure(failure.condition) is failure
            assert texts("en")[failure.text_key].format(**failure.values)
            assert f"verdict.{failure.where}" in texts("en")
            if failure.where == RULES:
                assert failure.t == 0 and failure.condition == "few_changes"
                continue
            x = experiment.x if failure.where == GIVEN else failure.x
            assert 1 <= failure.t <= len(x) and (failure.x is None) == (failure.where == GIVEN)
    for seed in range(6):
        failed |= {failure.condition for failure in check(task, task.start(seed), seed).failures}
    assert failed == set(task.condition_keys)


# -- unseen inputs --------------------------------------------------------------------------------


@collected("key", TASKS)
def test_unseen_inputs_are_others_and_the_same_for_everybody(key):
    shown, unseen = TASKS[key].start(1).x, unseen_inputs(TASKS[key])
    assert len(unseen) == UNSEEN_RUNS
    assert all(x.shape[1] == shown.shape[1] and not np.array_equal(x, shown) for x in unseen)
    assert all(np.array_equal(a, b) for a, b in zip(unseen, unseen_inputs(TASKS[key]), strict=True))
    assert len({x.tobytes() for x in unseen}) == UNSEEN_RUNS


@collected("key", ["hold", "half_life", "silent"])
def test_a_cell_made_for_the_shown_input_alone_fails_on_the_unseen(key):
    """Its input gate lets only positive values in; the one that is shown is positive."""
    report = check(TASKS[key], solved(key, **{"b_i.1": -4, "V_i.1.1": 8}))
    assert report.failures and all(failure.where == UNSEEN for failure in report.failures)
    failure = report.failure("stored")
    assert failure.x[failure.t - 1, 0] < 0 and failure.values["wanted"].startswith("−")


# -- cheats ---------------------------------------------------------------------------------------


CHEATS = [
    ("pins", lambda e: e.pinned("pin_f.1", 1.0)), ("pins", lambda e: e.pinned("pin_i.1.2", 1.0)),
    ("start", lambda e: e.edited("C0.1", 0.5)), ("start", lambda e: e.edited("h0.1", 0.5)),
    ("inputs", lambda e: e.edited("x.3.1", 0.123)), ("size", lambda e: e.resized(H=e.H + 1)),
    ("size", lambda e: e.resized(T=e.T + 1)), ("size", lambda e: e.resized(D=e.D + 1)),
    ("variant", lambda e: e.with_variant("coupled")), ("variant", lambda e: e.with_variant("peephole")),
    ("variant", lambda e: e.with_variant("1997")),
]  # fmt: skip


@collected("rule, cheat", CHEATS)
@collected("key", TASKS)
def test_cheats_are_no_answer(key, rule, cheat):
    tried = cheat(TASKS[key].solution())
    report = check(TASKS[key], tried)
    if tried.variant == "1997" and TASKS[key].forget_gate_free:
        assert all(failure.condition != "variant" for failure in report.failures)
        return
    assert [failure.condition for failure in report.failures] == [rule] and report.runs == 0
    assert report.failures[0].where == RULES


@collected("key", TASKS)
def test_any_weights_can_be_checked(key):
    start = TASKS[key].start(1)
    shape = start.params.W.shape
    for size in (0.0, 1e6, -1e6):
        params = LSTMParams(np.full(shape, size), np.full(shape[:2], size))
        assert not check(TASKS[key], with_weights(start, params)).passed
    single = LSTMParams(start.params.W.astype(np.float32), start.params.b.astype(np.float32))
    assert not check(TASKS[key], replace(start, params=single)).passed


# -- from easy to hard, and each its own ------------------------------------------------------------


def test_repair_hides_another_weight_for_another_seed():
    assert len({broken_weight(seed) for seed in range(6)}) == 6
    assert all(changed("repair", seed) == [broken_weight(seed)] for seed in range(6))


@collected("key", TASKS)
def test_every_change_of_a_solution_is_needed(key):
    start, solution = TASKS[key].start(1), TASKS[key].solution(1)
    assert fewest(TASKS[key]) == len(changed(key)) >= 1
    for address in changed(key):
        assert not check(TASKS[key], solution.edited(address, start.value(address))).passed


@collected("key", TASKS)
def test_no_task_is_passed_by_the_solution_of_another(key):
    start = TASKS[key].start(1)
    for other in TASKS.keys() - {key}:
        params = TASKS[other].solution(1).params
        same_aim = (key, other) == ("reset_on_flag", "repair")  # the repaired cell is the one that resets
        if params.W.shape == start.params.W.shape and not same_aim:
            assert not check(TASKS[key], with_weights(start, params)).passed, other


# -- data and texts -------------------------------------------------------------------------------


@collected("key", TASKS)
def test_a_task_has_its_texts_and_fits_sliders_and_a_link(key):
    task = TASKS[key]
    keys = [task.name_key, task.aim_key, *task.hint_keys, *map(task.condition_text, task.condition_keys)]
    assert set(keys) == {name for name in texts("en") if name.startswith(f"task.{key}.")}
    assert (ROOT / "pages" / f"{task.page}.py").exists()
    for experiment in (task.start(1), task.solution(1)):
        assert abs(experiment.params.W).max() <= 12 and abs(experiment.params.b).max() <= 12
        assert from_link(to_link(experiment, Focus(), "en")).experiment == experiment


@collected("key", [key for key in TASKS if key != "repair"])
def test_the_last_hint_is_the_way_itself(key):
    """Every number of the solution stands in the third hint, but where it is told in words."""
    hint = texts("en")[TASKS[key].hint_keys[2]].replace("−", "-")
    solved = TASKS[key].solved.items()
    assert all(f"{value:g}" in hint for address, value in solved if address != "V_c.1.1")


# -- under the hand -------------------------------------------------------------------------------


@collected("key", TASKS)
def test_what_is_told_under_the_hand_is_what_the_check_finds_on_the_inputs_on_screen(key):
    task = TASKS[key]
    for tried in (task.start(1), task.solution(1)):
        found = {one.condition: one.t for one in check(task, tried).failures if one.where != UNSEEN}
        assert {one.condition: one.t for one in check_on_screen(task, tried).failures} == found
    unseen = unseen_inputs(task)[0]
    assert check_on_screen(task, on_inputs(task.solution(1), unseen)).passed
    broken = check_on_screen(task, replace(task.solution(1), x=task.start(1).x + 0.5))
    assert not broken.runs and [failure.where for failure in broken.failures] == [RULES]
    np.testing.assert_array_equal(wanted(task, 1, task.start(1).x).C, task.solution(1).trace().C)
