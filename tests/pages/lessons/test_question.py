"""Predict, lock, reveal: a question covers its answer until it is locked, and says what came of it."""

import re

from lstm_core.lessons.items import ITEMS, items_of, make
from lstm_core.lessons.question import DRAW, VALUE
from lstm_core.lessons.verdict import judge
from lstm_core.rounding import text
from lstm_core.words import LANGUAGES, Words
from tests.collected import collected
from tests.nightly import sample
from tests.pages.apps import experiment, is_sound, link, opened, opened_by_menu, screen, texts
from tests.pages.lessons.covering import covered_numbers, numbers_on
from tests.pages.lessons.reading import (
    answer,
    asked,
    opened_item,
    picture,
    press,
    press_key,
    record,
    said,
    some_answer,
)
from tests.pages.panels import report, sliders

EN = Words("en")


PROSE = {
    page: [line for line in EN.prose(page).splitlines() if line.strip()]
    for page in dict.fromkeys(item.page for item in ITEMS.values())
}


def captions(at) -> list[str]:
    return [caption.value for caption in at.caption]


@collected("language", sample(LANGUAGES, 1))
@collected("key", sample(ITEMS, 4))
def test_a_question_is_posed_on_its_page_over_its_own_run(key, language):
    question, at = make(key, 7), opened_item(key, language, 7)
    assert is_sound(at) and asked(at) == (key, 7)
    assert Words(language)(question.text_key, **question.values) in said(at)
    assert not sliders(at) and not at.get("download_button")
    assert [box.key for box in at.selectbox] == ["language.switch"]
    focus = at.session_state["focus"]
    assert at.session_state["experiment"] == question.experiment
    assert (focus.t, focus.unit) == (question.case.t, question.case.unit)


@collected("key", sample([key for key, item in ITEMS.items() if item.kind != DRAW], 4))
def test_a_right_and_a_wrong_answer_are_told_apart_and_explained(key):
    question = make(key, 3)
    wrong = next((one for one in question.options if one != question.truth), None) or question.bounds[0]
    for given in (question.truth, wrong):
        at = opened_item(key, seed=3)
        given = given if isinstance(given, str) else round(given / 0.05) * 0.05
        answer(at, given)
        verdict = judge(question, given)
        assert is_sound(at) and EN(verdict.heading_key) in said(at)
        assert EN(verdict.why_key, **verdict.values) in said(at)
        assert verdict.right == (given != wrong)


@collected("key", sample(ITEMS, 6))
def test_neither_numbers_nor_prose_of_its_page_answer_a_question_before_it_is_locked(key):
    """Each item is held against each covered number, each line of prose and the heading of its page."""
    item, covered, at = ITEMS[key], covered_numbers(make(key, 1)), opened_item(key)
    assert not covered & numbers_on(at)
    assert not at.get("latex") and not [line for line in PROSE[item.page] if line in said(at)]
    assert at.header[0].value == EN(item.name_key) != EN(f"question.{item.page}")
    assert EN("ask.prose_follows") in captions(at)
    answer(at, some_answer(key))
    shown = said(at)
    assert [line for line in PROSE[item.page] if line in shown] == PROSE[item.page]
    assert at.header[0].value == EN(f"question.{item.page}")
    # Or the first assertion could not fail. One cell rests at 0, and one question comes at the last step.
    # While a question about a network is open, its page shows no picture at all.
    if item.has_cell and key not in ("lstm_step_back", "which_h"):
        assert covered & numbers_on(at)


def test_a_test_takes_an_answer_and_tells_nothing_of_it_to_its_end():
    lesson = "item.silent.7~item.open_or_shut.3"
    at = opened_by_menu(None, lang="en", lesson=lesson, hide="answers")
    for question in (make("silent", 7), make("open_or_shut", 3)):
        verdicts = [judge(question, given) for given in question.options]
        wrong = next(one for one in question.options if one != question.truth)
        answer(at, wrong)
        told = said(at) + texts(at)
        assert is_sound(at) and EN("ask.in") in told and "ask.another" not in str(at.button)
        assert not any(EN(one.why_key, **one.values) in told for one in verdicts)
        assert not covered_numbers(question) & numbers_on(at), "the picture stays covered"
        assert record(at).predictions[question.item.key, question.seed, ""].answer == wrong
        press(at, "ask.on")
    told = said(at) + texts(at)
    assert EN("end.answered") in told and EN("hand_in.answers", n=2) in told
    assert not {"✓", "✗"} & {*told, *" ".join(button.label for button in at.button)}


@collected("key", sample(ITEMS, 2))
def test_what_is_asked_is_on_no_other_page_before_it_is_locked(key):
    covered, at = covered_numbers(make(key, 1)), opened_by_menu(None, lang="en", ask=f"{key}.1")
    # Of other pages and of files tells tests/faults/test_open_questions.py.
    for page in ("why_forget", "gradient"):
        at.switch_page(f"pages/{page}.py").run()
        assert is_sound(at) and not at.get("download_button") and not covered & numbers_on(at)
        said_here = "picture_follows" if ITEMS[key].page == page else "answer_first"
        assert EN(f"ask.{said_here}") == at.info[0].value and "over-time" not in texts(at)


