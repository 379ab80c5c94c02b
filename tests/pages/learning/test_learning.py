"""The page where a network learns, without a browser: links, training, the time machine, files."""

from dataclasses import replace

import numpy as np
import pytest

from lstm_core.figure.course import CourseFigure
from lstm_core.training import PROBLEMS, Setup, course_to_npz, train
from lstm_core.training.count import weight_count
from lstm_core.training.effects import effects
from lstm_core.training.plan import first_plan, from_query, plan_of, to_query
from lstm_core.training.shipped import shipped
from lstm_core.training.telling import Told
from lstm_core.words import Words
from lstm_core.workbench.focus import Focus
from lstm_core.workbench.process_memory import ProcessMemory
from pages._ui.learning import take, work
from pages._ui.learning.choose import show_example
from pages._ui.learning.desk import Desk
from tests.collected import collected
from tests.nightly import examples, sample
from tests.pages.apps import link, opened, texts
from tests.pages.lessons.reading import press, record, said

EN = Words("en")
GATES, LOOP = shipped("recall_gates"), shipped("recall")
"""The two examples that the app brings along: one holds the value by its gates, one by the loop through h."""


@pytest.fixture(autouse=True)
def line(monkeypatch):
    """A line of its own: a reader of an earlier test, who never said goodbye, would keep a place in it.

    Slices are longer than in the app, so that the page runs less often.
    """
    line = work.Line(work.PLACES, work.PATIENCE)
    monkeypatch.setattr(work, "_line", line)
    monkeypatch.setattr(work, "SLICE", 0.1)
    return line


def the_page(learn: str = "", lang: str = "en", **query: str):
    """The page under a link, and its desk."""
    at = opened("learning", lang=lang, **({"learn": learn} if learn else {}), **query)
    return at, desk(at)


def is_sound(at) -> bool:
    return not at.exception and not at.error and len(at.header) == 1


def desk(at) -> Desk:
    return at.session_state["desk"]


def choose(at, key: str, value):
    return at.segmented_control(key=key).set_value(value).run()


def effect(at) -> str:
    """What the figure on screen says of a disturbance; "" where there is none."""
    here = desk(at)
    figure = CourseFigure(here.course, here.index, Focus(here.step, here.shown_unit))
    return figure.disturbed(here.disturb, here.value).draw().get("effect", "")


def worked(at):
    """The page after the browser has asked for every slice of work."""
    for _ in range(200):
        if not desk(at).works:
            return at
        at.run()
    raise AssertionError("it is still at work")


# -- what a link opens ----------------------------------------------------------------------------


@collected("key", sample(PROBLEMS, 4))
def test_a_link_opens_the_course_of_each_problem(key):
    at, here = the_page(key, "ko")
    assert is_sound(at) and here.course.problem.key == key
    assert link(at)["learn"] == key and "update" not in link(at)


def test_the_page_opens_untrained_and_train_or_the_trained_example_is_one_click_away():
    at, here = the_page()
    assert is_sound(at) and here.untrained and not here.works and here.course.updates == 0
    np.testing.assert_allclose(here.course.snapshots, GATES.snapshots[:1], atol=1e-6)
    assert EN("learning.heading.learned") not in texts(at)
    again = opened("learning", **link(at))
    assert desk(again).untrained and link(again) == link(at) and desk(again).plan == here.plan
    again.selectbox(key="learning.start").select("bias0").run()
    fresh = train(here.course.problem, here.plan.with_setup(start="bias0").setup, here.plan.seed, 0)
    assert np.array_equal(desk(again).course.snapshots, fresh.snapshots)
    assert is_sound(press(again, "train")) and desk(again).training.updates > 0
    assert desk(again).todo[0].updates == GATES.updates
    assert is_sound(press(at, "train.example")) and desk(at).course is GATES
    assert EN("learning.heading.learned") in texts(at)


@pytest.mark.parametrize("query", [{"lesson": "tour.short.3"}, {"ask": "curve_bias.1"}])
def test_a_tour_and_a_question_speak_of_a_trained_network(query):
    assert the_page(**query)[1].course is GATES


def test_a_course_that_comes_on_screen_has_the_whole_page_drawn():
    """What a shipped course tells is read once for all readers: a second one has nothing to wait for.

    The first one alone saw what was learned, because the page was drawn anew when the reading had ended.
    """
    _, here = the_page()
    here.fresh = False
    show_example(here)
    assert here.fresh
    here.fresh = False
    here.begin(here.plan)  # as when another problem is chosen: what the one before learned goes
    assert here.fresh


def test_the_other_example_of_the_problem_stands_beside_it():
    at, here = the_page(**to_query(plan_of(GATES), None))
    assert is_sound(at) and here.course is GATES and not here.todo
    assert str(GATES.reached()) in said(worked(at)) and "held by the gates, without the loop" in said(at)
    assert from_query(link(at))[0] == plan_of(here.course) == here.plan
    assert is_sound(choose(at, "learning.example", "recall"))
    assert here.course is LOOP and here.plan == plan_of(LOOP) and link(at)["learn"] == "recall"
    assert here.shown_unit == 2 and "this network needs the loop through h" in said(worked(at))


