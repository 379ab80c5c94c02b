"""A run as it was recorded, looked at: trace -> **figure** -> the cell, the steps around the one in focus."""

from dataclasses import dataclass
from typing import ClassVar, Self

from ..readers.summary import between, window_of
from ..trace import LSTMTrace
from ..view.diagram import responsive_diagram
from ..view.strip import Row, time_strip
from ..workbench.focus import Focus
from . import choose
from .bar import play_bar, walk_bar
from .looking import Looking
from .sliders import Slider

ROWS = (Row("inputs"), Row("lines", 60, ("f", "i", "o")), Row("ledger", 80), Row("provenance", 70))


class OfAnyLength(Looking):
    """A run that nothing can be moved in, of any length; see `Looking` for what is looked at.

    rows : of the strip over time, from top to bottom.
    """

    rows: ClassVar[tuple[Row, ...]] = ROWS

    def draw(self, exact: bool = True) -> dict[str, str]:
        """The cell at the step in focus, the walk through it, and the steps around it."""
        return self.with_phase() | {"strip": self._strip(exact)}

    def with_phase(self) -> dict[str, str]:
        """The cell and the walk."""
        focus, words = self.focus, self.words
        cell = responsive_diagram(
            self.trace, focus.t, focus.unit, words, self.lit, arrangement=self.arrangement, sums_up=False,
            flows=True, **self.marked(),
        )  # fmt: skip
        playing = play_bar(words, self.phase, focus.t, self.T)
        return {"cell": cell + playing, "walk": walk_bar(words, self.phase)}

    def _strip(self, exact: bool = True) -> str:
        first, last = self.window
        part, t, ghost = between(self.trace, first, last), self.focus.t - first + 1, self.undisturbed
        return time_strip(
            part,
            self.focus.unit,
            t,
            list(self.rows),
            self.words,
            None if ghost is None else between(ghost, first, last),
            before=first - 1,
            exact=exact,
            ghost_says="learning.disturb.without",
        )

    @property
    def undisturbed(self) -> LSTMTrace | None:
        """The same run where nothing is held, which is drawn faintly behind; None where nothing is."""
        return None

    @property
    def window(self) -> tuple[int, int]:
        """The first and the last step that the strip shows, from 1."""
        return window_of(self.T, self.focus.t)

    def sliders(self) -> dict[str, list[Slider]]:
        """The step that is looked at."""
        label = (self.words("network.step_of", T=f"{self.T:,}"),)
        return {"t": [Slider("t", label, 1, self.T, self.focus.t, step=1)]}

    def chose(self, choice: choose.Choice) -> Self | None:
        """This figure after a click or a key; None where that is not a figure's to decide."""
        if choice.get("picture") == "strip" and "t" in choice:  # The strip counts the steps of its window.
            choice = {**choice, "t": int(choice["t"]) + self.window[0] - 1}
        if choice.get("role") == "band":
            choice = {**choice, "role": "step"}
        return choose.chose(self, choice)


@dataclass(frozen=True, eq=False)
class RunFigure(OfAnyLength):
    """A run of one sequence, in the order in which its cell reads it.

    trace : the run. Raises ValueError for a batch when it is drawn.
    """

    trace: LSTMTrace
    focus: Focus = Focus()
