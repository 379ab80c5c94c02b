"""Questions about a teacher's own run: from the page where they are chosen to student and file."""

import pytest

from lstm_core.lessons.items import ITEMS, make, suits
from lstm_core.lessons.own_run import word_of
from lstm_core.words import LANGUAGES
from lstm_core.workbench.presets import preset
from tests.nightly import sample
from tests.pages.apps import experiment, is_sound, link, opened, texts
from tests.pages.lessons.making import WORDS, again, follow, made
from tests.pages.lessons.reading import answer, done, press, said

SCREEN = {"preset": "random", "seed": "4", "b_f.1": "-0.5"}
RUN = preset("random", 4).edited("b_f.1", -0.5)
WORD = word_of(RUN)
KEYS = ["keep_share", "gate_on_what"]


def taught(language: str = "en", keys=KEYS):
    """The page where a lesson is made, with questions about the run on screen."""
    at = opened("make_lesson", lang=language, **SCREEN)
    return at.multiselect(key="make.own").set_value(list(keys)).run()


def right(at):
    """Answer the question on screen as the run has it."""
    part = at.session_state["lesson"].ask
    truth = make(*part.place).truth
    return answer(at, list(truth) if isinstance(truth, tuple) else round(truth / 0.05) * 0.05
                  if isinstance(truth, float) else truth)  # fmt: skip


@pytest.mark.parametrize("language", sample(LANGUAGES, 1))
def test_the_teacher_is_offered_what_has_a_clear_answer_in_the_run(language):
    at, words = taught(language), WORDS[language]
    offered = at.multiselect(key="make.own").options
    assert len(offered) == sum(suits(key, WORD) for key in ITEMS) < sum(bool(i.suits) for i in ITEMS.values())
    assert is_sound(at) and f"run={WORD}" in made(at) and "preset=" not in made(at)
    for part in at.session_state["lesson_plan"].parts:
        assert make(part.key, part.number, WORD).text(words) in [caption.value for caption in at.caption]
    assert words("make.asked_about") in said(at)


def test_a_lesson_that_is_being_made_follows_the_screen_and_survives_a_reload():
    at = taught()
    assert "own.keep_share" in link(at)["make"] and made(again(at)) == made(at)
    other = {**link(at), "preset": "latch"}
    other = {name: text for name, text in other.items() if name in ("preset", "lang", "make")}
    at = opened("make_lesson", **other)
    assert WORDS["en"]("make.no_place") in texts(at)  # `keep_share` has no place in it
    assert "own.keep_share" not in made(at) and f"run={word_of(preset('latch'))}" in made(at)


def test_a_question_that_comes_after_its_answer_is_told():
    at = taught()
    assert not at.warning
    at.button(key="make.up.1").click().run()
    assert [warning.value for warning in at.warning] == [WORDS["en"]("make.out_of_order")]


@pytest.mark.parametrize("language", sample(LANGUAGES, 1))
def test_a_student_is_asked_about_the_run_and_goes_on(language):
    at, words = follow(made(taught(language))), WORDS[language]
    parts = at.session_state["lesson"].parts
    first, second = (make(*part.place) for part in parts)
    assert is_sound(at) and first.experiment == RUN == at.session_state["experiment"]
    assert f"## {first.text(words)}" in said(at)
    right(at)
    assert (
        words("verdict.right") in said(at) and again(at).session_state["lesson"] == at.session_state["lesson"]
    )
    press(at, "ask.on")
    assert f"## {second.text(words)}" in said(at)
    press(at, "ask.skip")
    assert [(one.item, one.run, one.outcome) for one in done(at)[0]] == [
        (parts[0].key, WORD, "right"), (parts[1].key, WORD, "skipped"),
    ]  # fmt: skip
    assert at.session_state["page"] == "lessons" or at.session_state["lesson"].at == 0


def test_after_the_last_question_the_run_can_be_tried_and_reset_brings_it_back():
    at = follow(made(taught(keys=["gate_on_what"])))
    right(at)
    press(at, "ask.vary")
    assert experiment(at) == RUN and "ask" not in link(at)
