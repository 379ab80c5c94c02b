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
from lstm_core.words import LANGUAGES, Words, texts
from lstm_core.workbench.focus import Focus
from lstm_core.workbench.process_memory import ProcessMemory
from pages._ui.learning import take, work
from pages._ui.learning.desk import Desk
from tests.nightly import examples, sample
from tests.pages.apps import link, opened
from tests.pages.lessons.reading import record

EN = Words("en")


@pytest.fixture(autouse=True)
def nobody_stands_in_line(monkeypatch):
    """A reader of an earlier test, who never said goodbye, would keep a place in the process's line."""
    monkeypatch.setattr(work, "_line", work.Line(work.PLACES, work.PATIENCE))


def is_sound(at) -> bool:
    return not at.exception and not at.error and len(at.header) == 1


def desk(at) -> Desk:
    return at.session_state["desk"]


def drawn(at) -> dict[str, str]:
    """What the figure on screen draws."""
    here = desk(at)
    figure = CourseFigure(here.course, here.index, Focus(here.step, here.shown_unit))
    return figure.disturbed(here.disturb, here.value).draw()


def worked(at, rounds: int = 200):
    """The page after the browser has asked for every slice of work."""
    for _ in range(rounds):
        if not desk(at).works:
            return at
        at.run()
    raise AssertionError("it is still at work")


@pytest.mark.parametrize("key", PROBLEMS)
def test_a_link_opens_the_course_of_each_problem(key):
    at = opened("learning", learn=key, lang="en")
    assert is_sound(at) and desk(at).course.problem.key == key
    assert link(at)["learn"] == key and "update" not in link(at)


EXAMPLE = to_query(plan_of(shipped("recall_gates")), None)
"""The parameters of a link to the example that the app brings along."""


def test_the_page_opens_untrained_and_train_or_the_trained_example_is_one_click_away():
    at = opened("learning", lang="en")
    here = desk(at)
    assert is_sound(at) and here.untrained and not here.works and here.course.updates == 0
    np.testing.assert_allclose(here.course.snapshots, shipped("recall_gates").snapshots[:1], atol=1e-6)
    assert not [said for said in at.subheader if said.value == EN("learning.heading.learned")]
    again = opened("learning", **link(at))
    assert desk(again).untrained and link(again) == link(at) and desk(again).plan == here.plan
    again.selectbox(key="learning.start").select("bias0").run()
    fresh = train(here.course.problem, here.plan.with_setup(start="bias0").setup, here.plan.seed, 0)
    assert np.array_equal(desk(again).course.snapshots, fresh.snapshots)
    at.button(key="train.example").click().run()
    assert is_sound(at) and desk(at).course is shipped("recall_gates")
    again.button(key="train").click().run()
    assert is_sound(again) and desk(again).training.updates > 0
    assert desk(again).todo[0].updates == shipped("recall_gates").updates


@pytest.mark.parametrize("link_of", [{"lesson": "tour.short.3"}, {"ask": "curve_bias.1"}])
def test_a_tour_and_a_question_speak_of_a_trained_network(link_of):
    assert desk(opened("learning", lang="en", **link_of)).course is shipped("recall_gates")


def test_a_course_can_be_looked_through():
    at = opened("learning", lang="ko", **EXAMPLE)
    here = desk(at)
    assert is_sound(at) and here.course is shipped("recall_gates") and not here.todo
    first = str(here.course.reached())
    assert worked(at) and any(first in said.value for said in at.markdown)
    assert from_query(link(at))[0] == plan_of(here.course) == here.plan


def test_the_other_example_of_the_problem_stands_beside_it():
    at = opened("learning", lang="en", **EXAMPLE)
    at.segmented_control(key="learning.example").set_value("recall").run()
    here = desk(at)
    assert is_sound(at) and here.course is shipped("recall") and here.plan == plan_of(here.course)
    assert here.shown_unit == 2 and link(at)["learn"] == "recall"  # the one that follows the value
    said = [markdown.value for markdown in worked(at).markdown]
    assert any("this network needs the loop through h" in one for one in said)
    at.segmented_control(key="learning.example").set_value("recall_gates").run()
    assert is_sound(at) and desk(at).course is shipped("recall_gates")
    said = [markdown.value for markdown in worked(at).markdown]
    assert any("held by the gates, without the loop" in one for one in said)


def test_a_unit_is_disturbed_and_the_score_is_there_at_once():
    at = opened("learning", learn="recall", lang="en")
    at.segmented_control(key="learning.disturb").set_value("unit").run()
    here = desk(at)
    assert is_sound(at) and here.disturb == "unit"
    network, problem = here.course.network(), here.course.problem
    lesion = effects(network, problem).lesions[here.shown_unit - 1]
    assert f"{100 * lesion:.0f} %" in drawn(at)["effect"] and "100 %" in drawn(at)["effect"]
    at.segmented_control(key="learning.disturb").set_value("loop").run()
    assert is_sound(at) and f"{100 * effects(network, problem).loop:.0f} %" in drawn(at)["effect"]
    at.segmented_control(key="learning.disturb").set_value("nothing").run()
    assert is_sound(at) and "effect" not in drawn(at)


