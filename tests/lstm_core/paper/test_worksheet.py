"""The worksheet and its key: what is asked, what is covered, what is computed, what a teacher typed in."""

import re
from html.parser import HTMLParser

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


class Outline(HTMLParser):
    """The tags that are open at the end, the ids, and the text outside of style sheets."""

    VOID = {"meta", "br", "path", "rect", "line", "circle", "image", "use", "stop"}

    def __init__(self, html):
        super().__init__()
        self.open, self.ids, self.said, self.scripts = [], [], "", 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.scripts += tag == "script"
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.ids += [value for name, value in attrs if name == "id"]

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.said += data


def items(*keys, seed=1):
    return exercises(Part("item", key, seed) for key in keys)


def sheet_of(todo, words=WORDS) -> str:
    return worksheet(todo, words, "A lesson")


def key_of(todo, words=WORDS) -> str:
    return answer_key(todo, words, "A lesson")


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
    seen = Outline(html)
    assert seen.open == [] and len(pieces(html)) == len(parts) and f'lang="{language}"' in html
    assert len(seen.ids) == len(set(seen.ids))
    assert not re.search(r"\bnan\b|\{\w+\}", seen.said)
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
    assert yours in Outline(sheet).said and yours not in Outline(key).said
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
    said = Outline(key_of([one])).said
    assert all(f"= {one.question.values[part]}" in said for part in ("kept", "written", "C"))
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
    said = Outline(piece).said
    for failure in check(TASKS[key], start, 1).failures:
        if failure.where == "given":
            assert WORDS(failure.text_key, **failure.values) in said


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
    seen = Outline(made(items("next_memory"), WORDS, EVIL))
    assert seen.scripts == 0 and seen.said.count(EVIL) == 2 and seen.open == []


def test_another_seed_or_paper_gives_another_sheet_and_the_same_seed_the_same():
    sheets = [sheet_of(items("next_memory", seed=seed)) for seed in (1, 2, 1)]
    assert sheets[0] == sheets[2] != sheets[1]
    letter = worksheet(items("next_memory"), WORDS, "A lesson", "letter")
    assert "size: letter portrait" in letter and "size: A4 portrait" in sheets[0]
