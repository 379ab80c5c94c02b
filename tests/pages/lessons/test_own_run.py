"""Questions about a teacher's own run: from the page where they are chosen to student and file."""

from lstm_core.lessons.items import ITEMS, make, suits
from lstm_core.lessons.own_run import word_of
from lstm_core.workbench.presets import preset
from tests.pages.apps import experiment, is_sound, link, opened, texts
from tests.pages.lessons.making import WORDS, again, follow, made
from tests.pages.lessons.reading import answer, done, press, said

SCREEN = {"preset": "random", "seed": "4", "b_f.1": "-0.5"}
RUN = preset("random", 4).edited("b_f.1", -0.5)
WORD = word_of(RUN)


def taught(keys=("keep_share", "gate_on_what")):
    """The page where a lesson is made, with questions about the run on screen."""
    at = opened("make_lesson", lang="en", **SCREEN)
    return at.multiselect(key="make.own").set_value(list(keys)).run()


def test_the_teacher_is_offered_what_has_a_clear_answer_in_the_run():
    at, words = taught(), WORDS["en"]
    offered = at.multiselect(key="make.own").options
    assert len(offered) == sum(suits(key, WORD) for key in ITEMS) < sum(bool(i.suits) for i in ITEMS.values())
    assert is_sound(at) and f"run={WORD}" in made(at) and "preset=" not in made(at)
    for part in at.session_state["lesson_plan"].parts:
        assert make(part.key, part.number, WORD).text(words) in [caption.value for caption in at.caption]
    assert words("make.asked_about") in said(at) and not at.warning
    at.button(key="make.up.1").click().run()
    assert [warning.value for warning in at.warning] == [words("make.out_of_order")]


def test_a_lesson_that_is_being_made_follows_the_screen_and_survives_a_reload():
    at = taught()
    assert "own.keep_share" in link(at)["make"] and made(again(at)) == made(at)
    at = opened("make_lesson", lang="en", preset="latch", make=link(at)["make"])
    assert WORDS["en"]("make.no_place") in texts(at)  # `keep_share` has no place in it
    assert "own.keep_share" not in made(at) and f"run={word_of(preset('latch'))}" in made(at)


def test_a_student_is_asked_about_the_run_and_goes_on():
    at, words = follow(made(taught())), WORDS["en"]
    parts = at.session_state["lesson"].parts
    first, second = (make(*part.place) for part in parts)
    assert is_sound(at) and first.experiment == RUN == at.session_state["experiment"]
    assert f"## {first.text(words)}" in said(at)
    answer(at, first.truth if first.options else round(first.truth / 0.05) * 0.05)
    assert words("verdict.right") in said(at)
    assert again(at).session_state["lesson"] == at.session_state["lesson"]
    press(at, "ask.on")
    assert f"## {second.text(words)}" in said(at)
    press(at, "ask.skip")
    assert [(one.item, one.run, one.outcome) for one in done(at)[0]] == [
        (parts[0].key, WORD, "right"), (parts[1].key, WORD, "skipped"),
    ]  # fmt: skip
    assert at.session_state["page"] == "lessons" or at.session_state["lesson"].at == 0


def test_after_the_last_question_the_run_can_be_tried_and_reset_brings_it_back():
    at = follow(made(taught(["gate_on_what"])))
    answer(at, make(*at.session_state["lesson"].ask.place).truth)
    press(at, "ask.vary")
    assert experiment(at) == RUN and "ask" not in link(at)
