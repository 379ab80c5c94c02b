"""A unit that may be held, and the odds of the next letters: figure -> **odds, what is held** -> HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..quantities import QUANTITIES
from ..reading.hold import HELD
from ..reading.letters import CLOSING
from ..rounding import ShownNumbers
from ..rounding import text as number
from ..view import svg
from ..view.reading import next_letters
from ..view.reading.next_letters import per_cent
from ..view.reading.read_text import letter_name
from .bar import options_bar

if TYPE_CHECKING:
    from .reading import ReadingFigure

COUNT = 8
"""How many of the next letters are shown."""


def odds(figure: ReadingFigure) -> str:
    """The odds of the next letters; where a unit is held, beside those of the free run."""
    t, words = figure.focus.t, figure.words
    read = figure.text[t] if t < figure.T else None
    rows = [
        (letter, figure.reading.odds_of(letter, t), None if figure.hold.unit is None else free)
        for letter, free in figure.free.likeliest(t, COUNT)
    ]
    held = figure.hold.unit
    says = (
        _effect(figure, held)
        if held
        else words("reading.next_says", t=t, letter=letter_name(figure.text[t - 1]))
    )
    options = {name: words(f"reading.hold.{name}", unit=figure.focus.unit) for name in ("free", "held")}
    chosen = "held" if held == figure.focus.unit else "" if held else "free"
    bar = options_bar("hold", words("reading.hold.name"), options, chosen)
    return bar + next_letters(rows, read, words, says)


def what_is_held(figure: ReadingFigure) -> str:
    """What of a unit a hand holds, from where on, and what it did to C there."""
    t, hold, words = figure.focus.t, figure.hold, figure.words
    places = {"everywhere": words("reading.hold.everywhere")}
    if hold.start > 1:
        places["stays"] = words("reading.hold.from", t=hold.start)
    if t not in (1, hold.start):
        places["here"] = words("reading.hold.from", t=t)
    letters = {name: _letter(name) for name in HELD}
    where = "everywhere" if hold.start == 1 else "stays"
    return (
        options_bar("held_of", words("reading.hold.of"), letters, hold.of)
        + options_bar("held_from", words("reading.hold.where"), places, where)
        + _by_hand(figure)
    )


def _by_hand(figure: ReadingFigure) -> str:
    hold, numbers = figure.hold, ShownNumbers(figure.trace)
    if hold.unit is None or hold.of != "C" or hold.start == 1:
        return ""
    before, C = numbers.at("C", hold.start - 1, hold.unit), numbers.at("C_prev", hold.start, hold.unit)
    hand = number(C - before, sign=True)
    says = figure.words("reading.by_hand", t=hold.start, before=number(before), hand=hand, C=number(C))
    return svg.tag("p", svg.escaped(says), class_="said")


def _effect(figure: ReadingFigure, held: int) -> str:
    """What the hand does here: to the odds of a closing bracket, or of the letter that changes most."""
    t, words, hold = figure.focus.t, figure.words, figure.hold
    if t < hold.start:
        return words("reading.held_later", unit=held, of=_letter(hold.of), t=hold.start)
    if figure.reader.units[held - 1].feature in ("brackets", "nested"):
        name, letters = words("reading.closing"), CLOSING
    else:
        most = int(np.abs(figure.reading.odds[t - 1] - figure.free.odds[t - 1]).argmax())
        name, letters = letter_name(figure.reading.letters[most]), figure.reading.letters[most]
    free, odds = (per_cent(reading.odds_of(letters, t)) for reading in (figure.free, figure.reading))
    return words(
        "reading.held_says", unit=held, of=_letter(hold.of), value=number(figure.held_at), letter=name,
        free=free, odds=odds,
    )  # fmt: skip


def _letter(of: str) -> str:
    """What is held as a letter, such as C or C̃."""
    return QUANTITIES[of].letter
