"""A text that a network reads, looked at: reader, text -> **figure** -> letters, odds, units, cell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from ..quantities import QUANTITIES
from ..reading import Reader, Reading, Unit
from ..reading.hold import HELD, Hold, bounds
from ..reading.letters import CLOSING
from ..reading.reader import marked
from ..rounding import text as number
from ..trace import LSTMTrace
from ..view import svg
from ..view.reading import read_text, unit_list
from ..view.reading.read_text import letter_name, spans
from ..view.strip import Row
from ..view.typeset import emphasised
from ..words import Words
from ..workbench.focus import Focus
from . import choose
from .bar import options_bar
from .reading_odds import odds, what_is_held
from .run import ROWS, OfAnyLength
from .sliders import Slider

COLOURED_BY = ("C", "f", "i", "o", "h")
"""What of a unit the letters can be coloured by."""

_MOST_SPANS = 8


@lru_cache(maxsize=3)
def _read_freely(reader: Reader, text: str) -> Reading:
    """Readings of the texts that were looked at last, which all readers share: one of 2,000 letters takes
    14 MB."""
    return reader.read(text)


@lru_cache(maxsize=2)
def _read_held(reader: Reader, text: str, hold: Hold) -> Reading:
    """The same with a unit held."""
    free = _read_freely(reader, text)
    return reader.read(text, hold.asked(reader.units), hold.of, hold.start, free)


@dataclass(frozen=True, eq=False)
class ReadingFigure(OfAnyLength):
    """A network reads a text; see `Looking` for what is looked at. Each letter is a step.

    colour : of COLOURED_BY, what the letters are coloured by. hold : the unit that is held, if one is. mark :
    a piece of the text that a reader asks about, whose letters are marked wherever it stands: then the units
    that tell them from the rest come first.
    """

    rows: ClassVar[tuple[Row, ...]] = ROWS[1:]  # the letters stand above them, in place of the inputs

    reader: Reader
    text: str
    focus: Focus = Focus()
    colour: str = COLOURED_BY[0]
    hold: Hold = Hold()
    mark: str | None = None

    @property
    def free(self) -> Reading:
        """The reading in which nothing is held."""
        return _read_freely(self.reader, self.text)

    @property
    def reading(self) -> Reading:
        """The reading that is shown."""
        if self.hold.unit is None:
            return self.free
        return _read_held(self.reader, self.text, replace(self.hold, value=self.held_at))

    @property
    def H(self) -> int:
        return self.reader.params.H

    @property
    def trace(self) -> LSTMTrace:  # type: ignore[override]
        return self.reading.trace

    @property
    def undisturbed(self) -> LSTMTrace | None:
        return None if self.hold.unit is None else self.free.trace

    @property
    def unit(self) -> Unit:
        """What was measured of the unit in focus."""
        return self.reader.units[self.focus.unit - 1]

    def most_open(self) -> int:
        """The letter, from 1, after which a closing bracket is likeliest, where the network reads freely."""
        closing = [k for k, letter in enumerate(self.free.letters) if letter in CLOSING]
        return int(self.free.odds[:, closing].sum(1).argmax()) + 1

    def draw(self, exact: bool = True) -> dict[str, str]:
        """Name of each picture -> its markup."""
        own = {
            "read": self._letters(), "next": odds(self), "hold": what_is_held(self), "units": self._units()
        }  # fmt: skip
        return super().draw(exact) | own

    def sliders(self) -> dict[str, list[Slider]]:
        """The letter that is looked at, and C or a gate of the unit in focus, which a hand takes hold of when
        it moves it."""
        unit, of = self.focus.unit, self.hold.of
        low, high = bounds(self.unit, of)
        free = float(getattr(self.free.trace, of)[self.focus.t - 1, unit - 1])
        value = self.held_at if self.hold.unit == unit else free
        label = (self.words("reading.hold_slider", unit=unit, of=QUANTITIES[of].letter),)
        first = Hold(unit, of).at(self.reader.units)
        slider = Slider(f"{of}.{unit}", label, low, high, min(max(value, low), high), first)
        return super().sliders() | {"hold": [slider]}

    @property
    def held_at(self) -> float:
        """The number at which the unit is held; 0 where none is."""
        return self.hold.at(self.reader.units)

    # -- another figure ---------------------------------------------------------------------

    def bounds(self, address: str) -> tuple[float, float] | None:
        """How far C or a gate of a unit can be moved; None for all else."""
        of, _, unit = address.partition(".")
        if of not in HELD or not (unit.isascii() and unit.isdigit() and len(unit) < 5):
            return None
        return bounds(self.reader.units[int(unit) - 1], of) if 1 <= int(unit) <= self.H else None

    def with_number(self, address: str, value: float) -> ReadingFigure:
        """This figure with C or a gate of a unit held: `moved({"C.37": -0.5})`, `moved({"f.37": 1})`."""
        of, _, unit = address.partition(".")
        return replace(self, hold=replace(self.hold, unit=int(unit), of=of, value=float(value)))

    def look(self) -> dict[str, Any]:
        """What is looked at, as `looked` takes it."""
        held = {"held": self.hold.unit, "held_of": self.hold.of, "held_from": self.hold.start}
        return super().look() | {"colour": self.colour, "mark": self.mark} | held

    def looked(self, **where: Any) -> ReadingFigure:
        """This figure, looked at elsewhere; `colour` and `mark` besides what every figure takes, and of what
        is held the unit `held`, what of it `held_of`, and the letter `held_from`."""
        own: dict[str, Any] = {name: where.pop(name) for name in ("colour", "mark") if name in where}
        hold = self.hold
        held, of, start = (
            where.pop(name, now)
            for name, now in (("held", hold.unit), ("held_of", hold.of), ("held_from", hold.start))
        )
        if own.get("colour", self.colour) not in COLOURED_BY:
            raise ValueError(f"colour: expected one of {', '.join(COLOURED_BY)}, got {own['colour']!r:.40}")
        if not isinstance(own.get("mark", ""), str | None):
            raise TypeError(f"mark: expected a text, got {own['mark']!r:.40}")
        if held is not None and not (type(held) is int and 1 <= held <= self.H):
            raise ValueError(f"held: expected a unit from 1 to {self.H}, got {held!r:.40}")
        if of not in HELD:
            raise ValueError(f"held_of: expected one of {', '.join(HELD)}, got {of!r:.40}")
        if type(start) is not int or not 1 <= start <= self.T:
            raise ValueError(f"held_from: expected a letter from 1 to {self.T}, got {start!r:.40}")
        # Another unit, or something else of it, is held at the number that is offered first.
        same = held == hold.unit and of == hold.of
        own["hold"] = Hold(held, of, start, hold.value if same else None)
        return replace(super().looked(**where), **own)

    def chose(self, choice: choose.Choice) -> ReadingFigure | None:
        """This figure after a click or a key; None where that is not a figure's to decide."""
        role, value = choice.get("role"), choice.get("value")
        if role == "colour":
            return self.looked(colour=value) if value in COLOURED_BY else self
        if role == "hold":
            return self.looked(held=self.focus.unit if value == "held" else None)
        if role == "held_of":
            return self.looked(held_of=value) if value in HELD else self
        if role == "held_from":  # any other than these was chosen before, and stays
            at = {"everywhere": 1, "here": self.focus.t}.get(str(value))
            return self.looked(held_from=at) if at else self
        return super().chose(choice)

    # -- its pictures -----------------------------------------------------------------------

    def _letters(self) -> str:
        key, k, words = self.colour, self.focus.unit - 1, self.words
        most = max(abs(self.unit.low), abs(self.unit.high)) if key == "C" else 1.0
        values = getattr(self.trace, key)[:, k] / most
        options = {name: words(f"quantity.{name}") for name in COLOURED_BY}
        bar = options_bar("colour", words("reading.colour_by"), options, key)
        where = None if self.mark is None else _where(self.text, self.mark)
        held_from = self.hold.start if self.hold.unit and self.hold.start > 1 else 0
        said = svg.tag("p", emphasised(self._says()), class_="said")
        return (
            said
            + bar
            + read_text(
                self.text, values, key, self.reading.surprise, self.focus.t, self._spoken(), where, held_from
            )
        )

    def _says(self) -> str:
        """What the unit in focus follows, as it was measured."""
        of, t, words = self.unit, self.focus.t, self.words
        C = number(float(self.trace.C[t - 1, of.unit - 1]))
        here = {"unit": of.unit, "t": t, "letter": letter_name(self.text[t - 1]), "C": C}
        if not of.feature:  # nobody measured what it follows
            return words("reading.follows_unknown", **here)
        name = words(f"reading.feature.{of.feature}")
        key = "reading.follows" if of.is_clear else "reading.follows_nothing"
        return words(key, feature=name, auc=number(of.auc), control=number(of.control), **here)

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

    def _units(self) -> str:
        """All units; those first that tell the marked letters from the rest, or that follow something
        clearly."""
        found = [] if self.mark is None else marked(self.free.trace.C, _where(self.text, self.mark))
        return _list_of(self.reader, tuple(found), self.focus.unit, self.words)


