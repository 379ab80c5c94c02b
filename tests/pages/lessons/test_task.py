"""A task on its page: what the card tells, what a check finds, and the way on."""

from lstm_core.lessons.record_json import MAX_HINTS
from lstm_core.lessons.tasks import TASKS, broken_weight
from lstm_core.lessons.tasks.task import check
from lstm_core.lessons.tours import TOURS
from lstm_core.words import Words
from tests.collected import collected
from tests.nightly import sample
from tests.pages.apps import (
    ONE_OF_EACH_FLOW,
    experiment,
    focus,
    is_sound,
    link,
    opened,
    opened_by_menu,
    screen,
    texts,
)
from tests.pages.lessons.reading import record
from tests.pages.panels import move_slider, sliders, specs

EN = Words("en")
UNSEEN_ONLY = {"preset": "noise", "b_i.1": "-6", "V_i.1.2": "12", "b_f.1": "6", "V_c.1.1": "1.5"}
"""A solution to `ignore_noise` on the inputs shown, and on those alone."""


def at_task(key: str, language: str = "en", seed: int = 1, **query: str):
    return opened(TASKS[key].page, lang=language, lesson=f"task.{key}.{seed}", **query)


def nearly_solved():
    zeros = {f"{kind}_{gate}.1{end}": "0" for gate in "fico" for kind, end in
             (("b", ""), ("U", ".1"), ("V", ".1"), ("V", ".2"))}  # fmt: skip
    return at_task("ignore_noise", **(zeros | UNSEEN_ONLY))


def press(at, key: str):
    return at.button(key=f"task.{key}").click().run()


def keys(at) -> set[str]:
    return {button.key for button in at.button}


def card(at) -> str:
    return "\n".join(line.value for line in at.markdown)


def set_weight(at, address: str, value: float):
    """By hand: choose the unit, the gate and the slider."""
    kind, unit = address.split(".")[:2]
    if [box for box in at.button_group if box.key == "focus.unit"]:
        at.button_group(key="focus.unit").set_value(int(unit)).run()
    if address not in sliders(at):
        group = next(box for box in at.button_group if box.key.startswith("group."))
        group.set_value(kind[2]).run()
    return move_slider(at, address, value)


# -- solving --------------------------------------------------------------------------------------


@collected("key", sample(TASKS, 3))
def test_each_task_can_be_solved_with_the_sliders_of_its_page(key):
    task, seed = TASKS[key], 5
    at = at_task(key, seed=seed)
    start, solution = task.start(seed), task.solution(seed)
    assert is_sound(at) and experiment(at) == start
    press(at, "check")
    assert "✗" in card(at) and not record(at).attempts[key, seed].report.passed
    for address in solution.addresses():
        if solution.value(address) != start.value(address):
            set_weight(at, address, solution.value(address))
    press(at, "check")
    assert is_sound(at) and EN("verdict.passed") in card(at) and "✗" not in card(at)
    attempt = record(at).attempts[key, seed]
    assert attempt.report.passed and (attempt.tries, attempt.hints) == (2, 0)
    assert attempt.params == solution.params and "task.next" in keys(at)


@collected("key", sample(TASKS, 2))
def test_the_card_tells_aim_conditions_hints_and_solution(key):
    task, at = TASKS[key], at_task(key)
    for text in (task.name_key, task.aim_key, *map(task.condition_text, task.condition_keys)):
        assert EN(text) in card(at)
    assert EN("task_card.rules") in texts(at)
    for hint in task.hint_keys:
        assert EN(hint) not in card(at)
        press(at, "hint")
        assert EN(hint) in card(at)
    assert "task.hint" not in keys(at)
    press(at, "solution")
    assert is_sound(at) and experiment(at) == task.solution()


