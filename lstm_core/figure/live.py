"""A figure over the kernel of a notebook: figure -> **widget** -> the experiment as it was changed.

The browser has the same scripts as the app (assets/figure/live.js puts them together), and the widget carries
their reports and the answers. It is made of anywidget, which runs in Jupyter, VS Code, Colab and marimo.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from .choose import KEYBOARD
from .figure import Figure
from .handles import GROUPS
from .line import Line, is_name
from .page import styles
from .scripts import script

if TYPE_CHECKING:
    from .looking import Looking

MOST_VIEWS = 64
"""Of one widget, whose reports are numbered; when there are more, the oldest is forgotten."""

STYLES = ("theme", "picture", "sliders", "live")

_MISSING = (
    "figure.live() needs the package anywidget: pip install 'lstm-gate-visualizer[notebook]', "
    "or pip install anywidget. Without it the figure itself, at the end of a cell, can be walked, "
    "but nothing in it can be changed."
)


class OverKernel:
    """A figure and all views of it in a notebook, whatever carries their messages.

    figure : as it was last changed and looked at.
    """

    def __init__(self, figure: Looking):
        self._line = Line()
        self._name, self._turns = uuid4().hex, 0
        self._taken: dict[str, int] = {}
        self._acted: dict[str, int] = {}
        self._put(in_hand(figure))

    def shown(self) -> dict[str, Any]:
        """What every view shows, for JSON.

        turn : as of `Line.show`. taken : view -> the number of its last report that was taken. pictures : of
        each its name, markup and digest. panels : of each its name, what stands above it, "" for nothing, and
        its sliders. keyboard : as KEYBOARD.
        """
        figure, words = self.figure, self.figure.words
        titles = {name: words(f"group.{name}") for name in GROUPS}
        return {
            "turn": self._turn,
            "taken": dict(self._taken),
            "pictures": [[name, *drawn] for name, drawn in self._drawn.items()],
            "panels": [
                [name, titles.get(name, ""), [slider.spec() for slider in panel]]
                for name, panel in figure.sliders().items()
            ],
            "keyboard": KEYBOARD,
        }

    def give(self, figure: Looking) -> None:
        """Another figure in its place. What was on its way to the one before is void."""
        self._turns += 1
        self._put(in_hand(figure))

    def heard(self, sent: object) -> dict[str, Any] | None:
        """What a view sent, which may be anything: to a report, the message to send back.

        With a hand that rests the figure is another one, and what is shown has to be told anew: None.
        """
        view = sent.get("view") if isinstance(sent, dict) else None
        if not isinstance(sent, dict) or not isinstance(view, str) or not is_name(view):
            return None
        if "rests" not in sent:
            answer = self._line.answer(sent.get("report"))
            return answer and {"view": view, "answer": answer}
        settled = self._line.settled(sent["rests"], self._acted.get(view, 0))
        if settled and settled.turn == self._turn:
            self._acted[view] = max(self._acted.get(view, 0), settled.acted)
            self._taken[view] = settled.seq
            for known in (self._acted, self._taken):
                while len(known) > MOST_VIEWS:
                    del known[next(iter(known))]
            self._put(settled.figure)
        return None

    def _put(self, figure: Any) -> None:
        self.figure, self._drawn = figure, self._line.show(figure, self._turn)

    @property
    def _turn(self) -> str:
        return f"{self._name}/{self._turns}"


def in_hand(figure: Looking) -> Looking:
    """The figure with the walk and all sliders, and what a double-click on one of them brings back."""
    if not isinstance(figure, Figure):
        return figure
    panels = figure.panels or ("t", *(GROUPS if figure.experiment.by_hand else ()))
    start = figure.start or figure.experiment
    return replace(figure.walked(), panels=panels, start=start, presents=False)


def widget(figure: Looking) -> Any:
    """The widget. Raises ImportError, which says what to install, where anywidget is missing."""
    return _widgets()(figure)


@cache
def _widgets() -> type:
    try:
        import anywidget
        import traitlets
    except ImportError as error:
        raise ImportError(_MISSING) from error

    class LiveFigure(anywidget.AnyWidget):
        """A figure whose numbers a hand can move.

        value : the experiment as it was changed last; another one can be put in its place, and
            `observe(..., "value")` tells of changes. None for a run that was recorded, in which nothing
            can be moved.
        figure : all that is on screen, with the step, unit and phase that are looked at.
        """

        _esm = module()
        shown = traitlets.Dict().tag(sync=True)
        value = traitlets.Any(None, allow_none=True)

        def __init__(self, figure: Looking):
            self._kernel = OverKernel(figure)
            super().__init__(shown=self._kernel.shown(), value=experiment_of(self.figure))
            self.on_msg(self._heard)

        @property
        def figure(self) -> Looking:
            return self._kernel.figure

        def _heard(self, _widget: object, sent: object, _buffers: object) -> None:
            before = self.figure
            if answer := self._kernel.heard(sent):
                self.send(answer)
            if self.figure is not before:
                self.value = experiment_of(self.figure)
                self.shown = self._kernel.shown()

        @traitlets.validate("value")
        def _checked(self, proposal: dict) -> Any:
            wanted, there = proposal["value"], experiment_of(self.figure)
            if type(wanted) is not type(there):
                raise traitlets.TraitError(
                    f"value: expected {type(there).__name__}, got {type(wanted).__name__}"
                )
            return wanted

        @traitlets.observe("value")
        def _given(self, change: dict) -> None:
            if change["new"] is not experiment_of(self.figure):
                given: Any = self.figure
                self._kernel.give(replace(given, experiment=change["new"], limits={}))
                self.shown = self._kernel.shown()

    return LiveFigure


def experiment_of(figure: Looking) -> Any:
    """The experiment of a figure; None for a run that was recorded."""
    return figure.experiment if isinstance(figure, Figure) else None


@cache
def module() -> str:
    """The module in the browser, as anywidget takes it. Each view has scripts, and so a line, of its own."""
    sheets = json.dumps(styles(STYLES))
    shows = f'return modules["live.js"].default(view, {sheets});'
    return f"export default {{ render(view) {{\n{script('live.js')}{shows}\n}} }};\n"
