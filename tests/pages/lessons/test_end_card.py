"""The card on which a lesson ends."""

from lstm_core.lessons.items import ITEMS, make
from lstm_core.lessons.tasks import TASKS
from lstm_core.lessons.tours import TOURS
from lstm_core.words import Words
from tests.pages.apps import is_sound, link, opened, opened_by_menu
from tests.pages.lessons.reading import answer, press

EN = Words("en")
LESSON = "item.silent.3~task.hold.1~item.joined.2"


def buttons(at):
    return {button.key for button in at.button}


def shown(at) -> str:
    return "\n".join(line.value for line in at.markdown)


def test_a_lesson_that_was_left_tells_what_is_still_open_and_can_be_ended():
    at = opened("lessons", lang="en", lesson=LESSON, at="0")
    assert is_sound(at) and EN("end.some", n=0, of=3) in shown(at)
    assert EN(TASKS["hold"].name_key) in shown(at)
    assert EN(ITEMS["silent"].name_key) not in shown(at)  # the title would tell what it is about
    assert {"end.next", "end.leave"} <= buttons(at) and at.text_input(key="hand_in.name")
    press(at, "end.leave")
    assert is_sound(at) and "lesson" not in link(at) and "end.leave" not in buttons(at)


def test_what_was_missed_can_be_opened_again_and_the_rest_goes_on():
    at = opened_by_menu(None, lang="en", lesson=LESSON)
    question = make("silent", 3)
    at.switch_page("pages/output_gate.py").run()
    answer(at, next(option for option in question.options if option != question.truth))
    press(at, "ask.on")
    at.switch_page("pages/lessons.py").run()
    assert "end.again.1" not in buttons(at)  # the task is open now, so the lesson has not ended
    ended = opened("lessons", lang="en", lesson=LESSON, at="0")
    ended.session_state["lesson.record"] = at.session_state["lesson.record"]
    ended.run()
    assert is_sound(ended) and EN("end.some", n=1, of=3) in shown(ended)
    assert EN(ITEMS["silent"].name_key) in shown(ended)
    press(ended, "end.again.1")
    assert link(ended)["ask"] == "silent.3"


def test_a_tour_ends_on_the_card():
    at = opened_by_menu(None, lang="en", lesson=f"tour.short.{len(TOURS['short'].stops)}")
    press(at, "tour.done")
    assert at.header[0].value == EN("question.lessons") and "end.again.1" in buttons(at)