def test_a_training_or_another_course_ends_a_disturbance():
    at = opened("learning", learn="recall", lang="en")
    at.segmented_control(key="learning.disturb").set_value("unit").run()
    at.button(key="train").click().run()
    assert is_sound(at) and desk(at).disturb == "nothing"
    at.button(key="train.stop").click().run()
    at.segmented_control(key="learning.disturb").set_value("loop").run()
    at.selectbox(key="learning.problem").select("adding").run()
    assert is_sound(at) and desk(at).disturb == "nothing"


def test_what_a_hand_holds_stays_on_the_desk_and_the_plain_rnn_can_be_disturbed_too():
    at = worked(opened("learning", learn="recall~cell.rnn~updates.20", lang="ko"))
    assert "loop" not in at.segmented_control(key="learning.disturb").options
    at.segmented_control(key="learning.disturb").set_value("unit").run()
    assert is_sound(at) and "effect" in drawn(at)


def test_the_update_in_focus_is_in_the_link_and_comes_back():
    at = opened("learning", learn="recall", update="190", lang="en")
    assert is_sound(at) and link(at)["update"] == "190"
    here = desk(at)
    assert here.course.snapshot_at[here.index] <= 190 < here.course.snapshot_at[here.index + 1]


def test_train_trains_what_was_chosen_in_slices_and_ends(monkeypatch):
    at = worked(opened("learning", learn="recall~updates.40", lang="en"))
    monkeypatch.setattr(work, "SLICE", 0.005)
    at.selectbox(key="learning.start").select("bias3").run()
    at.button(key="train").click().run()
    assert desk(at).todo and at.button(key="train.pause") and is_sound(at)
    at.button(key="train.pause").click().run()
    there = desk(at).training.updates
    assert not at.run().exception and desk(at).training.updates == there  # paused
    monkeypatch.setattr(work, "SLICE", 1.0)
    at.button(key="train.pause").click().run()
    here = desk(worked(at))
    assert is_sound(at) and here.course.updates == 40 and here.course.setup.start == "bias3"
    plan = replace(first_plan("recall"), updates=40).with_setup(start="bias3")
    whole = train(plan.problem, plan.setup, plan.seed, plan.updates)
    assert np.array_equal(here.course.losses, whole.losses)  # however it was cut
    assert from_query(link(at))[0] == plan


def test_a_training_that_blows_up_ends_with_a_sentence_and_keeps_what_there_was():
    at = opened("learning", learn="recall~rate.10~clip.0", lang="en")
    here = desk(worked(at))
    assert not at.exception and not at.error and here.course.ended == "blew_up"
    assert any(EN("learning.ended.blew_up") in warning.value for warning in at.warning)


RACES = [("forget", ["1997", "lstm"]), ("rnn", ["rnn", "lstm"])]
RACED = examples(60, 200)
"""Updates; after 200 the cell reaches its goal."""


@pytest.mark.parametrize("race, cells", sample(RACES, 1))
def test_cells_race_side_by_side_and_the_page_says_who_was_first(race, cells):
    at = worked(opened("learning", learn=f"recall~updates.{RACED}", lang="en"))
    at.button(key=f"contrast.{race}").click().run()
    at.run()
    done = [racer.updates for racer in desk(at).racers]
    assert len(done) == 2 and max(done) - min(done) <= 1  # an update each in turn
    here = desk(worked(at))
    assert is_sound(at) and [course.setup.cell for course in here.kept] == cells
    # The page, its settings and its address are those of the course with the settings that were chosen.
    assert here.course is here.kept[1] and here.plan == plan_of(here.course) == from_query(link(at))[0]
    for course in here.kept:
        alone = train(course.problem, course.setup, course.seed, RACED)
        assert np.array_equal(course.losses, alone.losses)
    said = " ".join(one.value for one in at.markdown)
    for course in here.kept:
        name, goal = EN(f"variant.{course.setup.cell}"), "99 %"
        best = f"{100 * course.scores.max():.0f} %"
        values = {"name": name, "goal": goal, "update": course.reached() or RACED, "best": best}
        assert EN(f"learning.race_{'reached' if course.reached() else 'missed'}", **values) in said
    at.button(key="race.over").click().run()
    assert is_sound(at) and not desk(at).racers and desk(at).kept
    assert not at.button(key="contrast.clear").click().run().exception and desk(at).kept == []


def test_a_race_of_equally_many_weights_says_how_many():
    at = worked(opened("learning", learn="recall~updates.20", lang="en"))
    at.button(key="contrast.equal").click().run()
    here = desk(worked(at))
    counts = [weight_count(course.setup, course.problem) for course in here.kept]
    assert [course.setup.cell for course in here.kept] == ["rnn", "1997", "lstm"]
    assert max(counts) < 1.2 * min(counts)
    said = " ".join(markdown.value for markdown in at.markdown)
    assert is_sound(at) and all(EN("learning.count", n=count) in said for count in counts)