def test_the_update_in_focus_is_in_the_link_and_comes_back():
    at, here = the_page("recall", update="190")
    assert is_sound(at) and link(at)["update"] == "190"
    assert here.course.snapshot_at[here.index] <= 190 < here.course.snapshot_at[here.index + 1]


def test_an_open_question_covers_the_pictures_and_what_stands_below_them():
    at = press(the_page(**to_query(plan_of(GATES), None))[0], "ask.predict")
    asked = opened("learning", **link(at))
    assert is_sound(asked) and EN("ask.picture_follows") in [info.value for info in asked.info]
    assert EN("learning.heading.learned") not in texts(asked)
    assert is_sound(press(asked, "ask.skip"))


# -- what is held ---------------------------------------------------------------------------------


def test_a_unit_or_the_loop_is_disturbed_and_the_score_is_there_at_once():
    at, here = the_page("recall")
    costs = effects(here.course.network(), here.course.problem)
    for what, score in (("unit", costs.lesions[here.shown_unit - 1]), ("loop", costs.loop)):
        assert is_sound(choose(at, "learning.disturb", what)) and here.disturb == what
        assert f"{100 * score:.0f} %" in effect(at) and "100 %" in effect(at)
    assert is_sound(choose(at, "learning.disturb", "nothing")) and not effect(at)


def test_a_training_or_another_course_ends_a_disturbance():
    at, here = the_page("recall")
    assert is_sound(press(choose(at, "learning.disturb", "unit"), "train")) and here.disturb == "nothing"
    choose(press(at, "train.stop"), "learning.disturb", "loop")
    at.selectbox(key="learning.problem").select("adding").run()
    assert is_sound(at) and desk(at).disturb == "nothing"


def test_of_a_plain_rnn_a_unit_can_be_disturbed_but_no_loop():
    at = worked(the_page("recall~cell.rnn~updates.20")[0])
    assert "loop" not in at.segmented_control(key="learning.disturb").options
    assert is_sound(choose(at, "learning.disturb", "unit")) and effect(at)


# -- training -------------------------------------------------------------------------------------


def test_train_trains_what_was_chosen_in_slices_and_ends(monkeypatch):
    at, here = the_page("recall~updates.40")
    worked(at)
    monkeypatch.setattr(work, "SLICE", 0.005)
    at.selectbox(key="learning.start").select("bias3").run()
    assert is_sound(press(at, "train")) and here.todo
    there = press(at, "train.pause") and here.training.updates
    assert not at.run().exception and here.training.updates == there  # paused
    monkeypatch.setattr(work, "SLICE", 1.0)
    worked(press(at, "train.pause"))
    plan = replace(first_plan("recall"), updates=40).with_setup(start="bias3")
    whole = train(plan.problem, plan.setup, plan.seed, plan.updates)
    assert is_sound(at) and np.array_equal(here.course.losses, whole.losses)  # however it was cut
    assert from_query(link(at))[0] == plan


def test_a_training_that_blows_up_ends_with_a_sentence_and_keeps_what_there_was():
    at, here = the_page("recall~rate.10~clip.0")
    assert not worked(at).exception and not at.error and here.course.ended == "blew_up"
    assert any(EN("learning.ended.blew_up") in warning.value for warning in at.warning)


RACED = examples(20, 200)
"""Updates; after 200 the cell reaches its goal."""


@pytest.mark.parametrize("race, cells", sample([("forget", ["1997", "lstm"]), ("rnn", ["rnn", "lstm"])], 1))
def test_cells_race_side_by_side_and_the_page_says_who_was_first(race, cells):
    at = worked(the_page(f"recall~updates.{RACED}")[0])
    press(at, f"contrast.{race}").run()
    done = [racer.updates for racer in desk(at).racers]
    assert len(done) == 2 and max(done) - min(done) <= 1  # an update each in turn
    here = desk(worked(at))
    assert is_sound(at) and [course.setup.cell for course in here.kept] == cells
    # The page, its settings and its address are those of the course with the settings that were chosen.
    assert here.course is here.kept[1] and here.plan == plan_of(here.course) == from_query(link(at))[0]
    for course in here.kept:
        alone = train(course.problem, course.setup, course.seed, RACED)
        assert np.array_equal(course.losses, alone.losses)
        values = {"name": EN(f"variant.{course.setup.cell}"), "update": course.reached() or RACED}
        values |= {"goal": "99 %", "best": f"{100 * course.scores.max():.0f} %"}
        assert EN(f"learning.race_{'reached' if course.reached() else 'missed'}", **values) in said(at)
    assert is_sound(press(at, "race.over")) and not here.racers and here.kept
    assert is_sound(press(at, "contrast.clear")) and here.kept == []


