"""The table, the list and the chart of a class: what is counted is shown, and no name is markup."""

import re
from xml.etree import ElementTree

from lstm_core.lessons.classroom import Error, errors, summary, tallies
from lstm_core.lessons.hand_in import HandIn
from lstm_core.lessons.record import outcome_key
from lstm_core.lessons.sample_class import sample_class
from lstm_core.lessons.verdict import OUTCOMES
from lstm_core.view.lessons.class_chart import class_chart
from lstm_core.view.lessons.class_table import SIGNS, class_table, error_list
from lstm_core.words import LANGUAGES, Words
from lstm_core.workbench.presets import preset
from tests.collected import collected
from tests.lstm_core.lessons.hand_ins import RUN, missed, student

EN = Words("en")
IN_EACH = [Words(language) for language in LANGUAGES]
CLASS = sample_class(["Ada", "민지", "A < B & <script>"])
NAMES = [hand_in.name for hand_in in CLASS]


def parsed(html: str):
    return ElementTree.fromstring(f"<body>{html}</body>")


@collected("words", IN_EACH)
def test_the_table_has_a_row_for_each_student_and_a_sign_and_a_word_for_each_outcome(words):
    rows = summary(CLASS)
    _, *lines = parsed(class_table(NAMES, rows, words)).iter("tr")
    for name, line in zip(NAMES, lines, strict=True):
        assert line.find("th").text == name
        for cell, tally in zip(line.findall("td"), tallies(rows), strict=True):
            works = [row.work for row in rows if row.name == name]
            met = [work.outcome for work in works if (work.kind, work.key) == (tally.kind, tally.key)]
            signs = [span.text for span in cell.iter("span") if span.get("aria-hidden")]
            said = [span.text.strip() for span in cell.iter("span") if span.get("class") == "unseen"]
            assert signs == [SIGNS[outcome] for outcome in met]
            assert said == [words(outcome_key(outcome)) for outcome in met]
    assert len(set(SIGNS.values())) == len(OUTCOMES)


@collected("words", IN_EACH)
def test_the_list_tells_each_belief_with_its_count_and_its_names(words):
    found = errors(CLASS)
    body = parsed(error_list(found, words))
    counted = sorted(int(re.match(r"\d+", li.find("strong").text)[0]) for li in body.iter("li"))
    assert counted == sorted(len(error.names) for error in found)
    heads = [h4.find("strong").text for h4 in body.iter("h4")]
    assert len(heads) == len(set(heads)) == len({(error.kind, error.key) for error in found})
    text = "".join(body.itertext())
    assert all(name in text for name in NAMES) and "`" not in text


@collected("words", IN_EACH)
def test_the_chart_counts_right_missed_and_skipped_those_most_missed_on_top(words):
    counted = tallies(summary(CLASS))
    ordered = sorted(counted, key=lambda tally: (-tally.missed, -tally.skipped))
    [chart] = parsed(class_chart(counted, words))
    most = max(tally.right + tally.missed + tally.skipped for tally in counted)
    for tally, title, bar in zip(ordered, chart.findall("p"), chart.findall("div"), strict=True):
        assert title.find("b").text == words(f"{tally.kind}.{tally.key}.name")
        counts = {outcome: n for outcome in OUTCOMES if (n := getattr(tally, outcome))}
        for part, (outcome, n) in zip(bar, counts.items(), strict=True):
            assert part.text == f"{SIGNS[outcome]} {n}" and part.get("class") == f"bar-{outcome}"
            assert f"flex:{n};" in part.get("style")
        assert f"{words(outcome_key('missed'))}: {tally.missed}" in bar.get("aria-label") or not tally.missed
        assert bar.get("style") == f"width:{100 * sum(counts.values()) / most:g}%"


def test_a_class_of_nobody_or_of_one_who_did_nothing_is_empty():
    assert not list(parsed(class_chart([], EN))[0]) and error_list([], EN) == ""
    idle = summary([HandIn("Idle", (), (), preset("latch"))])
    body = parsed(class_table(["Idle"], idle, EN))
    assert [th.text for th in body.iter("th")][-1] == "Idle" and not list(body.iter("td"))


def test_names_are_no_markup():
    found = [Error("task", "hold", "held", ("<img src=x onerror=alert(1)>",))]
    for html in (error_list(found, EN), class_table(["<img src=x>"], [], EN)):
        assert "<img" not in html and "&lt;img" in html


def test_a_run_that_was_brought_is_named_wherever_its_questions_are():
    of_class = [student("Ada", missed("gate_on_what", 2, RUN), missed("gate_on_what", 2))]
    rows = summary(of_class)
    table = parsed(class_table(["Ada"], rows, EN))
    assert [len(row.findall("td")) for row in table.iter("tr")] == [0, 2]
    told = ["".join(table.itertext()), error_list(errors(of_class), EN)]
    told.append("".join(parsed(class_chart(tallies(rows), EN)).itertext()))
    assert all(text.count("(your run 1)") == 1 for text in told)
