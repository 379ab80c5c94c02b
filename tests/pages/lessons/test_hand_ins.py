"""A class's files on their page: read once, judged here, counted; hostile ones are named, nothing breaks."""

import re
from xml.etree import ElementTree

import pytest

from lstm_core.lessons.hand_in import MAX_FILES, HandIn, to_zip
from lstm_core.lessons.sample_class import sample_class
from lstm_core.words import LANGUAGES
from pages._ui.lessons.class_table import MOST_NAMED
from tests.collected import collected
from tests.lstm_core.lessons.hand_ins import REFUSED, packed
from tests.nightly import sample
from tests.pages.apps import is_sound, link, opened, opened_by_menu, texts
from tests.pages.lessons.dropping import WORDS, drop, messages, pictures, table


def zips(*names: str) -> list[tuple[str, bytes]]:
    """A file for each name: the class that was made up, under other names."""
    made_up = sample_class("ABC")
    return [
        (f"{name}.zip", to_zip(HandIn(name, one.predictions, one.attempts, one.experiment)))
        for name, one in zip(names, made_up * 20, strict=False)
    ]


def has_chart(at) -> bool:
    return any('class="class-bars"' in html.value for html in at.get("html"))


@pytest.mark.parametrize("language", sample(LANGUAGES, 1))
def test_an_empty_page_says_what_to_do_and_shows_a_class_that_was_made_up(language):
    words, at = WORDS[language], opened("hand_ins", lang=language)
    assert is_sound(at) and at.header[0].value == words("question.hand_ins")
    assert words("hand_ins.empty") in messages(at)
    before = link(at)
    at.button(key="class.sample_button").click().run()
    assert is_sound(at) and link(at) == before
    assert [row[0] for row in table(at)] == [words("hand_ins.student_named", letter=c) for c in "ABC"]
    assert words("hand_in.outcome.skipped") in table(at)[2][2] and has_chart(at)
    assert words("hand_ins.sample_says", n=3) in texts(at)
    at.button(key="class.clear").click().run()
    assert words("hand_ins.empty") in messages(at) and not has_chart(at)


def test_files_of_several_drops_add_up_are_judged_once_and_stay(monkeypatch):
    words, at = WORDS["en"], opened_by_menu("hand_ins", lang="en")
    at.button(key="class.sample_button").click().run()
    drop(at, *zips("Ada", "민지"))
    assert is_sound(at) and [row[0] for row in table(at)] == ["Ada", "민지"]
    assert at.file_uploader[0].value == []
    drop(at, zips("Ada", "민지", "Bo")[2], zips("Ada")[0])
    assert [row[0] for row in table(at)] == ["Ada", "민지", "Bo"]
    assert words("hand_ins.again", n=1) in messages(at) and words("hand_ins.count", n=3) in texts(at)
    at.switch_page("pages/overview.py").run()
    at.switch_page("pages/hand_ins.py").run()
    monkeypatch.setattr("lstm_core.lessons.record.check", None)
    monkeypatch.setattr("lstm_core.lessons.record.judge", None)
    drop(at, *zips("Ada"))
    assert not at.exception and [row[0] for row in table(at)] == ["Ada", "민지", "Bo"]


def test_hostile_files_are_named_with_the_reason_and_the_good_ones_count():
    words, at = WORDS["en"], opened("hand_ins", lang="en")
    bad = [
        (f"{k} <b>`x`</b>![y](http://z.example).zip", files[0]) for k, files in enumerate(REFUSED.values())
    ]
    drop(at, *bad, *zips("Ada"))
    [error] = at.error
    for reason in REFUSED:
        said = re.sub(r"\\{\w+\\}", ".*", re.escape(words(f"hand_in.refused.{reason}")))
        assert re.search(f": {said}$", error.value, re.M), reason
    assert not at.exception and error.value.count("\n- `0 b x") == 1
    assert "<b>" not in error.value and "![" not in error.value
    assert [row[0] for row in table(at)] == ["Ada"]


@collected("count, said", [
    (MOST_NAMED + 5, WORDS["en"]("hand_ins.more_refused", n=5)),
    (MAX_FILES + 3, WORDS["en"]("hand_ins.too_many", most=MAX_FILES, n=3)),
])  # fmt: skip
def test_of_many_bad_files_the_first_are_named_and_the_others_counted(count, said):
    at = opened("hand_ins", lang="en")
    drop(at, *((f"{k}.zip", f"{k}".encode()) for k in range(count)))
    assert said in messages(at) and at.error[0].value.count("\n- `") == MOST_NAMED
    assert not at.exception and not has_chart(at)


def test_names_that_would_be_markup_or_a_formula_are_neither():
    at = opened("hand_ins", lang="en")
    drop(at, *zips("<script>alert(1)</script>", "=HYPERLINK(1)"))
    shown = [row[0] for row in table(at)]
    assert shown == ["script alert(1) /script", "HYPERLINK(1)"]
    assert not any("<script" in html for html in pictures(at))


def test_the_zip_of_a_platform_is_taken_and_a_chosen_answer_is_shown_with_its_picture():
    words, at = WORDS["en"], opened("hand_ins", lang="en")
    folders = ("Ada_1_assignsubmission_file", "Bo_2_assignsubmission_file", "Eve_3_assignsubmission_file")
    named = zip(folders, zips("x", "y", "z"), strict=True)
    members = [(f"{folder}/{file}", content) for folder, (file, content) in named]
    drop(at, ("class.zip", packed(members)))
    assert is_sound(at) and [row[0] for row in table(at)] == ["Ada", "Bo", "Eve"]
    for row, kind in ((0, "item"), (1, "item"), (5, "task")):
        at.session_state["class.chosen"] = row
        at.run()
        assert is_sound(at) and "class.picture" in [one.key for one in at.get("bidi_component")], kind
    assert words("hand_in.outcome.right") in texts(at)


def test_the_lesson_the_roster_and_the_points_make_the_grades():
    words, at = WORDS["en"], opened("hand_ins", lang="en")
    drop(at, *zips("Ada", "Bo", "Eve"), zips("x", "Ada")[1])  # the second file of a student joins the first
    at.text_input(key="class.link").set_value("http://x/?lesson=item.c_or_h~task.hold").run()
    at.file_uploader[1].set_value(("class.csv", b"name\nAda\nBo\n<b>Zoe</b>\n", "text/csv")).run()
    at.number_input(key="class.points.1.task.hold.1").set_value(2.5).run()
    said = messages(at)
    assert words("marks.missing", n=1, names="`b Zoe /b`") in said and not at.exception
    assert words("marks.strangers", n=1, names="`Eve`") in said
    [html] = [html for html in pictures(at) if "<tfoot>" in html]
    sums = [row.findall("td")[-1].find("strong") for row in ElementTree.fromstring(html).iter("tr")
            if row.findall("td")]  # fmt: skip
    assert [one.text for one in sums if one is not None] == ["3.5", "2.5"]
    at.text_input(key="class.link").set_value("no link").run()
    assert words("marks.no_lesson") in messages(at) and not at.exception