def test_a_race_of_equally_many_weights_says_how_many():
    at = worked(the_page("recall~updates.20")[0])
    here = desk(worked(press(at, "contrast.equal")))
    counts = [weight_count(course.setup, course.problem) for course in here.kept]
    assert [course.setup.cell for course in here.kept] == ["rnn", "1997", "lstm"]
    assert max(counts) < 1.2 * min(counts)
    assert is_sound(at) and all(EN("learning.count", n=count) in said(at) for count in counts)


def test_a_race_can_be_stopped_and_keeps_how_far_it_came():
    at, here = the_page("recall")
    press(press(at, "contrast.clip").run(), "train.stop")
    assert is_sound(at.run()) and not here.todo and not here.comparing
    assert [course.setup.clip for course in here.kept] == [0.0, 1.0]
    assert all(0 < course.updates < 700 for course in here.kept)


def test_courses_whose_memory_was_needed_are_trained_again_and_are_the_same():
    at = worked(the_page("recall~seed.5~updates.30")[0])
    here, before = desk(at), desk(at).course
    assert here.bytes() > before.snapshots.nbytes
    here.leave()
    assert here.bytes() == 0
    assert is_sound(at.run()) and EN("learning.let_go") in [info.value for info in at.info]
    assert desk(worked(at)).course is not before
    assert np.array_equal(here.course.snapshots, before.snapshots)
    assert is_sound(press(at, "train")) and not at.info


def test_a_training_waits_while_the_process_has_no_room(monkeypatch):
    memory = ProcessMemory(-1)
    monkeypatch.setattr(work, "process_memory", memory)
    at, here = the_page()
    assert is_sound(press(at, "train")) and here.training is None and here.works
    memory.most = 1_000_000
    assert is_sound(at.run()) and here.training.updates > 0


def test_others_wait_while_all_places_are_taken(line):
    line.patience = 1e9
    others = [object() for _ in range(work.PLACES)]
    for other in others:
        line.ahead(other, 0)
    at, here = the_page()
    assert press(at, "train") and here.ahead == 1 and here.training is None
    line.leave(others[0])
    assert at.run() and here.ahead == 0 and here.training.updates > 0


def test_a_slice_ends_when_its_time_is_over_and_a_rest_is_longer_where_others_train(monkeypatch):
    now = iter(np.arange(0, 1000, 0.01))
    monkeypatch.setattr(work, "perf_counter", lambda: float(next(now)))
    here = Desk(first_plan("recall"), train(PROBLEMS["recall"], Setup(), 1, 0))
    here.train(first_plan("recall"))
    work.work(here)
    assert 0 < here.training.updates <= work.SLICE / 0.01 + 1
    alone = work.rest(here)
    here.others = 2
    assert work.PAUSE < alone < work.rest(here) <= work.WAITING
    here.ahead = 1
    assert work.rest(here) == work.WAITING
    here.stop()
    here.read = Told([], None)
    assert work.rest(here) is None


# -- what is done with it -------------------------------------------------------------------------


def test_a_snapshot_opens_on_all_other_pages():
    at = press(the_page()[0], "take.open")
    experiment = at.session_state["experiment"]
    assert not at.exception and (experiment.H, experiment.D, experiment.T) == (1, 3, 20)


def test_the_files_are_what_they_say():
    course = train(PROBLEMS["recall"], Setup(), 1, 12)
    here = Desk(first_plan("recall"), train(PROBLEMS["recall"], Setup(), 1, 2))
    files = take._files(here)
    here.course = course  # it went on since the buttons were drawn
    made = {name: make() for name, _, _, make in files}
    assert made["course"] == course_to_npz(course)
    rows = made["losses"].splitlines()
    assert rows[0] == "update,loss,gradient_norm,score" and len(rows) == 13
    assert float(rows[1].split(",")[1]) == course.losses[0]
    assert made["gates"].startswith("t,unit,x_1") and "forget_gate" in made["weights"]


def test_own_words_are_coloured_and_do_no_harm():
    at, _ = the_page("text")
    assert is_sound(at.text_input(key="colour.line").set_value('>a("<script>")').run())


def test_a_trial_is_done_by_naming_the_unit():
    at, here = the_page()
    at.session_state["trial.unit"] = 1
    assert not at.run().exception and "find" not in here.solved
    assert "Not this one" in said(at)
    assert is_sound(choose(at, "trial.unit", 2)) and record(at).trained["find"].outcome == "right"
    lesions = effects(LOOP.network(), PROBLEMS["recall"]).lesions
    assert f"only {100 * lesions[1]:.0f} %" in said(at)


@pytest.mark.nightly
def test_a_course_that_does_a_trial_goes_into_the_record():
    at = worked(the_page("stream~cell.1997~updates.600")[0])
    assert is_sound(at) and record(at).trained["stream"].outcome == "right"
    assert "✓" in next(m.value for m in at.markdown if EN("learning.task.stream.name") in m.value)
