"""The notes and the slides of a tour: every stop with its picture, and no note on a slide."""

import re

import numpy as np
import pytest

from lstm_core.lessons.tours import TOURS
from lstm_core.paper import PAPERS, slides, tour_notes
from lstm_core.paper.document import inline
from lstm_core.paper.line_chart import Series, line_chart
from lstm_core.paper.shapes import shapes
from lstm_core.training.learned import learned_along
from lstm_core.training.shipped import OPENS, shipped
from lstm_core.words import FIRST, LANGUAGES, Words
from tests.collected import collected
from tests.nightly import sample

CASES = [(key, language) for key in TOURS for language in sample(LANGUAGES, 2)]
WORDS = Words(FIRST)


def sections(html: str) -> list[str]:
    return re.findall(r"<section>(.*?)</section>", html, re.DOTALL)


def heights(section: str) -> list[list[float]]:
    """Of each line of a picture the height of its points, counted downwards."""
    lines = re.findall(r'<path d="([^"]*)"', section)
    return [[float(y) for y in re.findall(r"[ML][\d.]+ ([\d.]+)", d)] for d in lines]


@collected("key, language", CASES)
def test_the_notes_hold_every_stop_in_its_order_with_all_its_texts(key, language):
    words, tour = Words(language), TOURS[key]
    rows = sections(tour_notes(tour, words, "letter"))
    for stop, row in zip(tour.stops, rows, strict=True):
        for text in (stop.title_key, stop.show_key, *stop.note_keys):
            assert inline(words(text)) in row
    assert words("paper.minutes", n=sum(tour.minutes)) in rows[-1]


@collected("key, language", CASES)
def test_each_stop_has_a_slide_with_a_picture_and_the_notes_are_not_on_it(key, language):
    words, tour = Words(language), TOURS[key]
    html = slides(tour, words)
    assert "http" not in html.replace("http://www.w3.org/2000/svg", "")
    for stop, section in zip(tour.stops, sections(html), strict=True):
        slide, _, notes = section.partition('<dl class="notes">')
        assert inline(words(stop.title_key)) in slide and inline(words(stop.show_key)) in slide
        assert slide.count("<figure><svg") == 1 and "nan" not in section.lower().split()
        for note in stop.note_keys:
            assert inline(words(note)) in notes and inline(words(note)) not in slide
    ids = re.findall(r'<[^>]* id="([^"]*)"', html)
    assert len(ids) == len(set(ids))


def test_a_slide_of_the_long_run_shows_a_memory_that_climbs():
    """The last point of the curve without a forget gate is the highest, and far above the other curve."""
    [section] = [one for one in sections(slides(TOURS["short"], WORDS)) if "1997: f = 1" in one]
    without, gated = (line for line in heights(section) if len(line) == 200)
    assert without[-1] < min(gated) - 50 and without[-1] <= min(without) + 10


def test_slides_hold_the_font_that_they_are_given_and_none_else():
    with_font = slides(TOURS["short"], WORDS, font=b"wOF2 a font")
    assert "@font-face" in with_font and "base64,d09GMiBhIGZvbnQ=" in with_font
    assert "@font-face" not in slides(TOURS["short"], WORDS)


def test_a_slide_whose_text_tells_of_several_steps_shows_them():
    """“C climbs step by step” stands over the course of C, and not only over one step."""
    tour = TOURS["long"]
    for stop, section in zip(tour.stops, sections(slides(tour, WORDS)), strict=True):
        over_time = "step by step" in WORDS(stop.show_key) or "all the time" in WORDS(stop.show_key)
        if over_time and stop.page not in ("why_forget", "gradient", "learning"):
            assert section.count('font-family="inherit"') > 1, stop.key
        if stop.key == "why_gate":
            assert stop.link.experiment.T in map(len, heights(section))


def test_the_slide_on_learning_shows_what_its_text_says_of_the_gates():
    """f stays near 1 from store to ask, and i, half open before the first update, shuts."""
    title = inline(WORDS("tour.train.title"))
    [section] = [one for one in sections(slides(TOURS["short"], WORDS)) if title in one]
    along = [rows[0] for _, rows in learned_along(shipped(OPENS["recall"]))]
    gates = {gate: [getattr(row.holding, gate) for row in along] for gate in "fi"}
    assert min(gates["f"]) > 0.9 and abs(gates["i"][0] - 0.5) < 0.05 and gates["i"][-1] < 0.02
    curves = [line for line in heights(section) if len(line) == len(along)]
    assert len(curves) == 3  # what is right, f and i
    for gate, values in gates.items():
        assert any(np.corrcoef(curve, values)[0, 1] < -0.999 for curve in curves), gate


def test_a_line_leaves_a_gap_where_a_number_is_missing():
    picture = line_chart([Series("a", np.array([1.0, np.nan, 0.5, np.inf, 0.2]))], "label", "step", 2)
    d = re.findall(r'<path d="([^"]*)"', picture)[-1]
    assert d.count("M") == 3 and "nan" not in picture and "inf" not in picture
    nothing = line_chart([Series("a", np.array([np.nan]))], "label", "step")
    assert "M" not in re.findall(r'<path d="([^"]*)"', nothing)[-1]
    assert shapes(nothing, 0, 0, 9000, 9000, 1)


@pytest.mark.parametrize("make", [tour_notes, slides])
def test_only_a_known_paper_is_taken(make):
    for paper in PAPERS:
        assert f"size: {paper} " in make(TOURS["short"], WORDS, paper)
    with pytest.raises(ValueError, match="paper"):
        make(TOURS["short"], WORDS, "A4; } body { display: none")
