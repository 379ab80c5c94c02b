"""A run that somebody looks at: experiment, focus -> **figure** -> pictures, sliders, sentence, link.

A figure never changes; it answers. Whoever moves a number or looks elsewhere gets another figure. It knows
no screen and no host: a server, a site, a notebook or a file hold it and show what it draws.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import urlencode

from ..explain import BEFORE, Place
from ..lessons.cover import cover
from ..lessons.question import Question
from ..quantities import QUANTITIES
from ..trace import LSTMTrace
from ..view.diagram import ARRANGEMENTS, describe
from ..view.strip import Row
from ..words import Words
from ..workbench.experiment import Experiment
from ..workbench.focus import ALL, MAX_LENGTH, MIN_LENGTH, PHASES, Focus
from ..workbench.link import to_link
from . import choose, draw, handles
from .sliders import Slider

FREE = frozenset({"pins", "weights", "inputs", "start"})
"""What a hand may move: a gate that it pins, weights, inputs, and the state before step 1."""

LOOKS = ("t", "unit", "phase", "length", "chosen", "place", "band", "arrangement")
"""The names of what `Figure.looked` takes."""

ROWS = (Row("inputs"), Row("lines", 60, ("f", "i", "o")), Row("ledger", 80))


@dataclass(frozen=True, eq=False)
class Figure:
    """One run, looked at.

    experiment : the run. focus : the step, unit and phase that are looked at.
    pictures : the names of those that it draws, keys of `draw.PICTURES`, in their order.
    language : of all texts. rows : of the strip over time, from top to bottom.
    opens_on : the phase that is shown where the focus names none.
    chosen : key of the quantity that is asked about, or None. place : the unit that it is of, or for x the
        number of the input; None for the unit in focus.
    band : the step whose part of the memory is followed; 0 for the memory before step 1, None for none.
    covers : questions whose answers nothing in the figure may tell.
    free : what a hand may move, of FREE. locked : of "t" and "unit", what cannot be looked away from.
    plays : whether it offers to play the walk. bar : whether it can be presented, or left where it is.
    panels : the names of the panels of sliders; see `sliders`.
    alone : the only slider of its group that is shown in presenter mode, which has room for one; None for the first.
    start : the experiment whose numbers a double-click on a slider brings back; None for this one.
    limits : address or kind -> how far it can be moved at least; it is kept while a number is moved.
    arrangement : of the cell, "wide" or "narrow"; None as long as nobody knows the room, for both.
    """

    experiment: Experiment
    focus: Focus = Focus()
    pictures: tuple[str, ...] = ("cell", "strip")
    language: str = "en"
    rows: tuple[Row, ...] = ROWS
    opens_on: str = ALL
    chosen: str | None = None
    place: int | None = None
    band: int | None = None
    covers: tuple[Question, ...] = ()
    free: frozenset[str] = FREE
    locked: frozenset[str] = frozenset()
    plays: bool = True
    panels: tuple[str, ...] = ()
    alone: str | None = None
    start: Experiment | None = None
    limits: Mapping[str, float] = field(default_factory=dict)
    arrangement: str | None = None

    # -- what it shows ----------------------------------------------------------------------

    def draw(self, exact: bool = True) -> dict[str, str]:
        """Name of each picture -> its markup.

        exact : whether the exact numbers are sent along, for a pointer to read off. A hand that drags reads
            nothing off.
        """
        return {name: draw.PICTURES[name](self, exact) for name in self.pictures}

    def sliders(self) -> dict[str, list[Slider]]:
        """Name of each panel -> its sliders."""
        return {name: handles.panel(self, name) for name in self.panels}

    def sentence(self) -> str:
        """What the figure shows, for those who listen."""
        phase = None if self.phase == ALL else self.phase
        return describe(self.trace, self.focus.t, self.focus.unit, self.words, phase)

    def link(self) -> str:
        """The parameters of a link to it: "?preset=latch&v=1&t=4&lang=en"."""
        return f"?{urlencode(to_link(self.experiment, self.focus, self.language))}"

    # -- another figure ---------------------------------------------------------------------

    def moved(self, values: Mapping[str, float]) -> Figure:
        """This figure with other numbers: address -> number. How far each can be moved stays as it is.

        Raises KeyError for an address that it does not have, ValueError for a number that it cannot have.
        """
        experiment = self.experiment
        for address, value in values.items():
            change = experiment.pinned if address.startswith("pin_") else experiment.edited
            experiment = change(address, value)
        kept = {name: handles.limit(self, name) for name in map(handles.kind_of, values) if name}
        return replace(self, experiment=experiment, limits={**self.limits, **kept})

    def looked(self, **where) -> Figure:
        """This figure, looked at elsewhere: `looked(t=5)`, `looked(phase="erase", unit=2, chosen="f")`.

        A step or unit beyond the run becomes the nearest that there is; those that are locked stay. Raises
        TypeError for a name that is not in LOOKS, ValueError for a phase, quantity or arrangement that there is not.
        """
        if unknown := where.keys() - set(LOOKS):
            raise TypeError(f"looked: expected some of {', '.join(LOOKS)}, got {', '.join(sorted(unknown))}")
        where = {name: value for name, value in where.items() if name not in self.locked}
        if where.get("phase") not in (None, ALL, *PHASES):
            raise ValueError(
                f"phase: expected one of {', '.join((ALL, *PHASES))}, got {where['phase']!r:.40}"
            )
        if where.get("arrangement") not in (None, *ARRANGEMENTS):
            raise ValueError(
                f"arrangement: expected one of {', '.join(ARRANGEMENTS)}, got {where['arrangement']!r:.40}"
            )
        key = where.get("chosen")
        if key is not None and not (key in QUANTITIES and QUANTITIES[key].in_trace):
            raise ValueError(f"chosen: expected the key of a quantity of a trace, got {key!r:.40}")
        of_focus = {name: where.pop(name) for name in ("t", "unit", "phase", "length") if name in where}
        if "length" in of_focus:
            of_focus["length"] = min(max(of_focus["length"], MIN_LENGTH), MAX_LENGTH)
        return replace(self, focus=replace(self.focus, **of_focus).within(self.experiment), **where)

    def chose(self, choice: choose.Choice) -> Figure | None:
        """This figure after a click or a key; None where that is not a figure's to decide."""
        return choose.chose(self, choice)

    def bounds(self, address: str) -> tuple[float, float] | None:
        """How far the number at an address can be moved; None where it cannot be, or is not there."""
        return handles.bounds(self, address)

    def look(self) -> dict:
        """What is looked at, as `looked` takes it."""
        of_focus = {name: getattr(self.focus, name) for name in ("t", "unit", "phase", "length")}
        return of_focus | {name: getattr(self, name) for name in ("chosen", "place", "band", "arrangement")}

    # -- what its pictures are drawn from ---------------------------------------------------

    @property
    def words(self) -> Words:
        return Words(self.language)

    @property
    def phase(self) -> str:
        """The phase that is shown: the one in focus, or the one that it opens on."""
        return self.focus.phase or self.opens_on

    @cached_property
    def trace(self) -> LSTMTrace:
        """The run, without the numbers that would answer what it covers."""
        return self._covered(self.experiment.trace())

    @cached_property
    def unpinned(self) -> LSTMTrace | None:
        """The same run without its pins; None where it has none."""
        return self._covered(self.experiment.unpinned().trace()) if self.experiment.pins else None

    def asked(self) -> Place | None:
        """The number that is asked about, or None."""
        if self.chosen is None:
            return None
        most = self.experiment.D if self.chosen == "x" else self.experiment.H
        return Place(self.chosen, self.focus.t, min(self.place or self.focus.unit, most))

    def explains_one_of_many(self) -> bool:
        """Whether the number that is asked about is one of several that the cell shows of its kind."""
        return self.chosen == "x" or self.chosen in BEFORE

    def _covered(self, trace: LSTMTrace) -> LSTMTrace:
        for asked in self.covers:
            trace = cover(trace, asked)
        return trace
