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
from tests.lstm_core.view.strips import ROWS, strip

LABELS = ("h", " ", "\n", "", "<b>x</b>", "a&b", "a|b", "שלום", "한국어", "**", '"', "e\u0301")


def run(labels=LABELS, T=None):
    experiment = preset("replace")
    return replace(experiment.resized(T=T or len(labels)), labels=labels).trace()


@collected("before", [0, 40])
def test_every_label_stands_over_its_column_above_the_inputs_and_is_read_off_every_row(before):
    picture = strip(run(), 1, 3, before=before)
    labels, inputs = picture.rows[:2]
    spans = list(labels.iter("span"))
    assert ["" if e.text == "\u200b" else e.text for e in spans] == [shown(label) for label in LABELS]
    assert [k for k, e in enumerate(spans, 1) if e.get("class") == "here"] == [3]
    assert labels.get("data-key") == "labels" and inputs.find(".//*[@data-quantity='x']") is not None
    for row in picture.rows:
        heads = row.get("data-heads").split("|")
        assert len(heads) == len(LABELS) and heads[0] == f"t = {before + 1} · h"
        assert heads[3] == f"t = {before + 4}" and heads[4].endswith("<b>x</b>") and "∣" in heads[6]


@collected("T", [1, 12, 40, MOST_STEPS, MOST_STEPS + 1, 500])
def test_the_row_of_labels_is_there_as_long_as_a_letter_has_room(T):
    picture = strip(run("a" * T))
    assert (picture.rows[0].get("data-key") == "labels") == (T <= MOST_STEPS)
    assert all(len(row.get("data-heads").split("|")) == T for row in picture.rows)


@collected("rows", [ROWS, presented(ROWS)])
def test_the_strip_stays_as_high_as_it_was_and_no_row_vanishes(rows):
    plain, labelled = (strip(run(labels, 12), rows=rows) for labels in ((), LABELS))
    assert abs(labelled.height - plain.height) <= 2
    heights = [bottom - top for top, bottom in map(labelled.reach, labelled.rows)]
    top, bottom = plain.reach(plain.rows[0])
    assert heights[1] == pytest.approx(bottom - top), "that of the inputs, which give no room"
    assert all(high >= LEAST for row, high in zip(rows, heights[1:], strict=True) if row.height >= LEAST)


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
    words = Words(language)
    said = words("steps.named", t=1, label="h")
    for name, picture in pictures(run(), 1, words).items():
        assert said in re.sub("<[^>]*>", "", picture) or said in picture.replace("&quot;", '"'), name
    assert said not in "".join(pictures(run((), 12), 1, words).values())


@collected("t", range(1, len(LABELS) + 1))
def test_no_label_becomes_markup(t):
    for name, picture in pictures(run(), t, Words("en")).items():
        ET.fromstring(f"<x>{re.sub('<[?]xml[^>]*>', '', picture).replace('&#8203;', '')}</x>")
        assert "<b>x" not in picture, name


def test_two_asterisks_in_a_label_do_not_begin_bold_letters():
    asterisks, plain = (gradient_paths(memory_paths(run(), 1), 1, t, Words("en")) for t in (10, 1))
    assert asterisks.count("<b>") == plain.count("<b>")
