"""An open question can't be read off another page, a file, a link or a message: its run goes nowhere."""

import csv
import io
import json
import re
import zipfile
from urllib.parse import parse_qsl, urlsplit

import pytest

from lstm_core.lessons.items import ITEMS, make
from lstm_core.lessons.lesson_link import split
from lstm_core.lessons.own_run import word_of
from lstm_core.lessons.tours import TOURS
from lstm_core.workbench.experiment import Experiment
from lstm_core.workbench.link import from_link
from lstm_core.workbench.presets import preset
from tests.nightly import sample
from tests.pages.apps import LESSON_PAGES, PAGES, link, opened, opened_by_menu
from tests.pages.forged import follow, forge
from tests.pages.lessons.covering import covered_numbers, numbers_on
from tests.pages.lessons.making import made
from tests.pages.lessons.reading import answer, press, some_answer


def asks(key: str, page: str):
    """A page of the menu while the question of an item is open."""
    at = opened_by_menu(page, lang="en", ask=f"{key}.1")
    return at.switch_page(f"pages/{page}.py").run()


def told(address: str) -> Experiment:
    return from_link(dict(parse_qsl(urlsplit(address).query))).experiment


@pytest.fixture
def files(monkeypatch):
    """What the download buttons of the last page offer: key -> text or bytes."""
    sent = {}

    def button(label, data, *_, key, **__):
        sent[key] = data

    monkeypatch.setattr("streamlit.download_button", button)
    return lambda: {key: data() if callable(data) else data for key, data in sent.items()}


def handed_in(files) -> tuple[dict, str]:
    """What stands in the file that was made: its data and its rows."""
    with zipfile.ZipFile(io.BytesIO(files()["hand_in.download"])) as archive:
        return json.loads(archive.read("handin.json")), archive.read("trace.csv").decode()


@pytest.mark.parametrize("key", sample(ITEMS, 2))
def test_no_page_tells_and_no_file_and_no_link_has_the_run(key, files):
    at, hidden, run = asks(key, "lessons"), covered_numbers(make(key, 1)), make(key, 1).experiment
    for page in (*LESSON_PAGES, "trace", ITEMS[key].page):
        at.switch_page(f"pages/{page}.py").run()
        assert not at.exception and not hidden & numbers_on(at), page
        assert set(link(at)) <= {"ask", "v", "lang", "present", "make", "learn", "letter", "watch"}, page
        assert re.fullmatch(r"(page\.\w+(~lang\.en)?)?", link(at).get("make", "")), page
        if page == "make_lesson":  # a lesson that is made meanwhile begins with what was on screen before
            assert told(made(at)) == preset("latch")
    assert not set(files()) & {"csv", "csv_excel", "json", "svg"}
    assert run == at.session_state["experiment"]  # or there would have been nothing to find
    press(at.switch_page("pages/lessons.py").run(), "hand_in.make")
    data, rows = handed_in(files)
    assert data["experiment"]["x"] == preset("latch").x.tolist()
    assert len(list(csv.reader(io.StringIO(rows)))) == preset("latch").T + 1


RUN = preset("random", 4).edited("b_f.1", -0.5)
OWN = {"lesson": "own.keep_share.3~own.gate_on_what.1", "run": word_of(RUN)}
"""A lesson of two questions about a run that a teacher brought, the second at a later step."""

FIRST, SECOND = (make(key, seed, OWN["run"]) for key, seed in (("keep_share", 3), ("gate_on_what", 1)))


def brought():
    """The page of the first question."""
    at = opened_by_menu(FIRST.item.page, lang="en", **OWN)
    return at.switch_page(f"pages/{FIRST.item.page}.py").run()


def all_pages(at):
    for page in (*LESSON_PAGES, *PAGES):
        at.switch_page(f"pages/{page}.py").run()
        assert not at.exception, page
        yield page


