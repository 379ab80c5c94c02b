"""Every task: its solution passes, ten near misses and every cheat fail, and unseen inputs count."""

import string
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
from lstm_core.words import LANGUAGES, texts
from lstm_core.workbench.focus import Focus
from lstm_core.workbench.link import from_link, to_link
from tests.claims import claims_of
from tests.collected import collected
from tests.conftest import ROOT
from tests.nightly import sample

SEEDS = range(6)


def solved(key, **edits):
    experiment = TASKS[key].solution()
    for address, value in edits.items():
        experiment = experiment.edited(address, value)
    return experiment


NEAR_MISSES = {key: claims_of(ASSETS / "tasks" / key).NEAR_MISSES for key in TASKS}

MISSES = [(key, edits) for key, misses in NEAR_MISSES.items() for edits in misses]


# -- solutions and near misses --------------------------------------------------------------------


@collected("key", TASKS)
def test_the_solution_passes(key):
    for seed in SEEDS:
        report = check(TASKS[key], TASKS[key].solution(seed), seed)
        assert report.passed and report.failures == () and report.runs == 1 + UNSEEN_RUNS
        assert report.heading_key == "verdict.passed"


@collected("key", TASKS)
def test_the_start_does_not_pass_yet(key):
    for seed in SEEDS:
        assert not check(TASKS[key], TASKS[key].start(seed), seed).passed


@collected("key, edits", MISSES)
def test_a_near_miss_fails_and_says_where(key, edits):
    experiment = solved(key, **edits)
    report = check(TASKS[key], experiment)
    assert not report.passed
    for failure in report.failures:
        assert failure.condition in TASKS[key].condition_keys and report.failure(failure.condition) is failure
        if failure.where == RULES:
            assert failure.t == 0 and failure.condition == "few_changes"
            continue
        x = experiment.x if failure.where == GIVEN else failure.x
        assert 1 <= failure.t <= len(x) and (failure.x is None) == (failure.where == GIVEN)


CONDITIONS = sorted({(k, c) for k, task in TASKS.items() for c in task.condition_keys})


@collected("condition", sample(CONDITIONS, 12))
def test_every_condition_is_failed_by_some_near_miss(condition):
    key, wanted = condition
    starts = [check(TASKS[key], TASKS[key].start(seed), seed) for seed in SEEDS]
    reports = [check(TASKS[key], solved(key, **edits)) for edits in NEAR_MISSES[key]] + starts
    assert any(report.failure(wanted) for report in reports)


@collected("key", TASKS)
def test_what_fails_fills_its_text(key):
    reports = [check(TASKS[key], solved(key, **edits)) for edits in NEAR_MISSES[key]]
    for language in LANGUAGES:
        for failure in (failure for report in reports for failure in report.failures):
            text = texts(language)[failure.text_key]
            assert {name for _, name, _, _ in string.Formatter().parse(text) if name} <= set(failure.values)
            assert text.format(**failure.values) and f"verdict.{failure.where}" in texts(language)


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


def _two_units(experiment):
    return experiment.resized(H=experiment.H + 1)


CHEATS = {
    "pins": lambda e: e.pinned("pin_f.1", 1.0),
    "pins at one step": lambda e: e.pinned("pin_i.1.2", 1.0),
    "start": lambda e: e.edited("C0.1", 0.5),
    "start of h": lambda e: e.edited("h0.1", 0.5),
    "inputs": lambda e: e.edited("x.3.1", 0.123),
    "size": _two_units,
    "size: longer": lambda e: e.resized(T=e.T + 1),
    "size: one more input": lambda e: e.resized(D=e.D + 1),
    "variant": lambda e: e.with_variant("1997"),
    "variant: coupled gates": lambda e: e.with_variant("coupled"),
    "variant: peepholes": lambda e: e.with_variant("peephole"),
}