def test_hints_count_with_the_next_check_and_a_solution_that_was_shown_does_not():
    at = press(press(at_task("hold"), "hint"), "check")
    assert record(at).attempts["hold", 1].hints == 1
    press(press(press(at, "hint"), "hint"), "solution")
    assert record(at).attempts["hold", 1].hints == MAX_HINTS
    press(at, "check")
    assert EN("task_card.shown") in card(at) and not record(at).attempts["hold", 1].report.passed
    assert "task.next" not in keys(at)
    press(at, "restart")
    assert experiment(at) == TASKS["hold"].start(1) and "✗" not in card(at)
    press(set_weight(at, "b_f.1", 6), "check")
    assert record(at).attempts["hold", 1].report.passed and record(at).attempts["hold", 1].tries == 2


# -- what a check says ----------------------------------------------------------------------------


def test_a_failure_leads_to_its_step():
    at = press(at_task("hold"), "check")
    failure = check(TASKS["hold"], TASKS["hold"].start(1)).failure("held")
    assert EN(failure.text_key, **failure.values) in at.button(key="task.see.held").label
    press(at, "see.held")
    assert focus(at).t == failure.t and experiment(at) == TASKS["hold"].start(1)


def test_a_check_is_stale_once_a_weight_has_changed_and_true_again_when_it_is_back():
    at = press(at_task("hold"), "check")
    fresh = card(at)
    move_slider(at, "b_f.1", 1.0)
    assert EN("task_card.stale") in card(at) and "✗" not in card(at) and "✓" not in card(at)
    assert "task.see.held" in keys(at)  # or what stands below would jump under the hand
    move_slider(at, "b_f.1", 0.0)
    assert card(at) == fresh


def test_what_was_solved_stays_solved():
    at = press(set_weight(at_task("hold"), "b_f.1", 6), "check")
    press(move_slider(at, "b_f.1", -3), "check")
    attempt = record(at).attempts["hold", 1]
    assert "✗" in card(at) and attempt.report.passed and attempt.tries == 2 and "task.next" in keys(at)


def test_unseen_inputs_that_fail_can_be_looked_at_and_left():
    at = press(nearly_solved(), "check")
    task = TASKS["ignore_noise"]
    own = experiment(at)
    failure = check(task, own).failure("held")
    assert is_sound(at) and failure.x is not None
    press(at, "see.held")
    assert is_sound(at) and EN("task_card.looking") in card(at) and focus(at).t == failure.t
    assert experiment(at).x.tolist() == failure.x.tolist() and experiment(at).params == own.params
    assert EN("task_card.stale") not in card(at)  # the weights are those that were checked
    again = opened(task.page, **link(at))
    assert EN("task_card.looking") in card(again) and "task.look_back" in keys(again)
    press(set_weight(at, "b_i.1", -8), "check")
    assert EN("verdict.passed") in card(at) and record(at).attempts["ignore_noise", 1].report.passed
    press(at, "look_back")
    assert experiment(at) == own.edited("b_i.1", -8) and EN("task_card.looking") not in card(at)
    assert EN("verdict.passed") in card(at)


# -- rules ----------------------------------------------------------------------------------------


@collected("page", ONE_OF_EACH_FLOW)
def test_only_weights_are_there_to_be_changed(page):
    at = opened(page, lang="en", lesson="task.hold.1")
    assert is_sound(at)
    [group] = [box for box in at.button_group if box.key.startswith("group.")]
    assert set(group.key.removeprefix("group.").split("-")) == set("fico")
    boxes = {box.key for kind in (at.selectbox, at.radio, at.number_input) for box in kind}
    assert not boxes & {"preset", "variant", "size.H", "size.D", "size.T", "seed"}
    assert not at.expander and not at.get("file_uploader")


@collected("rule, query", [("size", {"T": "9"}), ("pins", {"pin_f.1": "1"}), ("variant", {"cell": "1997"})])
def test_a_rule_that_a_link_breaks_is_told_and_starting_again_mends_it(rule, query):
    at = press(at_task("hold", preset="leaky", **query), "check")
    assert is_sound(at) and EN(f"failed.{rule}") in card(at) and EN("verdict.rules") in card(at)
    assert ("hold", 1) not in record(at).attempts
    press(press(at, "restart"), "check")
    assert EN(f"failed.{rule}") not in card(at) and record(at).attempts["hold", 1].tries == 1


