"""The worksheet and its key: what is asked, what is covered, what is computed, what a teacher typed in."""

import re
from html import escape
from xml.etree import ElementTree

import numpy as np
import pytest

from lstm_core.lessons.cover import cover
from lstm_core.lessons.items import ITEMS, make
from lstm_core.lessons.lesson_link import Part
from lstm_core.lessons.question import CHOOSE
from lstm_core.lessons.tasks import TASKS
from lstm_core.lessons.tasks.task import check
from lstm_core.lessons.tours import TOURS
from lstm_core.paper import answer_key, exercises, worksheet
from lstm_core.paper.document import inline
from lstm_core.rounding import text
from lstm_core.words import FIRST, LANGUAGES, Words
from tests.collected import collected
from tests.nightly import sample

EVIL = '<script>alert(1)</script> & "quotes" </title> {braces}'
WORDS = Words(FIRST)


def items(*keys, seed=1):
    return exercises(Part("item", key, seed) for key in keys)


def sheet_of(todo, words=WORDS) -> str:
    return worksheet(todo, words, "A lesson")


def key_of(todo, words=WORDS) -> str:
    return answer_key(todo, words, "A lesson")


def body_of(html: str) -> ElementTree.Element:
    """Of a file, or of a piece of one; it has to be well-formed."""
    body = html.partition("<body>")[2].partition("</body>")[0] or html
    return ElementTree.fromstring(f"<body>{body}</body>")


def said(html: str) -> str:
    return "".join(body_of(html).itertext())


def pieces(html: str) -> list[str]:
    return re.findall(r"<section.*?</section>", html, re.DOTALL)


# -- what there is to do --------------------------------------------------------------------------


def test_a_tour_becomes_what_its_stops_ask_from_the_stop_on_each_once():
    tour = TOURS["long"]
    assert tour.stops[-3].item
    for number in (1, 5):
        later = [stop.item or stop.task for stop in tour.stops[number - 1 :] if stop.item or stop.task]
        found = exercises([Part("tour", "long", number), Part("item", tour.stops[-3].item)])
        keys = [one.question.item.key if one.question else one.task.key for one in found]
        assert keys[: len(later)] == later and len(set(keys)) == len(keys)


@collected("language", sample(LANGUAGES, 2))
@collected("made", [sheet_of, key_of])
def test_every_item_and_task_can_be_printed_in_each_language(made, language):
    parts = [Part("item", key, 3) for key in ITEMS] + [Part("task", key) for key in TASKS]
    html = made(exercises(parts), Words(language))
    ids = [one.get("id") for one in body_of(html).iter() if one.get("id")]
    assert len(ids) == len(set(ids)) and len(pieces(html)) == len(parts) and f'lang="{language}"' in html
    assert not re.search(r"\bnan\b|\{\w+\}", said(html))
    assert "http" not in html.replace("http://www.w3.org/2000/svg", "")


# -- what is covered ------------------------------------------------------------------------------


@collected("key", [key for key, item in ITEMS.items() if item.hidden and item.has_cell])
def test_a_picture_does_not_tell_what_the_question_covers(key):
    asked = make(key, 1)
    covered = cover(asked.case.trace, asked)
    [piece] = pieces(sheet_of(items(key)))
    picture = piece.partition("<figure")[2]
    quantities = dict(re.findall(r'data-quantity="(\w+)"[^>]*aria-label="([^"]*)"', picture))
    assert quantities
    for name, label in quantities.items():
        if name != "x" and np.isnan(getattr(covered, name)[asked.case.t - 1, asked.case.unit - 1]):
            assert not re.search(r"\d\.\d\d", label), (name, label)