@collected("cheat", CHEATS)
@collected("key", TASKS)
def test_cheats_are_no_answer(key, cheat):
    report = check(TASKS[key], CHEATS[cheat](TASKS[key].solution()))
    rule = cheat.partition(":")[0].partition(" ")[0]
    if cheat == "variant" and TASKS[key].forget_gate_free:
        assert all(failure.condition != "variant" for failure in report.failures)
        return
    assert [failure.condition for failure in report.failures] == [rule] and report.runs == 0
    assert report.failures[0].where == RULES and report.failures[0].text_key in texts("ko")


@collected("key", TASKS)
def test_any_weights_can_be_checked(key):
    start = TASKS[key].start(1)
    shape = start.params.W.shape
    for size in (0.0, 1e6, -1e6):
        params = LSTMParams(np.full(shape, size), np.full(shape[:2], size))
        assert not check(TASKS[key], with_weights(start, params)).passed
    single = LSTMParams(start.params.W.astype(np.float32), start.params.b.astype(np.float32))
    assert not check(TASKS[key], replace(start, params=single)).passed


# -- repair ---------------------------------------------------------------------------------------


def test_repair_hides_another_weight_for_another_seed():
    assert len({broken_weight(seed) for seed in range(6)}) == 6
    for seed in range(6):
        start, solution = TASKS["repair"].start(seed), TASKS["repair"].solution(seed)
        changed = [a for a in start.addresses() if start.value(a) != solution.value(a)]
        assert changed == [broken_weight(seed)]


# -- from easy to hard, and each its own ------------------------------------------------------------


def changed(key):
    start, solution = TASKS[key].start(1), TASKS[key].solution(1)
    return [address for address in start.addresses() if start.value(address) != solution.value(address)]


@collected("key", TASKS)
def test_every_change_of_a_solution_is_needed(key):
    start, solution = TASKS[key].start(1), TASKS[key].solution(1)
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
    wanted = {name for name in texts("en") if name.startswith(f"task.{key}.")}
    assert set(keys) == wanted and len(task.hint_keys) == 3
    assert (ROOT / "pages" / f"{task.page}.py").exists() and task.key == key
    for experiment in (task.start(1), task.solution(1)):
        assert abs(experiment.params.W).max() <= 12 and abs(experiment.params.b).max() <= 12
        assert from_link(to_link(experiment, Focus(), "en")).experiment == experiment


def test_the_last_hint_is_the_way_itself():
    """Every number of the solution stands in the third hint, but where it is told in words."""
    for key in TASKS.keys() - {"repair"}:
        task = TASKS[key]
        for language in LANGUAGES:
            hint = texts(language)[task.hint_keys[2]].replace("−", "-")
            assert all(f"{value:g}" in hint for address, value in task.solved.items() if address != "V_c.1.1")


# -- under the hand -------------------------------------------------------------------------------


@collected("key", TASKS)
def test_what_is_told_under_the_hand_is_what_the_check_finds_on_the_inputs_on_screen(key):
    task = TASKS[key]
    for tried in (task.start(1), task.solution(1)):
        found = [failure for failure in check(task, tried).failures if failure.where != UNSEEN]
        assert {one.condition: one.t for one in check_on_screen(task, tried).failures} == {
            one.condition: one.t for one in found
        }
    unseen = unseen_inputs(task)[0]
    assert check_on_screen(task, on_inputs(task.solution(1), unseen)).passed
    broken = check_on_screen(task, replace(task.solution(1), x=task.start(1).x + 0.5))
    assert not broken.runs and [failure.where for failure in broken.failures] == [RULES]


@collected("key", TASKS)
def test_the_wanted_memory_is_that_of_the_solution_and_the_fewest_changes_are_its(key):
    task = TASKS[key]
    start, solution = task.start(1), task.solution(1)
    np.testing.assert_array_equal(wanted(task, 1, start.x).C, solution.trace().C)
    differs = [address for address in start.addresses() if start.value(address) != solution.value(address)]
    assert fewest(task) == len(differs) >= 1
