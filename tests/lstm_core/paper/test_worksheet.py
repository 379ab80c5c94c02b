"""The worksheet and its key: what is asked, what is covered, what is computed, what a teacher typed in."""

import re
from html.parser import HTMLParser

import numpy as np
import pytest

from lstm_core.lessons.cover import cover
from lstm_core.lessons.items import ITEMS, make
from lstm_core.lessons.lesson_link import Part
from lstm_core.lessons.question import CHOOSE, DRAW
from lstm_core.lessons.tasks import TASKS
from lstm_core.lessons.tasks.task import check
from lstm_core.lessons.tours import TOURS
from lstm_core.paper import PAPERS, answer_key, exercises, worksheet
from lstm_core.paper.document import inline
from lstm_core.rounding import text
from lstm_core.words import LANGUAGES, Words
from tests.collected import collected

EVIL = '<script>alert(1)</script> & "quotes" </title> {braces}'
WORDS = {language: Words(language) for language in LANGUAGES}


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


@collected("language", LANGUAGES)
def test_every_item_and_task_can_be_printed_in_each_language(language):
    words = WORDS[language]
    parts = [Part("item", key, 3) for key in ITEMS] + [Part("task", key) for key in TASKS]
    for made in (worksheet, answer_key):
        html = made(exercises(parts), words, "A lesson")
        seen = Outline(html)
        assert seen.open == [] and len(pieces(html)) == len(parts) and f'lang="{language}"' in html
        assert len(seen.ids) == len(set(seen.ids))
        assert not re.search(r"\bnan\b|\{\w+\}", seen.said)
        assert "http" not in html.replace("http://www.w3.org/2000/svg", "")


# -- what is covered ------------------------------------------------------------------------------


def shown_numbers(html: str) -> set[str]:
    return set(re.findall(r"[−+]?\d+\.\d\d", html))


@collected("key", [key for key, item in ITEMS.items() if item.hidden and item.has_cell])
def test_a_picture_does_not_tell_what_the_question_covers(key):
    for seed in (1, 2, 3):
        asked = make(key, seed)
        covered = cover(asked.case.trace, asked)
        [piece] = pieces(worksheet(items(key, seed=seed), WORDS["en"], "A lesson"))
        picture = piece.partition("<figure")[2]
        quantities = dict(re.findall(r'data-quantity="(\w+)"[^>]*aria-label="([^"]*)"', picture))
        assert quantities
        for name, label in quantities.items():
            if name != "x" and np.isnan(getattr(covered, name)[asked.case.t - 1, asked.case.unit - 1]):
                assert not re.search(r"\d\.\d\d", label), (name, label)


def test_the_curve_to_draw_is_on_the_key_and_not_on_the_sheet():
    [one] = items("draw_fade")
    numbers = {text(value) for value in one.question.truth}
    known = {text(value) for value in one.question.case.trace.C[: one.question.case.t, 0]}
    sheet, key = (made([one], WORDS["en"], "A lesson") for made in (worksheet, answer_key))
    assert numbers - known and not (numbers - known) & shown_numbers(sheet)
    assert numbers <= shown_numbers(key)


# -- what is right --------------------------------------------------------------------------------


@collected("key", ITEMS)
def test_the_key_names_the_answer_that_the_run_gives_and_every_belief(key):
    for seed in (1, 4):
        asked, words = make(key, seed), WORDS["en"]
        [piece] = pieces(answer_key(items(key, seed=seed), words, "A lesson"))
        [right] = re.findall(r'<p class="right">.*?<b>(.*?)</b>', piece)
        if asked.item.kind == CHOOSE:
            letter = "ABCDEF"[asked.options.index(asked.truth)]
            assert right == inline(f"{letter}. {asked.option_label(words, asked.truth)}")
            wrong = len(asked.options) - 1
        else:
            truth = np.atleast_1d(asked.item.truth(asked.case))
            assert right == ", ".join(text(value) for value in truth)
            wrong = len(asked.beliefs)
        assert piece.partition('class="wrong"')[2].count("<li>") == wrong > 0


def test_the_key_shows_the_arithmetic_of_the_run():
    [one] = items("next_memory")
    values, html = one.question.values, answer_key(items("next_memory"), WORDS["en"], "A lesson")
    said = Outline(html).said
    for line in (f"{values['kept']}", f"{values['written']}", f"{values['C']}"):
        assert f"= {line}" in said
    assert items("draw_fade")[0].question.item.kind == DRAW
    product = np.prod(make("gradient_path", 1).case.trace.f[make("gradient_path", 1).case.t :, 0])
    assert f"≈ {text(product)}" in answer_key(items("gradient_path"), WORDS["en"], "A lesson")


@collected("key", TASKS)
def test_a_task_on_paper_has_all_that_it_takes_to_solve_it(key):
    words, start = WORDS["en"], TASKS[key].start(1)
    [piece] = pieces(worksheet(exercises([Part("task", key)]), words, "A lesson"))
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
            assert words(failure.text_key, **failure.values) in said


def test_a_key_has_no_row_for_what_a_student_drew():
    yours = WORDS["en"]("curve.yours")
    [one] = items("draw_fade")
    sheet, key = (Outline(made([one], WORDS["en"], "A lesson")).said for made in (worksheet, answer_key))
    assert yours in sheet and yours not in key
    html = answer_key([one], WORDS["en"], "A lesson")
    [answered] = re.findall(r'<div class="answered">(.*?)</div>', html, re.DOTALL)
    assert inline(one.question.text(WORDS["en"])) in answered and "<figure" in answered
    assert re.search(r"\.answered[^}]*break-inside: avoid", html)


@collected("key", TASKS)
def test_the_solution_of_a_task_on_the_key_does_solve_it(key):
    html = answer_key(exercises([Part("task", key)]), WORDS["en"], "A lesson")
    rows = re.findall(r"<code>(.*?)</code></td><td>.*?</td><td><b>(.*?)</b>", html)
    solved = TASKS[key].start(1)
    for address, value in rows:
        solved = solved.edited(address, float(value.replace("−", "-")))
    assert rows and check(TASKS[key], solved).passed


# -- the file -------------------------------------------------------------------------------------


@pytest.mark.parametrize("made", [worksheet, answer_key])
def test_what_a_teacher_typed_in_stays_text(made):
    html = made(items("next_memory"), WORDS["en"], EVIL)
    seen = Outline(html)
    assert seen.scripts == 0 and seen.said.count(EVIL) == 2 and seen.open == []


@collected("paper", PAPERS)
def test_the_sheet_is_made_for_a_paper(paper):
    assert f"size: {paper} portrait" in worksheet(items("next_memory"), WORDS["en"], "A lesson", paper)


def test_another_paper_is_refused():
    with pytest.raises(ValueError, match="paper"):
        worksheet([], WORDS["en"], "A lesson", "A4; } body { display: none")


def test_another_seed_gives_another_sheet_and_the_same_seed_the_same():
    sheets = [worksheet(items("next_memory", seed=seed), WORDS["en"], "A lesson") for seed in (1, 2, 1)]
    assert sheets[0] == sheets[2] != sheets[1]
