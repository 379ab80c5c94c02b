"""A text that a network reads, looked at: reader, text -> **figure** -> letters, odds, units, cell."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from ..reading import Reader, Reading, Unit
from ..reading.letters import CLOSING
from ..reading.reader import marked
from ..rounding import text as number
from ..trace import LSTMTrace
from ..view import svg
from ..view.reading import next_letters, read_text, unit_list
from ..view.reading.next_letters import per_cent
from ..view.reading.read_text import letter_name, spans
from ..view.strip import Row
from ..view.typeset import emphasised
from ..workbench.focus import Focus
from . import choose
from .bar import options_bar
from .run import ROWS, OfAnyLength
from .sliders import Slider

COLOURED_BY = ("C", "f", "i", "o", "h")
"""What of a unit the letters can be coloured by."""

COUNT = 8
"""How many of the next letters are shown."""

_MOST_SPANS = 8


@lru_cache(maxsize=3)
def _read_freely(reader: Reader, text: str) -> Reading:
    """Readings of the texts that were looked at last, which all readers share: one of 2,000 letters takes
    14 MB."""
    return reader.read(text)


@lru_cache(maxsize=2)
def _read_held(reader: Reader, text: str, unit: int, value: float) -> Reading:
    """The same with a unit held."""
    return reader.read(text, {unit: value})


@dataclass(frozen=True, eq=False)
class ReadingFigure(OfAnyLength):
    """A network reads a text; see `Looking` for what is looked at. Each letter is a step.

    colour : of COLOURED_BY, what the letters are coloured by. held : the unit whose C is held at `value`
    from the first letter to the last; None where the network reads freely. mark : a piece of the text that
    a reader asks about, whose letters are marked wherever it stands: then the units that tell them from the
    rest come first.
    """

    rows: ClassVar[tuple[Row, ...]] = ROWS[1:]  # the letters stand above them, in place of the inputs

    reader: Reader
    text: str
    focus: Focus = Focus()
    colour: str = COLOURED_BY[0]
    held: int | None = None
    value: float = 0.0
    mark: str | None = None

    @property
    def free(self) -> Reading:
        """The reading in which nothing is held."""
        return _read_freely(self.reader, self.text)

    @property
    def reading(self) -> Reading:
        """The reading that is shown."""
        if self.held is None:
            return self.free
        return _read_held(self.reader, self.text, self.held, self.value)

    @property
    def trace(self) -> LSTMTrace:  # type: ignore[override]
        return self.reading.trace

    @property
    def undisturbed(self) -> LSTMTrace | None:
        return None if self.held is None else self.free.trace

    @property
    def unit(self) -> Unit:
        """What was measured of the unit in focus."""
        return self.reader.units[self.focus.unit - 1]

    def most_open(self) -> int:
        """The letter, from 1, after which a closing bracket is likeliest, where the network reads freely."""
        closing = [self.free.letters.index(letter) for letter in CLOSING]
        return int(self.free.odds[:, closing].sum(1).argmax()) + 1

    def draw(self, exact: bool = True) -> dict[str, str]:
        """Name of each picture -> its markup."""
        return super().draw(exact) | {"read": self._letters(), "next": self._next(), "units": self._units()}

    def sliders(self) -> dict[str, list[Slider]]:
        """The letter that is looked at, and C of the unit in focus, which a hand takes hold of when it
        moves it."""
        address = f"C.{self.focus.unit}"
        low, high = self.bounds(address) or (-1.0, 1.0)
        free = float(self.free.trace.C[self.focus.t - 1, self.focus.unit - 1])
        value = self.value if self.held == self.focus.unit else free
        label = (self.words("reading.hold_slider", unit=self.focus.unit),)
        hold = Slider(address, label, low, high, min(max(value, low), high), self._outside)
        return super().sliders() | {"hold": [hold]}

    @property
    def _outside(self) -> float:
        """The mean of C of the unit in focus where what it follows is not so."""
        low, high = self.bounds(f"C.{self.focus.unit}") or (-1.0, 1.0)
        return round(min(max(self.unit.outside, low), high), 2)

    # -- another figure ---------------------------------------------------------------------

    def bounds(self, address: str) -> tuple[float, float] | None:
        """How far C of a unit can be moved: as far as it goes in code that was not read; None for all
        else."""
        name, _, of = address.partition(".")
        if name != "C" or not (of.isascii() and of.isdigit() and len(of) < 5 and 1 <= int(of) <= self.H):
            return None
        measured = self.reader.units[int(of) - 1]
        return min(-1.0, float(math.floor(measured.low))), max(1.0, float(math.ceil(measured.high)))

    def moved(self, values: Mapping[str, float]) -> ReadingFigure:
        """This figure with C of a unit held: `moved({"C.37": -0.5})`. Raises KeyError for any other
        address."""
        after = self
        for address, value in values.items():
            if self.bounds(address) is None:
                raise KeyError(address)
            after = replace(after, held=int(address[2:]), value=float(value))
        return after

    def look(self) -> dict[str, Any]:
        """What is looked at, as `looked` takes it."""
        return super().look() | {"colour": self.colour, "mark": self.mark}

    def looked(self, **where: Any) -> ReadingFigure:
        """This figure, looked at elsewhere; `colour` and `mark` besides what every figure takes."""
        own = {name: where.pop(name) for name in ("colour", "mark") if name in where}
        if own.get("colour", self.colour) not in COLOURED_BY:
            raise ValueError(f"colour: expected one of {', '.join(COLOURED_BY)}, got {own['colour']!r:.40}")
        if not isinstance(own.get("mark", ""), str | None):
            raise TypeError(f"mark: expected a text, got {own['mark']!r:.40}")
        return replace(super().looked(**where), **own)

    def chose(self, choice: choose.Choice) -> ReadingFigure | None:
        """This figure after a click or a key; None where that is not a figure's to decide."""
        role, value = choice.get("role"), choice.get("value")
        if role == "colour":
            return self.looked(colour=value) if value in COLOURED_BY else self
        if role == "hold":
            if value == "held":
                return self.moved({f"C.{self.focus.unit}": self._outside})
            return replace(self, held=None)
        return super().chose(choice)

    # -- its pictures -----------------------------------------------------------------------

    def _letters(self) -> str:
        key, k, words = self.colour, self.focus.unit - 1, self.words
        most = max(abs(self.unit.low), abs(self.unit.high)) if key == "C" else 1.0
        values = getattr(self.trace, key)[:, k] / most
        options = {name: words(f"quantity.{name}") for name in COLOURED_BY}
        bar = options_bar("colour", words("reading.colour_by"), options, key)
        where = None if self.mark is None else _where(self.text, self.mark)
        says = svg.tag("p", emphasised(self._says()), class_="said")
        return (
            says
            + bar
            + read_text(self.text, values, key, self.reading.surprise, self.focus.t, self._spoken(), where)
        )

    def _says(self) -> str:
        """What the unit in focus follows, as it was measured."""
        of, words = self.unit, self.words
        name = words(f"reading.feature.{of.feature}")
        key = "reading.follows" if of.is_clear else "reading.follows_nothing"
        return words(
            key, unit=of.unit, feature=name, auc=number(of.auc), control=number(of.control),
            t=self.focus.t, letter=letter_name(self.text[self.focus.t - 1]),
            C=number(float(self.trace.C[self.focus.t - 1, of.unit - 1])),
        )  # fmt: skip

    def _spoken(self) -> str:
        """Where C of the unit says that what it follows is so."""
        of, words = self.unit, self.words
        if not of.is_clear:
            return words("reading.spoken_nothing", unit=of.unit, T=self.T)
        found = spans(of.is_inside(self.trace.C[:, of.unit - 1]))
        places = ", ".join(
            f"{first}–{last}" if first < last else f"{first}" for first, last in found[:_MOST_SPANS]
        )
        return words(
            "reading.spoken" if found else "reading.spoken_nowhere",
            unit=of.unit, feature=words(f"reading.feature.{of.feature}"), places=places, n=len(found),
        )  # fmt: skip

    def _next(self) -> str:
        """The odds of the next letters; where a unit is held, beside those of the free run."""
        t, words = self.focus.t, self.words
        read = self.text[t] if t < self.T else None
        rows = [
            (letter, self.reading.odds_of(letter, t), None if self.held is None else odds)
            for letter, odds in self.free.likeliest(t, COUNT)
        ]
        if self.held is None:
            says = words("reading.next_says", t=t, letter=letter_name(self.text[t - 1]))
        else:
            says = self._effect(self.held)
        options = {name: words(f"reading.hold.{name}", unit=self.focus.unit) for name in ("free", "held")}
        chosen = "held" if self.held == self.focus.unit else "free" if self.held is None else ""
        bar = options_bar("hold", words("reading.hold.name"), options, chosen)
        return bar + next_letters(rows, read, words, says)

    def _effect(self, held: int) -> str:
        """What holding does here: to the odds of a closing bracket, or of the letter that changes most."""
        t, words = self.focus.t, self.words
        if self.reader.units[held - 1].feature in ("brackets", "nested"):
            name, letters = words("reading.closing"), CLOSING
        else:
            most = int(np.abs(self.reading.odds[t - 1] - self.free.odds[t - 1]).argmax())
            name, letters = letter_name(self.reading.letters[most]), self.reading.letters[most]
        free, odds = (per_cent(reading.odds_of(letters, t)) for reading in (self.free, self.reading))
        return words(
            "reading.held_says", unit=held, value=number(self.value), letter=name, free=free, odds=odds
        )

    def _units(self) -> str:
        """All units; those first that tell the marked letters from the rest, or that follow something
        clearly."""
        words, units = self.words, self.reader.units
        found = [] if self.mark is None else marked(self.free.trace.C, _where(self.text, self.mark))
        rows: list[tuple[int, str, tuple[str, ...]]] = []
        if found:
            for unit, auc in found:
                rows.append((unit, _follows(units[unit - 1], words), (number(max(auc, 1 - auc)),)))
            columns = ["controls.unit", "reading.column.follows", "reading.column.marked"]
        else:
            for of in sorted(units, key=lambda of: (not of.is_clear, -of.auc)):
                numbers = (number(of.auc), number(of.control), number(of.half_life, decimals=1))
                rows.append((of.unit, _follows(of, words), numbers))
            columns = [
                "controls.unit",
                *(f"reading.column.{name}" for name in ("follows", "auc", "control", "half_life")),
            ]
        return unit_list(rows, [words(key) for key in columns], self.focus.unit, words)


def _follows(of: Unit, words) -> str:
    return words(f"reading.short.{of.feature}" if of.is_clear else "reading.nothing")


def _where(text: str, piece: str) -> np.ndarray:
    """(T,), True at the letters of each place where a piece of a text stands."""
    where, start = np.zeros(len(text), bool), text.find(piece) if piece else -1
    while start >= 0:
        where[start : start + len(piece)] = True
        start = text.find(piece, start + len(piece))
    return where