def test_a_race_can_be_stopped_and_keeps_how_far_it_came():
    at = worked(opened("learning", learn="recall", lang="en"))
    at.button(key="contrast.clip").click().run()
    at.run()
    at.button(key="train.stop").click().run()
    assert is_sound(at.run()) and not desk(at).todo and not desk(at).comparing
    assert [course.setup.clip for course in desk(at).kept] == [0.0, 1.0]
    assert all(0 < course.updates < 700 for course in desk(at).kept)


def test_a_snapshot_opens_on_all_other_pages():
    at = opened("learning", lang="en")
    at.button(key="take.open").click().run()
    assert not at.exception
    experiment = at.session_state["experiment"]
    assert (experiment.H, experiment.D, experiment.T) == (1, 3, 20)


def test_own_words_are_coloured_and_do_no_harm():
    at = opened("learning", learn="text", lang="en")
    at.text_input(key="colour.line").set_value('>a("<script>")').run()
    assert is_sound(at)


def test_a_trial_is_done_by_naming_the_unit():
    at = opened("learning", lang="en")
    at.session_state["trial.unit"] = 1
    assert not at.run().exception and "find" not in desk(at).solved

    assert any("Not this one" in said.value for said in at.markdown)
    at.segmented_control(key="trial.unit").set_value(2).run()
    assert is_sound(at) and record(at).trained["find"].outcome == "right"
    lesions = effects(shipped("recall").network(), PROBLEMS["recall"]).lesions
    assert any(f"only {100 * lesions[1]:.0f} %" in said.value for said in at.markdown)


@pytest.mark.nightly
def test_a_course_that_does_a_trial_goes_into_the_record():
    at = worked(opened("learning", learn="stream~cell.1997~updates.600", lang="en"))
    assert is_sound(at) and record(at).trained["stream"].outcome == "right"
    assert "✓" in next(m.value for m in at.markdown if EN("learning.task.stream.name") in m.value)


@pytest.mark.parametrize("lang", sample(LANGUAGES, 1))
def test_courses_whose_memory_was_needed_are_trained_again_and_are_the_same(lang):
    at = worked(opened("learning", learn="recall~seed.5~updates.30", lang=lang))
    before = desk(at).course
    assert desk(at).bytes() > before.snapshots.nbytes and is_sound(at)
    desk(at).leave()
    assert desk(at).bytes() == 0
    said = texts(lang)["learning.let_go"]
    at.run()
    assert is_sound(at) and said in [info.value for info in at.info]
    after = desk(worked(at)).course
    assert after is not before and np.array_equal(after.snapshots, before.snapshots)
    at.button(key="train").click().run()
    assert said not in [info.value for info in at.info] and is_sound(at)


def test_a_training_waits_while_the_process_has_no_room(monkeypatch):
    memory = ProcessMemory(-1)
    monkeypatch.setattr(work, "process_memory", memory)
    at = opened("learning", lang="en")
    at.button(key="train").click().run()
    assert is_sound(at) and desk(at).training is None and desk(at).works
    memory.most = 1_000_000
    assert is_sound(at.run()) and desk(at).training.updates > 0


# -- the line and the clock -----------------------------------------------------------------------


def test_others_wait_while_all_places_are_taken(monkeypatch):
    others = [object() for _ in range(work.PLACES)]
    line = work.Line(work.PLACES, patience=1e9)
    monkeypatch.setattr(work, "_line", line)
    for other in others:
        line.ahead(other, 0)
    at = opened("learning", lang="en")
    at.button(key="train").click().run()
    assert desk(at).ahead == 1
    assert desk(at).training is None
    line.leave(others[0])
    assert at.run() and desk(at).ahead == 0 and desk(at).training.updates > 0


def test_a_slice_ends_when_its_time_is_over(monkeypatch):
    now = iter(np.arange(0, 1000, 0.01))
    monkeypatch.setattr(work, "perf_counter", lambda: float(next(now)))
    monkeypatch.setattr(work, "_line", work.Line(work.PLACES, work.PATIENCE))
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


# -- files ----------------------------------------------------------------------------------------


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


# -- questions ------------------------------------------------------------------------------------


def test_an_open_question_covers_the_pictures_and_what_stands_below_them():
    at = opened("learning", lang="en", **EXAMPLE)
    there = {said.value for said in at.subheader}
    assert EN("learning.heading.learned") in there
    at.button(key="ask.predict").click().run()
    asked = opened("learning", **link(at))
    assert is_sound(asked) and EN("ask.picture_follows") in [said.value for said in asked.info]
    assert EN("learning.heading.learned") not in {said.value for said in asked.subheader}
    asked.button(key="ask.skip").click().run()
    assert is_sound(asked)
