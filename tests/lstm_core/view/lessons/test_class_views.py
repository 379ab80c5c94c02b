"""The table, the list and the chart of a class: what is counted is shown, and no name is markup."""

import re
from xml.etree import ElementTree

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
            works = [row.work for row in rows if row.name == name]
            met = [one.outcome for one in works if (one.kind, one.key) == (tally.kind, tally.key)]
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
    ordered = sorted(counted, key=lambda tally: (-tally.missed, -tally.skipped))
    [chart] = parsed(class_chart(counted, words))
    titles, bars = chart.findall("p"), chart.findall("div")
    most = max(tally.right + tally.missed + tally.skipped for tally in counted)
    for tally, title, bar in zip(ordered, titles, bars, strict=True):
        assert title.find("b").text == words(f"{tally.kind}.{tally.key}.name")
        counts = {outcome: n for outcome in OUTCOMES if (n := getattr(tally, outcome))}
        assert [part.text for part in bar] == [f"{SIGNS[outcome]} {n}" for outcome, n in counts.items()]
        assert [part.get("class") for part in bar] == [f"bar-{outcome}" for outcome in counts]
        assert all(f"flex:{n};" in part.get("style") for part, n in zip(bar, counts.values(), strict=True))
        assert f"{words(outcome_key('missed'))}: {tally.missed}" in bar.get("aria-label") or not tally.missed
        assert bar.get("style") == f"width:{100 * sum(counts.values()) / most:g}%"


def test_a_class_of_nobody_makes_an_empty_chart():
    assert not list(parsed(class_chart([], Words("en")))[0])


def test_a_run_that_was_brought_is_named_wherever_its_questions_are():
    of_class = [student("Ada", missed("gate_on_what", 2, RUN), missed("gate_on_what", 2))]
    rows, words = summary(of_class), Words("en")
    table = parsed(class_table(["Ada"], rows, words))
    assert [len(row.findall("td")) for row in table.iter("tr")] == [0, 2]
    told = ["".join(table.itertext()), error_list(errors(of_class), words)]
    told.append("".join(parsed(class_chart(tallies(rows), words)).itertext()))
    assert all(text.count("(your run 1)") == 1 for text in told)