def test_predict_asks_what_was_not_asked_yet_and_back_brings_the_experiment_back():
    at = opened("forget_gate", lang="en", preset="leaky", t="5", **{"b_f.1": "1.5"})
    before = screen(at), link(at)
    press(at, "ask.predict")
    keys = [item.key for item in items_of("forget_gate")]
    assert asked(at) == (keys[0], 1) and "preset" not in link(at)
    answer(at, make(keys[0], 1).options[0])
    press(at, "ask.on")
    assert asked(at) == (keys[1], 1)
    press(at, "ask.skip")
    assert (screen(at), link(at)) == before
    press(at, "ask.predict")
    assert asked(at) == (keys[2], 1)


def test_another_variant_has_another_seed_and_other_numbers():
    at = opened_item("keep_share")
    answer(at, 0.5)
    press(at, "ask.another")
    assert asked(at) == ("keep_share", 2) and is_sound(at)
    assert at.session_state["experiment"] == make("keep_share", 2).experiment
    assert at.slider(key="answer.value").value == 0.0


def test_a_question_can_be_kept_as_an_experiment_which_is_called_changed_only_if_it_is():
    at = opened_item("silent")
    answer(at, make("silent", 1).truth)
    press(at, "ask.vary")
    assert "ask" not in link(at) and experiment(at) == make("silent", 1).experiment and sliders(at)
    kept = EN("ask.kept", name=EN(ITEMS["silent"].name_key))
    assert is_sound(at) and kept in "".join(captions(at)) and "1.50" not in "".join(captions(at))
    at.session_state["experiment"] = experiment(at).edited("b_f.1", 1.5)
    at.run()
    assert "1.50" in "".join(captions(at))


@collected("key", sample([key for key, item in ITEMS.items() if item.kind == DRAW], 2))
def test_a_drawn_answer_is_locked_and_stands_under_the_truth(key):
    question, at = make(key, 2), opened_item(key, seed=2)
    assert at.button(key="ask.lock").disabled
    drawn = [question.bounds[0]] * len(question.steps)
    answer(at, drawn)
    verdict = judge(question, tuple(drawn))
    assert is_sound(at) and not verdict.right and EN(verdict.why_key, **verdict.values) in said(at)
    assert all(text(value) in texts(at) for value in verdict.truth)
    press(at, "ask.another")
    assert at.button(key="ask.lock").disabled and asked(at) == (key, 3)


def press_where_it_listens(at, name: str):
    """A key where the picture is withheld: something without a figure listens."""
    [listener] = [one for one in at.get("bidi_component") if one.key == "lesson.keys"]
    report(at, listener, {"role": "key", "value": name}, "chosen")


@collected("key, by_keys", [
    ("open_or_shut", press_key), ("keep_share", press_key), ("explodes", press_where_it_listens),
    ("stuck", press_where_it_listens),
])  # fmt: skip
def test_keys_choose_and_lock(key, by_keys):
    at, question = opened_item(key), make(key, 1)
    if question.options:
        by_keys(at, "choose_2")
    else:
        at.slider(key="answer.value").set_value(0.5).run()
    by_keys(at, "lock")
    locked = record(at).predictions[key, 1, ""]
    assert is_sound(at) and locked.answer == (question.options[1] if question.options else 0.5)


@collected("key", ["open_or_shut", "keep_share"])
def test_digits_beyond_the_options_choose_nothing_and_nothing_is_locked_that_was_not_chosen(key):
    at = opened_item(key)
    press_key(at, "choose_6")
    press_key(at, "lock")
    assert is_sound(at) and asked(at) == (key, 1) and not record(at).predictions


def test_an_open_question_survives_the_menu():
    at = opened_by_menu("forget_gate", lang="en", ask="open_or_shut.1")
    at.switch_page("pages/trace.py").run()
    assert is_sound(at) and asked(at) == ("open_or_shut", 1)
    shown = re.findall('data-quantity="kept">([^<]*)<', picture(at, "table"))
    t = make("open_or_shut", 1).case.t
    assert "?" not in shown[: t - 1] and set(shown[t - 1 :]) == {"?"}


def test_a_lesson_of_several_parts_goes_from_one_to_the_next():
    at = opened_by_menu(None, lang="en", lesson="item.open_or_shut.4~item.c_or_h.2")
    assert asked(at) == ("open_or_shut", 4) and "Part 1 of 2" in at.caption[0].value
    press(at, "ask.skip")
    assert asked(at) == ("c_or_h", 2) and link(at)["at"] == "2"
    assert at.header[0].value == EN(ITEMS["c_or_h"].name_key)
    press(at, "ask.skip")
    assert "ask" not in link(at) and link(at)["at"] == "0" and at.session_state["page"] == "lessons"


@collected("key", sample([key for key, item in ITEMS.items() if item.kind == VALUE], 2))
def test_a_slider_that_nobody_moved_is_no_answer(key):
    at = opened_item(key)
    assert at.button(key="ask.lock").disabled
    assert at.button(key="ask.lock").help == EN("ask.answer_help")
    at.slider(key="answer.value").set_value(make(key, 1).bounds[0]).run()
    press(at, "ask.lock")
    assert [one.answer for one in record(at).predictions.values()] == [make(key, 1).bounds[0]]
    press(at, "ask.another")
    assert at.button(key="ask.lock").disabled
