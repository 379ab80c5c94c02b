"""A run that somebody looks at: experiment, focus -> **figure** -> pictures, sliders, sentence, link.

A figure never changes; it answers. Whoever moves a number or looks elsewhere gets another figure. It knows
no screen and no host: a server, a site, a notebook or a file hold it and show what it draws.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import urlencode

from ..backprop import Backprop, backprop
from ..lessons.cover import cover
from ..lessons.question import Question
from ..lessons.story import Story
from ..lessons.tasks.task import Task, sizes, wanted
from ..paths import MemoryPaths, memory_paths
from ..trace import LSTMTrace
from ..view.strip import Row
from ..workbench.experiment import Experiment
from ..workbench.focus import Focus
from ..workbench.link import to_link
from . import choose, draw, handles
from .looking import Looking
from .sliders import Slider

FREE = frozenset({"pins", "weights", "inputs", "start"})
"""What a hand may move: a gate that it pins, weights, inputs, and the state before step 1."""

ROWS = (Row("inputs"), Row("lines", 60, ("f", "i", "o")), Row("ledger", 80))


@dataclass(frozen=True, eq=False)
class Figure(Looking):
    """One run, looked at.

    experiment : the run. What is looked at is told in `Looking`.
    pictures : the names of those that it draws, keys of `draw.PICTURES`, in their order.
    rows : of the strip over time, from top to bottom.
    covers : questions whose answers nothing in the figure may tell.
    task, seed : a task that is worked on, and its variant; the memory that it wants is drawn behind that of
        the run.
    free : what a hand may move, of FREE.
    plays : whether it offers to play the walk. presents : whether it offers presenter mode.
    goes_back : whether it offers to walk back.
    panels : the names of the panels of sliders; see `sliders`.
    one_slider : whether of a group only one slider is shown, as in presenter mode.
    alone : which one that is; None for the first.
    start : the experiment whose numbers a double-click on a slider brings back; None for this one.
    story : the chapter of the first page that it is part of, or None.
    limits : address or kind -> how far it can be moved at least; it is kept while a number is moved.
    """

    experiment: Experiment
    focus: Focus = Focus()
    pictures: tuple[str, ...] = ("cell", "strip")
    rows: tuple[Row, ...] = ROWS
    covers: tuple[Question, ...] = ()
    task: Task | None = None
    seed: int = 1
    free: frozenset[str] = FREE
    plays: bool = True
    presents: bool = True
    goes_back: bool = False
    panels: tuple[str, ...] = ()
    one_slider: bool = False
    alone: str | None = None
    start: Experiment | None = None
    story: Story | None = None
    limits: Mapping[str, float] = field(default_factory=dict)

    # -- what it shows ----------------------------------------------------------------------

    def draw(self, exact: bool = True) -> dict[str, str]:
        """Name of each picture -> its markup.

        exact : whether the exact numbers are sent along, for a pointer to read off. A hand that drags reads
            nothing off.
        """
        drawn_by = draw.PICTURES if self.story is None else draw.PICTURES | draw.OF_STORY
        return {name: drawn_by[name](self, exact) for name in self.pictures}

    def with_phase(self) -> dict[str, str]:
        """Those of its pictures that another phase changes."""
        return replace(self, pictures=tuple(name for name in self.pictures if name in draw.WITH_PHASE)).draw()

    def sliders(self) -> dict[str, list[Slider]]:
        """Name of each panel -> its sliders."""
        return {name: handles.panel(self, name) for name in self.panels}

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

    def chose(self, choice: choose.Choice) -> Figure | None:
        """This figure after a click or a key; None where that is not a figure's to decide.

        In the story a letter of the strip chooses its step alone: the origin of its number would open below,
        and take the reader away from the chapter.
        """
        if self.story and choice.get("picture") == "strip" and "quantity" in choice:
            choice = {name: value for name, value in choice.items() if name != "quantity"} | {"role": "step"}
        return choose.chose(self, choice)

    def bounds(self, address: str) -> tuple[float, float] | None:
        """How far the number at an address can be moved; None where it cannot be, or is not there."""
        return handles.bounds(self, address)

    def walked(self) -> Figure:
        """This figure with the buttons of the walk under the cell."""
        walk = () if "walk" in self.pictures else ("walk",)
        pictures = (name for one in self.pictures for name in ((one, *walk) if one == "cell" else (one,)))
        return replace(self, pictures=tuple(pictures))

    def only_looked_at(self) -> Figure:
        """This figure where nobody is there who could move a number of it, as in a file."""
        focus = replace(self.focus, present=False, back=None)
        return replace(
            self.walked(),
            free=frozenset(),
            panels=("t",),
            alone=None,
            focus=focus,
            presents=False,
            goes_back=False,
        )

    # -- what its pictures are drawn from ---------------------------------------------------

    @cached_property
    def trace(self) -> LSTMTrace:  # type: ignore[override]
        """The run, without the numbers that would answer what it covers."""
        return self._covered(self.experiment.trace())

    @cached_property
    def walk(self) -> Backprop:
        """The walk back through the run."""
        return backprop(self.trace, self.focus.loss, self.focus.ways, self.focus.last)

    @cached_property
    def paths(self) -> MemoryPaths:
        """Over which paths the last memory of the unit in focus depends on each step."""
        return memory_paths(self.trace, self.focus.unit, self.focus.recurrence)

    @cached_property
    def unpinned(self) -> LSTMTrace | None:
        """The same run without its pins; None where it has none."""
        return self._covered(self.experiment.unpinned().trace()) if self.experiment.pins else None

    @cached_property
    def wanted(self) -> LSTMTrace | None:
        """What a cell does that solves the task, on the inputs on screen; None without a task for them."""
        task, on_screen = self.task, self.experiment
        if task is None or sizes(task, self.seed) != (on_screen.H, on_screen.D):
            return None
        return wanted(task, self.seed, on_screen.x)

    @property
    def runs(self) -> bool:
        """Whether it begins to play by itself: the first chapter of the story, until somebody touches it."""
        return self.story is not None and self.story.chapter == 1

    @property
    def walks_back(self) -> bool:
        return self.goes_back and self.focus.back is not None

    def _covered(self, trace: LSTMTrace) -> LSTMTrace:
        for asked in self.covers:
            trace = cover(trace, asked)
        return trace