def test_what_is_drawn_is_on_the_key_and_not_on_the_sheet_and_a_students_row_the_other_way_round():
    [one] = items("draw_fade")
    truth = {text(value) for value in one.question.truth}
    known = {text(value) for value in one.question.case.trace.C[: one.question.case.t, 0]}
    sheet, key = sheet_of([one]), key_of([one])
    on_sheet, on_key = (set(re.findall(r"[−+]?\d+\.\d\d", html)) for html in (sheet, key))
    assert truth - known and not (truth - known) & on_sheet and truth <= on_key
    yours = WORDS("curve.yours")
    assert yours in said(sheet) and yours not in said(key)
    [answered] = re.findall(r'<div class="answered">(.*?)</div>', key, re.DOTALL)
    assert inline(one.question.text(WORDS)) in answered and "<figure" in answered
    assert re.search(r"\.answered[^}]*break-inside: avoid", key)


# -- what is right --------------------------------------------------------------------------------


@collected("key", ITEMS)
def test_the_key_names_the_answer_that_the_run_gives_and_every_belief(key):
    asked = make(key, 4)
    [piece] = pieces(key_of(items(key, seed=4)))
    [right] = re.findall(r'<p class="right">.*?<b>(.*?)</b>', piece)
    if asked.item.kind == CHOOSE:
        letter = "ABCDEF"[asked.options.index(asked.truth)]
        assert right == inline(f"{letter}. {asked.option_label(WORDS, asked.truth)}")
        wrong = len(asked.options) - 1
    else:
        assert right == ", ".join(text(value) for value in np.atleast_1d(asked.item.truth(asked.case)))
        wrong = len(asked.beliefs)
    assert piece.partition('class="wrong"')[2].count("<li>") == wrong > 0


def test_the_key_shows_the_arithmetic_of_the_run():
    [one] = items("next_memory")
    told = said(key_of([one]))
    assert all(f"= {one.question.values[part]}" in told for part in ("kept", "written", "C"))
    case = make("gradient_path", 1).case
    assert f"≈ {text(np.prod(case.trace.f[case.t :, 0]))}" in key_of(items("gradient_path"))


@collected("key", TASKS)
def test_a_task_on_paper_has_all_that_it_takes_to_solve_it(key):
    start = TASKS[key].start(1)
    [piece] = pieces(sheet_of(exercises([Part("task", key)])))
    weights, run = re.findall(r'<table class="numbers">(.*?)</table>', piece)
    rows = [re.findall("<td>(.*?)</td>", row)[1:] for row in re.findall("<tr>(.*?)</tr>", weights)][1:]
    numbers = [
        [start.params.b[block, k], *start.params.W[block, k]] for k in range(start.H) for block in range(4)
    ]
    assert rows == [[text(float(number)) for number in row] for row in numbers]
    assert run.count("<tr>") == 1 + start.D + 6 * start.H
    for failure in check(TASKS[key], start, 1).failures:
        if failure.where == "given":
            assert WORDS(failure.text_key, **failure.values) in said(piece)


@collected("key", TASKS)
def test_the_solution_of_a_task_on_the_key_does_solve_it(key):
    html = key_of(exercises([Part("task", key)]))
    rows = re.findall(r"<code>(.*?)</code></td><td>.*?</td><td><b>(.*?)</b>", html)
    solved = TASKS[key].start(1)
    for address, value in rows:
        solved = solved.edited(address, float(value.replace("−", "-")))
    assert rows and check(TASKS[key], solved).passed


@pytest.mark.parametrize("made", [worksheet, answer_key])
def test_what_a_teacher_typed_in_stays_text(made):
    html = made(items("next_memory"), WORDS, EVIL)
    assert EVIL in said(html) and "<script" not in html and f"<title>{escape(EVIL, quote=True)}" in html


def test_another_seed_or_paper_gives_another_sheet_and_the_same_seed_the_same():
    sheets = [sheet_of(items("next_memory", seed=seed)) for seed in (1, 2, 1)]
    assert sheets[0] == sheets[2] != sheets[1]
    letter = worksheet(items("next_memory"), WORDS, "A lesson", "letter")
    assert "size: letter portrait" in letter and "size: A4 portrait" in sheets[0]
