"""The files of a lesson on its page: which there are, in which language, under which title."""

import pytest

from lstm_core.lessons.items import ITEMS
from lstm_core.lessons.tasks import TASKS
from lstm_core.words import LANGUAGES
from tests.nightly import sample
from tests.pages.apps import is_sound, opened, texts
from tests.pages.forged import forge
from tests.pages.lessons.making import WORDS


@pytest.fixture
def sent(monkeypatch):
    """The files that the buttons hold: key -> name and what makes it."""
    found = {}

    def button(label, data, name, mime, *, key, **_):
        found[key] = (name, mime, data)

    monkeypatch.setattr("streamlit.download_button", button)
    return found


def files(sent) -> set[str]:
    return {key for key in sent if key.startswith("paper.")}


def test_a_lesson_without_parts_has_no_files_and_gives_the_whole_bank(sent):
    at = opened("make_lesson", lang="en")
    assert is_sound(at) and files(sent) == {"paper.bank", "paper.bank_qti"}
    assert WORDS["en"]("paper.nothing") in texts(at)
    assert sent["paper.bank"][2]().count("<question type=") > len(ITEMS) + len(TASKS)


@pytest.mark.parametrize("language", sample(LANGUAGES, 1))
def test_a_tour_has_all_files_in_the_language_of_the_lesson(sent, language):
    at = opened("make_lesson", lang="en", make=f"page.overview~tour.short.1~task.hold.1~lang.{language}")
    words = WORDS[language]
    assert is_sound(at)
    assert files(sent) - {"paper.deck"} == {
        f"paper.{key}" for key in ("worksheet", "key", "moodle", "qti", "gift", "notes", "slides")
    }
    made = {key: data() for key, (_, _, data) in sent.items() if key.startswith("paper.")}
    made.pop("paper.deck", None)  # where python-pptx is installed
    assert made.pop("paper.qti").startswith(b"PK")
    for key, text in made.items():
        begins = {"paper.gift": "$CATEGORY", "paper.moodle": "<?xml"}.get(key, "<!DOCTYPE html>")
        assert text.startswith(begins) and (begins[1] != "!" or f'<html lang="{language}">' in text)
    assert words("paper.lesson") in made["paper.worksheet"] and "size: A4 " in made["paper.worksheet"]
    assert sent["paper.gift"][:2] == ("lstm_gift.txt", "text/plain")
    assert sent["paper.key"][:2] == ("lstm_key.html", "text/html")


def test_a_lesson_of_tasks_has_no_questions_of_text_to_export(sent):
    assert is_sound(opened("make_lesson", lang="en", make="page.overview~task.hold.1"))
    assert files(sent) == {"paper.worksheet", "paper.key", "paper.moodle", "paper.qti"}


def test_title_and_paper_are_on_the_sheet(sent):
    at = opened("make_lesson", lang="en", make="page.overview~item.next_memory.3")
    at.text_input(key="paper.title").set_value("<i>Class 7b</i>").run()
    at.button_group(key="paper.size").set_value("letter").run()
    sheet = sent["paper.worksheet"][2]()
    assert "&lt;i&gt;Class 7b&lt;/i&gt;" in sheet and "<i>Class" not in sheet and "size: letter " in sheet
    assert "Class 7b" in sent["paper.gift"][2]() and not at.exception


def test_a_forged_paper_is_not_taken(sent):
    at = opened("make_lesson", lang="en", make="page.overview~item.next_memory.3")
    size = at.button_group(key="paper.size")
    forge(at, size.proto.id, string_array_value={"data": ["A4; } body { display: none"]})
    assert not at.exception and "size: A4 portrait" in sent["paper.worksheet"][2]()