def test_the_mark_of_a_slider_is_where_the_task_began_and_does_not_give_the_answer_away():
    at, start = at_task("repair", seed=2), TASKS["repair"].start(2)
    address = broken_weight(2)
    set_weight(at, address, 3.0)
    marks = {mark: spec[6] for mark, spec in specs(at).items() if mark in sliders(at)}
    assert marks == {mark: start.value(mark) for mark in sliders(at)} and address in marks
    assert experiment(at) != start and experiment(press(at, "restart")) == start


# -- the way on -----------------------------------------------------------------------------------


def solved_hold(lesson: str = "task.hold.1"):
    at = opened("forget_gate", lang="en", lesson=lesson)
    return press(set_weight(at, "b_f.1", 6), "check")


@collected("lesson, after, query", [
    ("task.hold.1", "half_life", ("task.half_life.1", None)),
    ("task.hold.1~task.reset_on_flag.1", "reset_on_flag", ("task.hold.1~task.reset_on_flag.1", "2")),
])  # fmt: skip
def test_the_next_part_of_the_lesson_or_else_the_next_task_is_one_click_away(lesson, after, query):
    at = solved_hold(lesson)
    assert EN(TASKS[after].name_key) in at.button(key="task.next").label
    press(at, "next")
    assert (link(at)["lesson"], link(at).get("at")) == query
    assert experiment(at) == TASKS[after].start(1)


def test_leaving_keeps_the_cell_and_the_record():
    at = press(solved_hold(), "leave")
    assert is_sound(at) and "lesson" not in link(at) and "task.check" not in keys(at)
    assert experiment(at).value("b_f.1") == 6 and record(at).attempts["hold", 1].report.passed
    at = press(solved_hold("task.hold.1~task.silent.1"), "leave")
    assert (link(at)["lesson"], link(at)["at"]) == ("task.hold.1~task.silent.1", "0")


def test_a_task_can_be_skipped_where_another_part_follows():
    at = opened_by_menu(None, lang="en", lesson="task.hold.1~item.joined.1")
    press(at, "skip")
    assert is_sound(at) and link(at)["at"] == "2" and "joined" in link(at)["ask"]
    assert not record(at).attempts
    assert "task.skip" not in keys(at_task("hold"))


@collected("state", ["lock", "hide"])
def test_a_task_says_that_it_cannot_be_solved_where_the_weights_are_locked(state):
    at = opened_by_menu(None, lang="en", lesson="task.hold.1~item.joined.1", **{state: "weights"})
    assert EN("task_card.locked") in [warning.value for warning in at.warning]
    assert EN("task_card.locked") not in texts(at_task("hold"))


def test_another_variant():
    at = at_task("repair", seed=3)
    assert EN("task_card.seed", seed=3) in card(at)
    press(at, "another")
    assert link(at)["lesson"] == "task.repair.4" and experiment(at) == TASKS["repair"].start(4)
    assert press(at_task("repair", seed=9999), "another").query_params["lesson"] == "task.repair.1"
    assert "task.another" not in keys(at_task("hold"))


def test_a_link_holds_the_task_and_the_readers_weights():
    at = move_slider(at_task("hold"), "b_f.1", 0.35)
    assert screen(at) == screen(opened(TASKS["hold"].page, **link(at)))


def test_the_task_of_a_tours_stop_leads_back_into_the_tour():
    tour = TOURS["long"]
    number = next(n for n, stop in enumerate(tour.stops, start=1) if stop.task)
    stop, after = tour.stop(number), tour.stop(number + 1)
    at = opened(stop.page, lang="en", lesson=f"tour.long.{number}")
    at.button(key="tour.task").click().run()
    assert is_sound(at) and experiment(at) == TASKS[stop.task].start(stop.seed)
    assert link(at)["lesson"] == f"task.{stop.task}.{stop.seed}~tour.long.{number + 1}"
    press(set_weight(at, "b_f.1", 1.35), "check")
    assert EN(after.title_key) in at.button(key="task.next").label
    onward = opened(after.page, **{name: link(at)[name] for name in ("lang", "lesson")}, at="2")
    assert is_sound(onward) and onward.header[0].value == EN(after.title_key)
