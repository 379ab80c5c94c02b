"""A training, looked at: course, snapshot -> **figure** -> curve, answers, strip, cell, weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from ..rounding import text
from ..trace import LSTMTrace
from ..training import Course
from ..training.curve import loss_along, score_along, snapshot_index
from ..training.effects import AtRest, at_rest, clamped, score_of, without_loop
from ..training.events import Event
from ..training.example import batch_of, example
from ..training.network import Network
from ..view import svg
from ..view.diagram import responsive_diagram
from ..view.strip import LARGE, LETTERS, Row, time_strip
from ..view.training import MOMENTS, answers, course_curve, moment, moment_buttons, share, told, weights
from ..view.typeset import emphasised
from ..workbench.focus import Focus
from . import choose
from .bar import play_bar
from .looking import Looking
from .sliders import Slider

DISTURBED = ("nothing", "unit", "loop")
"""What a reader can disturb: nothing, the unit in focus, whose C is held at a number, or the way from h back
into the gates."""

MOST_MOMENTS = 6
"""Of a course so many moments are marked; all are told below."""

ROWS = (Row("inputs"), Row("lines", 44, ("f", "i", "o")), Row("ledger", 48))


@dataclass(frozen=True, eq=False)
class CourseFigure(Looking):
    """The network after one update of a training, on one test sequence; see `Looking` for what is looked at.

    course : the training so far. snapshot : the one in focus, from 0; see `Course.snapshot_at`.
    told : what the course tells, as far as it is known. trains : whether it goes on, so that nobody can move
        through it.
    disturb : one of DISTURBED. value : the number at which C of the unit in focus is held then, None for its
        mean over the test. rest : the network undisturbed; it is there while something is disturbed.
    """

    course: Course
    snapshot: int
    focus: Focus = Focus()
    told: Sequence[Event] = ()
    trains: bool = False
    disturb: str = DISTURBED[0]
    value: float | None = None
    rest: AtRest | None = None

    @cached_property
    def network(self) -> Network:
        """The network after the update in focus."""
        return self.course.network(self.update)

    @cached_property
    def trace(self) -> LSTMTrace:  # type: ignore[override]
        """Its run over the sequence that is looked at, disturbed or not."""
        return self._run(example(self.course.problem).x)

    @cached_property
    def undisturbed(self) -> LSTMTrace | None:
        """The same run undisturbed; None where it is."""
        if self.rest is None:
            return None
        return self.network.run(example(self.course.problem).x)  # type: ignore[return-value]

    def _run(self, x: np.ndarray) -> LSTMTrace:
        labels = example(self.course.problem).labels if x.ndim == 2 else ()
        network = self.network
        if self.rest is not None and self.disturb == "unit":
            run = clamped(network, x, self.focus.unit, self.held_at, labels)
        elif self.rest is not None and self.disturb == "loop":
            run = without_loop(network, self.rest.mean_h).run(x, labels=labels)
        else:
            run = network.run(x, labels=labels)
        return run  # type: ignore[return-value]

    @property
    def held_at(self) -> float:
        """The number at which C of the unit in focus is held, or would be."""
        if self.value is not None:
            return self.value
        return 0.0 if self.rest is None else float(self.rest.mean[self.focus.unit - 1])

    def disturbed(self, disturb: str, value: float | None = None) -> CourseFigure:
        """This figure with something disturbed, or nothing."""
        rest = None if disturb == DISTURBED[0] else at_rest(self.network, self.course.problem)
        return replace(self, disturb=disturb, value=value, rest=rest)

    @property
    def T(self) -> int:
        return example(self.course.problem).T

    @property
    def H(self) -> int:
        return self.course.setup.H

    @property
    def update(self) -> int:
        """The update after which the network is looked at."""
        return int(self.course.snapshot_at[self.snapshot])

    def draw(self, exact: bool = True) -> dict[str, str]:
        """Name of each picture -> its markup; a plain RNN has no strip and no cell."""
        words, focus = self.words, self.focus
        drawn = {"told": self._sentence(), "answers": self.answers()}
        if self.rest is not None:
            drawn["effect"] = self._effect()
        if not self.network.plain:
            letters = LARGE if focus.present else LETTERS
            drawn["strip"] = time_strip(
                self.trace, focus.unit, focus.t, list(ROWS), words, self.undisturbed, letters, exact=exact,
                ghost_says="learning.disturb.without",
            )  # fmt: skip
            cell = responsive_diagram(
                self.trace, focus.t, focus.unit, words, self.lit, arrangement=self.arrangement, flows=True
            )
            drawn["cell"] = cell + play_bar(words, self.phase, focus.t, self.T)
        moments = moment_buttons(self._moments, self.snapshot)
        all_weights = weights(self.network.params, self.largest, focus.unit, words, self.network.plain)
        return drawn | {"curve": self.curve(), "moments": moments, "weights": all_weights}

    def sliders(self) -> dict[str, list[Slider]]:
        """The time machine: which snapshot is looked at."""
        label = (self.words("learning.after_update", update=self.update),)
        last = len(self.course.snapshot_at) - 1
        panels = {"snapshot": [Slider("snapshot", label, 0, last, self.snapshot, step=1, locked=self.trains)]}
        if self.rest is not None and self.disturb == "unit":
            address, mean = self._address, float(self.rest.mean[self.focus.unit - 1])
            low, high = self.bounds(address) or (-1, 1)
            name = (self.words("learning.disturb.slider", unit=self.focus.unit),)
            panels["disturb"] = [Slider(address, name, low, high, self.held_at, mean)]
        return panels

    @property
    def largest(self) -> float:
        """The largest weight of the whole course."""
        return float(np.abs(np.nan_to_num(self.course.snapshots, posinf=0, neginf=0)).max())

    # -- another figure ---------------------------------------------------------------------

    def looked(self, **where: Any) -> CourseFigure:
        """This figure, looked at elsewhere; `snapshot` besides what every figure takes."""
        snapshot = self.snapshot if self.trains else where.get("snapshot", self.snapshot)
        within = min(max(snapshot, 0), len(self.course.snapshot_at) - 1)
        others = {name: value for name, value in where.items() if name != "snapshot"}
        after = replace(super().looked(**others), snapshot=within)
        if after.rest is None or (within, after.focus.unit) == (self.snapshot, self.focus.unit):
            return after
        return after.disturbed(after.disturb)  # another network or unit has another mean

    def with_number(self, address: str, value: float) -> CourseFigure:
        """This figure with C of the unit in focus held at another number: `moved({"C.2": 0.5})`.

        That of another unit, which a hand may still send after it looked away, changes nothing.
        """
        return replace(self, value=value) if address == self._address else self

    def bounds(self, address: str) -> tuple[float, float] | None:
        """How far C of a unit can be moved while the unit in focus is held; None for all else."""
        if self.rest is None or self.disturb != "unit" or address not in self._units:
            return None
        if self.network.plain:
            return -1.0, 1.0
        k = self._units.index(address)
        return min(-1.0, float(np.floor(self.rest.low[k]))), max(1.0, float(np.ceil(self.rest.high[k])))

    @property
    def _units(self) -> list[str]:
        """The addresses of the memories of all units."""
        return [f"C.{unit}" for unit in range(1, self.H + 1)]

    @property
    def _address(self) -> str:
        return self._units[self.focus.unit - 1]

    def look(self) -> dict[str, Any]:
        """What is looked at, as `looked` takes it."""
        return super().look() | {"snapshot": self.snapshot}

    def chose(self, choice: choose.Choice) -> CourseFigure | None:
        """This figure after a click or a key; None where that is not a figure's to decide."""
        if choice.get("picture") in ("curve", "moments"):
            return self.looked(snapshot=int(choice["t"]) - 1) if "t" in choice else self
        if choice.get("role") in ("key", "room", "unit", "phase"):
            return choose.chose(self, choice)
        return self.looked(t=choice["t"]) if "t" in choice else self

    # -- its pictures -----------------------------------------------------------------------

    def _sentence(self) -> str:
        """What happened last at or before the update in focus; while it trains, what is on screen."""
        said = self.words("learning.shows", t=self.focus.t, unit=self.focus.unit, update=self.update)
        before = [event for event in self.told if event.update <= self.update and event.key != "clipped"]
        if before:
            said = f"{said} {told(before[-1], self.words)}"
        return svg.tag("p", emphasised(said), class_="said")

    def _effect(self) -> str:
        """What the disturbed network gets right of all test sequences, and what it does undisturbed."""
        assert self.rest is not None, "only while something is disturbed"
        problem = self.course.problem
        score = score_of(self.network, problem, self._run(batch_of(problem).x))
        said = self.words(
            f"learning.disturb.{self.disturb}_says", unit=self.focus.unit, value=text(self.held_at),
            score=share(score, self.words), rest=share(self.rest.score, self.words),
        )  # fmt: skip
        return svg.tag("p", emphasised(said), class_="said")

    def answers(self) -> str:
        """What the network says at each step, and what is asked for."""
        shown, network = example(self.course.problem), self.network
        said = shown.answered(network.read_out(self.trace.h))
        symbols = self.course.problem.tolerance is None
        lines = self.trace.h if network.plain else None
        return answers(said, shown.wanted(), self.focus.t, self.words, symbols, lines, shown.labels)

    def curve(self) -> str:
        """Loss and score over the snapshots."""
        course = self.course
        return course_curve(
            course.snapshot_at.tolist(), loss_along(course), score_along(course), self.snapshot,
            course.problem.score, self.words, self._moments,
        )  # fmt: skip

    @cached_property
    def _moments(self) -> list[tuple[int, str]]:
        """What happened in the course, each with its snapshot: of the loss and the score, then of units."""
        of_note = [event for event in self.told if event.key in MOMENTS]
        first = sorted(of_note, key=lambda event: (event.unit is not None, event.update))[:MOST_MOMENTS]
        first.sort(key=lambda event: event.update)
        return [(snapshot_index(self.course, event.update), moment(event, self.words)) for event in first]