def test_a_run_that_was_brought_is_on_no_page_and_in_no_file_while_it_is_asked_about(files):
    hidden = covered_numbers(FIRST) | covered_numbers(SECOND)
    at = brought()
    assert at.session_state["experiment"] == RUN  # or there would be nothing to find
    for page in all_pages(at):
        assert not hidden & numbers_on(at), page
        # nothing in the address is a link to the run
        assert from_link(split(link(at))[0]).experiment != RUN, page
    assert not set(files()) & {"csv", "csv_excel", "json", "svg"}
    at.switch_page("pages/lessons.py").run()
    press(at, "hand_in.make")
    data, _ = handed_in(files)
    assert data["experiment"]["x"] != RUN.x.tolist() and data["runs"] == []
    at.switch_page("pages/make_lesson.py").run()
    assert told(made(at)) != RUN


def test_the_word_of_a_run_alone_puts_nothing_on_screen():
    for query in ({"run": OWN["run"]}, {"run": OWN["run"], "lesson": "task.hold"}, {"preset": OWN["run"]}):
        assert opened_by_menu("overview", lang="en", **query).session_state["experiment"] != RUN


def test_an_answer_does_not_show_what_is_still_to_ask_about_the_same_run(files):
    assert FIRST.case.t < SECOND.case.t
    at = brought()
    answer(at, FIRST.bounds[0])
    hidden = covered_numbers(SECOND)
    assert not {"ask.vary", "csv"} & {one.key for one in (*at.button, *at.get("download_button"))}
    for page in all_pages(at):
        assert not hidden & numbers_on(at), page
    assert not set(files()) & {"csv", "csv_excel", "json", "svg"}
    at.switch_page(f"pages/{FIRST.item.page}.py").run()
    press(at, "ask.on")
    answer(at, SECOND.options[0])
    assert hidden & numbers_on(at) and "ask.vary" in {one.key for one in at.button}


@pytest.mark.parametrize("begun", ["ask.silent", "begin.tour.short"])
def test_a_lesson_that_is_left_takes_the_run_along_that_is_still_asked_about(begun):
    at = brought()
    answer(at, FIRST.bounds[0])
    at.switch_page("pages/lessons.py").run()
    press(at, begun)
    assert at.session_state["experiment"] != RUN
    if "lesson.before" in at.session_state:  # what is back on screen after the question that is open now
        assert at.session_state["lesson.before"][0] != RUN


def test_a_class_that_was_made_up_answers_no_open_question():
    at = asks("keep_share", "hand_ins")
    assert not at.exception and not at.button and not at.file_uploader and len(at.info) == 1


def test_another_question_does_not_bring_back_the_run_of_the_one_that_was_left():
    at = asks("keep_share", "lessons")
    press(at, "ask.silent")
    press(at, "ask.skip")
    assert "ask" not in link(at) and at.session_state["experiment"] != make("keep_share", 1).experiment


def test_a_tour_that_is_left_takes_its_open_question_along():
    stops = TOURS["short"].stops
    number = next(n for n, stop in enumerate(stops, start=1) if stop.item)
    stop = stops[number - 1]
    at = opened(stop.page, lang="en", lesson=f"tour.short.{number}")
    press(at, "ask.predict")
    run = make(stop.item, stop.seed).experiment
    assert at.session_state["experiment"] == run
    press(at, "tour.leave")
    assert "ask" not in link(at) and at.session_state["experiment"] != run


@pytest.mark.parametrize("button", ["ask.vary", "ask.close", "ask.on"])
def test_a_button_of_the_question_before_does_not_open_this_one(button):
    at = opened("forget_gate", lang="en", ask="open_or_shut.1")
    answer(at, some_answer("open_or_shut"))
    widget = at.button(key=button).proto.id
    follow(at, lang="en", ask="keep_share.1")
    forge(at, widget, trigger_value=True)
    assert not at.exception and link(at)["ask"] == "keep_share.1"
