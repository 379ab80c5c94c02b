"""A variant for each student, on screen: the teacher's plan and files, and the number that is typed."""

import pytest

from lstm_core.lessons.lesson_link import from_query
from lstm_core.lessons.roster import Student
from lstm_core.words import LANGUAGES
from tests.nightly import sample
from tests.pages.apps import is_sound, link, opened, opened_by_menu
from tests.pages.lessons.dropping import WORDS, messages
from tests.pages.lessons.making import follow, made

EACH = "item.silent.each~item.silent.each2~task.repair.each"


@pytest.mark.parametrize("language", sample(LANGUAGES, 1))
def test_a_student_types_a_number_and_meets_the_variants_that_it_draws(language):
    words, at = WORDS[language], opened("lessons", lang=language, lesson=EACH)
    assert is_sound(at) and words("number.heading") in [one.value for one in at.subheader]
    at.text_input(key="number.field").set_value("<b>")
    at.button(key="number.begin").click().run()
    assert words("number.refused", most=20) in messages(at) and not at.exception
    at.text_input(key="number.field").set_value("S 2024")
    at.button(key="number.begin").click().run()
    wanted = from_query({"lesson": EACH, "student": "s2024"})[0]
    assert not at.exception and at.session_state["lesson"].parts == wanted.parts
    assert at.session_state["lesson"].ask.number == wanted.parts[0].number


def test_the_link_of_the_class_leads_to_the_number_and_the_link_of_a_student_past_it():
    at = opened_by_menu(None, lang="en", lesson=EACH)
    assert is_sound(at) and at.text_input(key="number.field") and link(at)["lesson"] == EACH
    at = opened_by_menu(None, lang="en", lesson=EACH, student="7")
    wanted = from_query({"lesson": EACH, "student": "7"})[0]
    assert is_sound(at) and at.session_state["lesson"].ask.number == wanted.parts[0].number
    assert link(at)["student"] == "7"


@pytest.mark.parametrize("language", sample(LANGUAGES, 1))
def test_a_teacher_gives_each_student_a_variant_and_brings_the_class(language):
    words, at = WORDS[language], opened("make_lesson", lang=language)
    at.multiselect(key="make.item").set_value(["silent"]).run()
    at.button(key="make.another.0").click().run()
    at.checkbox(key="make.each.0.silent").check().run()
    assert made(at).partition("?")[2].startswith("lesson=item.silent.each~item.silent.2")
    assert is_sound(at) and at.number_input(key="variants.count").value == 30
    assert at.get("download_button")
    at.file_uploader[0].set_value(("class.csv", b"name\nAda\n=1+1\n", "text/csv")).run()
    assert at.session_state["class.roster"] == (Student("1", "Ada"), Student("2", "1+1"))
    assert is_sound(at) and words("variants.students", n=2) in [one.value for one in at.markdown]
    at.file_uploader[0].set_value(("class.csv", b"a,b\n1,2\n", "text/csv")).run()
    assert words("variants.refused.no_names") in messages(at) and not at.exception
    assert follow(made(at)).text_input(key="number.field")
