"""A training, looked at: course, snapshot -> **figure** -> curve, answers, strip, cell, weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from ..trace import LSTMTrace
from ..training import Course
from ..training.curve import loss_along, score_along
from ..training.events import Event
from ..training.example import example
from ..training.network import Network
from ..view import svg
from ..view.diagram import responsive_diagram
from ..view.strip import LARGE, LETTERS, Row, time_strip
from ..view.training import answers, course_curve, told, weights
from ..view.typeset import emphasised
from ..workbench.focus import ALL, Focus
from . import choose
from .bar import play_bar
from .looking import Looking
from .sliders import Slider

ROWS = (Row("inputs"), Row("lines", 44, ("f", "i", "o")), Row("ledger", 48))


@dataclass(frozen=True, eq=False)
class CourseFigure(Looking):
    """The network after one update of a training, on one test sequence; see `Looking` for what is looked at.

    course : the training so far. snapshot : the one in focus, from 0; see `Course.snapshot_at`.
    told : what the course tells, as far as it is known. trains : whether it goes on, so that nobody can move
        through it.
    """

    course: Course
    snapshot: int
    focus: Focus = Focus()
    language: str = "en"
    told: Sequence[Event] = ()
    trains: bool = False
    opens_on: str = ALL
    chosen: str | None = None
    place: int | None = None
    band: int | None = None
    locked: frozenset[str] = frozenset()
    arrangement: str | None = None

    @cached_property
    def network(self) -> Network:
        """The network after the update in focus."""
        return self.course.network(self.update)

    @cached_property
    def trace(self) -> LSTMTrace:  # type: ignore[override]
        """Its run over the sequence that is looked at."""
        shown = example(self.course.problem)
        return self.network.run(shown.x, labels=shown.labels)  # type: ignore[return-value]

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
        drawn = {"told": self._sentence(), "answers": self._answers()}
        if not self.network.plain:
            letters = LARGE if focus.present else LETTERS
            drawn["strip"] = time_strip(
                self.trace, focus.unit, focus.t, list(ROWS), words, letters=letters, exact=exact
            )
            cell = responsive_diagram(
                self.trace, focus.t, focus.unit, words, self.lit, arrangement=self.arrangement, flows=True
            )
            drawn["cell"] = cell + play_bar(words, self.phase, focus.t, self.T)
        return drawn | {"curve": self._curve(), "weights": self._weights()}

    def sliders(self) -> dict[str, list[Slider]]:
        """The time machine: which snapshot is looked at."""
        label = (self.words("learning.after_update", update=self.update),)
        last = len(self.course.snapshot_at) - 1
        return {"snapshot": [Slider("snapshot", label, 0, last, self.snapshot, step=1, locked=self.trains)]}

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
        return replace(super().looked(**others), snapshot=within)

    def look(self) -> dict[str, Any]:
        """What is looked at, as `looked` takes it."""
        return super().look() | {"snapshot": self.snapshot}

    def chose(self, choice: choose.Choice) -> CourseFigure | None:
        """This figure after a click or a key; None where that is not a figure's to decide."""
        if choice.get("picture") == "curve":
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

    def _answers(self) -> str:
        shown, network = example(self.course.problem), self.network
        said = shown.answered(network.read_out(self.trace.h))
        symbols = self.course.problem.tolerance is None
        lines = self.trace.h if network.plain else None
        return answers(said, shown.wanted(), self.focus.t, self.words, symbols, lines, "h", shown.labels)

    def _curve(self) -> str:
        course = self.course
        return course_curve(
            course.snapshot_at.tolist(), loss_along(course), score_along(course), self.snapshot,
            course.problem.score, self.words,
        )  # fmt: skip

    def _weights(self) -> str:
        network = self.network
        return weights(network.params, self.largest, self.focus.unit, self.words, network.plain)
