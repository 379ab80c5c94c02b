"""The table, the list and the chart of a class: what is counted is shown, and no name is markup."""

import re
from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest

from lstm_core.lessons.classroom import Error, errors, summary, tallies
from lstm_core.lessons.hand_in import HandIn
from lstm_core.lessons.record import outcome_key
from lstm_core.lessons.sample_class import sample_class
from lstm_core.lessons.verdict import OUTCOMES
from lstm_core.view.lessons.class_chart import class_chart
from lstm_core.view.lessons.class_table import SIGNS, class_table, error_list
from lstm_core.words import LANGUAGES, Words
from lstm_core.workbench.presets import preset
from tests.lstm_core.lessons.hand_ins import RUN, missed, student

IN_EACH = [pytest.param(Words(language), id=language) for language in LANGUAGES]
CLASS = sample_class(["Ada", "민지", "A < B & <script>"])
NAMES = [hand_in.name for hand_in in CLASS]


def parsed(html: str):
    return ElementTree.fromstring(f"<body>{html}</body>")


@pytest.mark.parametrize("words", IN_EACH)
def test_the_table_has_a_row_for_each_student_and_a_sign_and_a_word_for_each_outcome(words):
    rows = summary(CLASS)
    body = parsed(class_table(NAMES, rows, words))
    assert [row.find("th").text for row in body.iter("tr")][1:] == NAMES
    kinds = tallies(rows)
    for row in list(body.iter("tr"))[1:]:
        cells = row.findall("td")
        assert len(cells) == len(kinds)
        for cell, tally in zip(cells, kinds, strict=True):
            name = row.find("th").text
            met = [r.outcome for r in rows if (r.name, r.kind, r.key) == (name, tally.kind, tally.key)]
            signs = [span.text for span in cell.iter("span") if span.get("aria-hidden")]
            said = [span.text.strip() for span in cell.iter("span") if span.get("class") == "unseen"]
            assert signs == [SIGNS[outcome] for outcome in met]
            assert said == [words(outcome_key(outcome)) for outcome in met]
    assert len(set(SIGNS.values())) == len(OUTCOMES)


def test_a_student_who_did_nothing_has_an_empty_row():
    idle = HandIn("Idle", (), (), preset("latch"))
    body = parsed(class_table(["Idle"], summary([idle]), Words("en")))
    assert [th.text for th in body.iter("th")][-1] == "Idle" and not list(body.iter("td"))


@pytest.mark.parametrize("words", IN_EACH)
def test_the_list_tells_each_belief_with_its_count_and_its_names(words):
    found = errors(CLASS)
    body = parsed(error_list(found, words))
    counted = sorted(int(re.match(r"\d+", li.find("strong").text)[0]) for li in body.iter("li"))
    assert counted == sorted(len(error.names) for error in found)
    heads = [h4.find("strong").text for h4 in body.iter("h4")]
    assert len(heads) == len(set(heads)) == len({(error.kind, error.key) for error in found})
    text = "".join(body.itertext())
    assert all(name in text for name in NAMES) and "`" not in text and error_list([], words) == ""


def test_names_are_no_markup():
    found = [Error("task", "hold", "held", ("<img src=x onerror=alert(1)>",))]
    for html in (error_list(found, Words("en")), class_table(["<img src=x>"], [], Words("en"))):
        assert "<img" not in html and "&lt;img" in html


@pytest.mark.parametrize("words", IN_EACH)
def test_the_chart_counts_right_missed_and_skipped_those_most_missed_on_top(words):
    counted = tallies(summary(CLASS))
    figure = class_chart(counted, words)
    go.Figure(figure)
    bars = dict(zip(OUTCOMES, figure["data"], strict=True))
    ordered = sorted(counted, key=lambda tally: (-tally.missed, -tally.skipped))
    for outcome, bar in bars.items():
        assert bar["x"] == [getattr(tally, outcome) for tally in ordered]
        assert all((SIGNS[outcome] in text) == (n > 0) for text, n in zip(bar["text"], bar["x"], strict=True))
    assert bars["missed"]["x"] == sorted(bars["missed"]["x"], reverse=True)
    top, bottom = figure["layout"]["yaxis"]["range"][::-1]
    assert top < 0 <= len(ordered) - 1 < bottom  # the first stands on top
    patterns = [bar["marker"]["pattern"]["shape"] for bar in bars.values()]
    assert len(set(patterns)) == len(patterns)
    assert len(figure["layout"]["annotations"]) == len(ordered)


def test_a_class_of_nobody_makes_an_empty_chart():
    go.Figure(class_chart([], Words("en")))


def test_a_run_that_was_brought_is_named_wherever_its_questions_are():
    of_class = [student("Ada", missed("gate_on_what", 2, RUN), missed("gate_on_what", 2))]
    rows, words = summary(of_class), Words("en")
    table = parsed(class_table(["Ada"], rows, words))
    assert [len(row.findall("td")) for row in table.iter("tr")] == [0, 2]
    told = ["".join(table.itertext()), error_list(errors(of_class), words)]
    told.append(str(class_chart(tallies(rows), words)["layout"]["annotations"]))
    assert all(text.count("(your run 1)") == 1 for text in told)
