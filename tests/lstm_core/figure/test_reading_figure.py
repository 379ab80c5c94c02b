"""A text that is read, looked at: letters, odds, units, what is held, and what a hostile browser may ask."""

import re
from html import unescape

import numpy as np
import pytest

from lstm_core.explain import Place
from lstm_core.figure.line import Line
from lstm_core.figure.reading import COLOURED_BY, ReadingFigure
from lstm_core.figure.reading_odds import COUNT
from lstm_core.reading import shipped
from lstm_core.reading.hold import Hold
from lstm_core.rounding import rounded, text
from lstm_core.view.origin import explanation_panel
from lstm_core.view.palette import NEGATIVE, POSITIVE, faded
from lstm_core.words import Words
from lstm_core.workbench.focus import Focus
from tests.collected import collected

TEXT = "print(max(a, b), 'x')\n# so"
READER = shipped()
UNIT = READER.features()[0].unit


def figure(read=TEXT, t=12, unit=UNIT, **fields) -> ReadingFigure:
    return ReadingFigure(READER, read, Focus(t=t, unit=unit), **fields)


def plain(markup: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", markup))


def rows(shown: ReadingFigure) -> list[str]:
    return [plain(row) for row in re.findall(r"<tr.*?</tr>", shown.draw()["next"])]


def test_every_letter_stands_on_the_colour_of_its_number():
    shown = figure()
    found = r'data-t="(\d+)" class="([^"]*)" style="background:([^"]*)">(.*?)</b>'
    letters = re.findall(found, shown.draw()["read"])
    C, measured = shown.trace.C[:, UNIT - 1], READER.units[UNIT - 1]
    assert len(letters) == len(TEXT)
    for k, (t, kinds, paint, letter) in enumerate(letters):
        assert int(t) == k + 1 and unescape(letter) == ("⏎" if TEXT[k] == "\n" else TEXT[k])
        strength = float(np.round(0.6 * min(abs(C[k]) / max(-measured.low, measured.high), 1), 2))
        assert paint == faded(NEGATIVE if C[k] < 0 else POSITIVE, strength)
        assert ("here" in kinds) == (k == 11)


def test_the_next_letters_are_the_likeliest_and_the_one_that_comes_is_marked():
    likeliest = [letter for letter, _ in READER.read(TEXT).likeliest(12, COUNT)]
    assert [row[0].replace("␣", " ").replace("⏎", "\n") for row in rows(figure())] == likeliest
    for t, comes in ((5, TEXT[5:6]), (len(TEXT), "")):
        marked = re.findall(r'<tr class="comes">.*?</tr>', figure(t=t).draw()["next"])
        likeliest = [letter for letter, _ in READER.read(TEXT).likeliest(t, COUNT)]
        assert [plain(row)[0] for row in marked] == [comes] * (comes in likeliest and comes != "")


def test_a_hand_on_c_holds_the_unit_and_the_odds_answer_beside_those_of_the_free_run():
    free = figure()
    held = free.moved({f"C.{UNIT}": 0.25})
    assert held.hold.unit == UNIT and (held.trace.C[:, UNIT - 1] == 0.25).all()
    assert held.undisturbed is free.trace and free.undisturbed is None
    assert np.array_equal(held.reading.odds, READER.read(TEXT, {UNIT: 0.25}).odds)
    assert all(" → " in row for row in rows(held)) and not any(" → " in row for row in rows(free))
    [slider] = held.sliders()["hold"]
    assert slider.value == 0.25 and slider.low <= slider.default <= slider.high
    let_go = held.chose({"role": "hold", "value": "free"})
    assert let_go.hold.unit is None and let_go.draw() == free.draw()
    again = free.chose({"role": "hold", "value": "held"})
    assert again.hold.unit == UNIT and again.held_at == slider.default
    assert held.looked(unit=UNIT % 128 + 1).hold.unit == UNIT  # another unit is looked at, the same is held


def test_a_hand_holds_c_or_a_gate_from_a_letter_on_and_says_what_it_did():
    free = figure(t=9)
    held = free.chose({"role": "hold", "value": "held"}).chose({"role": "held_from", "value": "here"})
    assert held.hold.start == 9 and np.array_equal(held.trace.C[:8], free.trace.C[:8])
    value, k = held.held_at, UNIT - 1
    assert (held.trace.C[8:, k] == np.float32(value)).all()
    hand = text(rounded(value) - rounded(float(free.trace.C[7, k])), sign=True)
    assert f"({hand})" in plain(held.draw()["hold"]) and held.draw()["read"].count("held-from") == 1
    asked = explanation_panel(held.trace, Place("C_prev", 9, UNIT), Words("en"))
    assert f"{hand} by the hand = {text(value)}" in plain(asked)
    assert "from letter 9 on" in plain(held.looked(t=5).draw()["next"])
    pinned = held.chose({"role": "held_of", "value": "f"}).moved({f"f.{UNIT}": 0.25})
    assert (pinned.trace.f[8:, k] == 0.25).all() and (pinned.trace.C_prev == pinned.trace.cells[:-1]).all()
    assert pinned.chose({"role": "held_from", "value": "everywhere"}).trace.f[0, k] == 0.25
    assert pinned.bounds(f"f.{UNIT}") == (0, 1) and pinned.bounds(f"z_f.{UNIT}") is None


def test_the_letters_that_are_marked_bring_another_order_of_units():
    shown = figure(mark="a, b")
    assert shown.draw()["read"].count(" marked") == 4
    first = re.search(r'data-unit="(\d+)"', shown.draw()["units"])[1]
    C = READER.read(TEXT).trace.C
    where = np.zeros(len(TEXT), bool)
    where[10:14] = True
    aucs = (C[where][:, None] > C[~where][None]).mean((0, 1))
    assert np.abs(aucs - 0.5).max() == pytest.approx(abs(aucs[int(first) - 1] - 0.5))
    assert figure(mark="nowhere").draw()["units"] == figure().draw()["units"]


@collected("unit", READER.units[::16])
def test_what_is_said_of_a_unit_is_what_was_measured(unit):
    said = plain(figure(unit=unit.unit).draw()["read"])
    assert f"{unit.auc:.2f}" in said and f"{unit.control:.2f}" in said
    assert ("nothing clear" in said) == (not unit.is_clear)


@collected("read", ["a", "<script>&\"'", "שלום ab", "e\u0301\u0301", "\ud800", "\x00\t", "日本", "**a**"])
def test_any_text_is_shown_letter_by_letter_and_nothing_of_it_is_markup(read):
    markup = figure(read, t=1).draw()["read"]
    markup.encode()  # a lone surrogate could not be sent
    assert "<script" not in markup and markup.count('data-role="step"') == len(read)


def test_a_line_answers_a_drag_and_keeps_a_hostile_report_within_bounds():
    line = Line()
    line.show(figure(), "turn")

    def settled(**sent):
        return line.settled({"seq": 1, "turn": "turn"} | sent)

    far = {f"C.{UNIT}": 1e9}
    answer = line.answer({"seq": 1, "turn": "turn", "values": far})
    assert {"read", "next", "strip", "cell", "units"} <= set(answer["pictures"])
    assert settled(values=far).figure.hold.value == figure().bounds(f"C.{UNIT}")[1]
    assert settled(values=dict.fromkeys(["C.0", "C.129", "C.x", "C", "b_f.1", "C.٣"], 1)).values == {}
    looked = settled(look={"colour": "evil", "mark": 5}).figure
    assert looked.colour == "C" and looked.mark is None
    for strange in ({"held": 0}, {"held": 129}, {"held": "x"}, {"held_of": "z"}, {"held_from": 0},
                    {"held_from": 999}):  # fmt: skip
        assert settled(look=strange).figure.hold == Hold()
    pressed = line.answer({"seq": 5, "turn": "turn", "acts": [{"role": "hold", "value": "held"}]})
    assert settled(look=pressed["look"]).figure.hold.unit == UNIT
    for colour in COLOURED_BY:
        assert figure().chose({"role": "colour", "value": colour}).colour == colour