@lru_cache(maxsize=16)  # It is the same while a hand moves.
def _list_of(reader: Reader, found: tuple[tuple[int, float], ...], chosen: int, words: Words) -> str:
    units = reader.units
    rows: list[tuple[Unit, tuple[str, ...]]] = []
    if found:
        columns = ["follows", "marked"]
        rows = [(units[unit - 1], (number(max(auc, 1 - auc)),)) for unit, auc in found]
    elif units[0].feature:
        columns = ["follows", "auc", "control", "half_life"]
        for of in sorted(units, key=lambda of: (not of.is_clear, -of.auc)):
            rows.append((of, (number(of.auc), number(of.control), number(of.half_life, decimals=1))))
    else:  # of a network of which nobody measured what its units follow
        columns = ["follows", "half_life"]
        for of in sorted(units, key=lambda of: -of.half_life):
            rows.append((of, (number(of.half_life, decimals=1),)))
    names = [words("controls.unit"), *(words(f"reading.column.{name}") for name in columns)]
    shown = [(of.unit, _follows(of, words), numbers) for of, numbers in rows]
    return unit_list(shown, names, chosen, words)


def _follows(of: Unit, words: Words) -> str:
    return (
        "" if not of.feature else words(f"reading.short.{of.feature}" if of.is_clear else "reading.nothing")
    )


def _where(text: str, piece: str) -> np.ndarray:
    """(T,), True at the letters of each place where a piece of a text stands."""
    where, start = np.zeros(len(text), bool), text.find(piece) if piece else -1
    while start >= 0:
        where[start : start + len(piece)] = True
        start = text.find(piece, start + len(piece))
    return where
