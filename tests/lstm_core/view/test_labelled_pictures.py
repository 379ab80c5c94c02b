"""Labels of steps in pictures and sentences: over the inputs, on hover, in the origin of a number."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from lstm_core.explain import Place
from lstm_core.labels import shown
from lstm_core.paths import memory_paths
from lstm_core.view.diagram import cell_diagram, responsive_diagram, to_file
from lstm_core.view.origin import explanation_panel, pre_activation_bars
from lstm_core.view.strip import Row, gradient_paths, presented, then_and_now, time_strip
from lstm_core.view.strip.step_labels import MOST_STEPS
from lstm_core.view.strip.time_strip import LEAST
from lstm_core.words import LANGUAGES, Words
from lstm_core.workbench.presets import preset
from tests.collected import collected
from tests.lstm_core.view.rows_of_strips import ROWS
from tests.lstm_core.view.strips import Strip

LABELS = ("h", " ", "\n", "", "<b>x</b>", "a&b", "a|b", "שלום", "한국어", "**", '"', "e\u0301")
WORDS = {code: Words(code) for code in LANGUAGES}


def run(labels=LABELS, T=None):
    experiment = preset("replace")
    return replace(experiment.resized(T=T or len(labels)), labels=labels).trace()


def texts_of_row(picture: Strip) -> list[str]:
    row = picture.one(picture.plot, **{"data-key": "labels"})
    return [("" if e.text == "\u200b" else e.text) for e in row.iter("span")]


def test_every_label_stands_over_its_column_above_the_inputs():
    picture = Strip(time_strip(run(), 1, 3, ROWS, WORDS["en"]))
    assert texts_of_row(picture) == [shown(label) for label in LABELS]
    assert [row.get("data-key") for row in picture.rows][:2] == ["labels", "row0"]
    assert "step-labels" in ET.tostring(picture.rows[0], "unicode") and picture.rows[1].find(
        ".//*[@data-quantity='x']"
    )
    [here] = [e for e in picture.rows[0].iter("span") if e.get("class") == "here"]
    assert here is list(picture.rows[0].iter("span"))[2]


def test_the_pointer_reads_the_whole_label_off_every_row():
    for before in (0, 40):
        picture = Strip(time_strip(run(), 1, 3, ROWS, WORDS["en"], before=before))
        for row in picture.rows:
            heads = row.get("data-heads").split("|")
            assert len(heads) == len(LABELS) and heads[0] == f"t = {before + 1} · h"
            assert heads[3] == f"t = {before + 4}" and heads[4].endswith("<b>x</b>") and "∣" in heads[6]


@collected("T", [1, 12, 40, MOST_STEPS, MOST_STEPS + 1, 500])
def test_the_row_of_labels_is_there_as_long_as_a_letter_has_room(T):
    picture = Strip(time_strip(run("a" * T), 1, 1, ROWS, WORDS["en"]))
    assert (picture.rows[0].get("data-key") == "labels") == (T <= MOST_STEPS)
    assert all(len(row.get("data-heads").split("|")) == T for row in picture.rows)


@pytest.mark.parametrize("arranged", [lambda rows: rows, presented])
def test_the_strip_stays_as_high_as_it_was_and_no_row_vanishes(arranged):
    rows = arranged(ROWS)
    plain, labelled = (Strip(time_strip(run(labels, 12), 1, 1, rows, WORDS["en"])) for labels in ((), LABELS))
    assert abs(labelled.height - plain.height) <= 2
    heights = [float(labelled.one(row, **{"class": "reach"}).get("height")) for row in labelled.rows]
    assert all(high >= LEAST for row, high in zip(rows, heights[1:], strict=True) if row.height >= LEAST)


def test_a_run_without_labels_is_drawn_as_before():
    picture = time_strip(run((), 12), 1, 3, ROWS, WORDS["en"])
    assert "step-labels" not in picture and "data-heads" not in picture


def pictures(trace, t: int, words: Words) -> dict[str, str]:
    rows = [Row("inputs"), Row("lines", 60, ("f", "h")), Row("ledger", 80), Row("provenance", 80)]
    return {
        "strip": time_strip(trace, 1, t, rows, words, grabs={"x": (-2, 2)}, ghost=trace),
        "sides": then_and_now(trace, trace, 1, t, words),
        "gradient": gradient_paths(memory_paths(trace, 1), 1, t, words),
        "diagram": responsive_diagram(trace, t, 1, words, "erase", grabs={"f": (0, 1)}),
        "file": to_file(cell_diagram(trace, t, 1, words)),
        "origin": explanation_panel(trace, Place("f", t, 1), words),
        "bars": pre_activation_bars(trace, t, 1, "f", words),
    }


@collected("language", LANGUAGES)
def test_every_sentence_on_a_step_says_its_label(language):
    words = WORDS[language]
    said = words("steps.named", t=1, label="h")
    for name, picture in pictures(run(), 1, words).items():
        assert said in re.sub("<[^>]*>", "", picture) or f"{said}" in picture.replace("&quot;", '"'), name
    assert said not in "".join(pictures(run((), 12), 1, words).values())


@collected("t", range(1, len(LABELS) + 1))
def test_no_label_becomes_markup(t):
    for name, picture in pictures(run(), t, WORDS["en"]).items():
        root = ET.fromstring(f"<x>{re.sub('<[?]xml[^>]*>', '', picture).replace('&#8203;', '')}</x>")
        assert "<b>x" not in picture and {e.tag.split("}")[-1] for e in root.iter()} <= KNOWN_TAGS, name


KNOWN_TAGS = {
    "x", "div", "p", "span", "b", "i", "sub", "section", "style", "svg", "g", "defs", "pattern", "path", "h2",
    "rect", "circle", "line", "use", "text", "tspan", "title", "foreignObject", "clipPath", "linearGradient",
    "stop", "marker", "polygon", "polyline", "mask", "ellipse", "details", "summary",
}  # fmt: skip


def test_two_asterisks_in_a_label_do_not_begin_bold_letters():
    text = gradient_paths(memory_paths(run(), 1), 1, 10, WORDS["en"])
    plain = gradient_paths(memory_paths(run(), 1), 1, 1, WORDS["en"])
    assert text.count("<b>") == plain.count("<b>")
