"""The walk back at one step and phase: backprop -> **walk_back_picture** -> HTML with SVG in it."""

import re
from html import unescape

from ...backprop import Backprop
from ...labels import step_name
from ...words import Words
from ...workbench.focus import BACK_PHASES
from .. import svg
from ..diagram import ARRANGEMENTS
from ..typeset import emphasised
from .cell import backward_cell
from .origins import origins
from .over_time import walk_over_time
from .shown import ShownWalk
from .weights import weights_table

_TAG = re.compile("<[^>]*>")


def walk_back_picture(
    walk: Backprop,
    t: int,
    unit: int,
    phase: str,
    words: Words,
    arrangement: str | None = None,
    exact: bool = True,
) -> str:
    """All of the walk back: `walk_back_step`, and under it `walk_back_steps`."""
    step = walk_back_step(walk, t, unit, phase, words, arrangement)
    return step + walk_back_steps(walk, t, unit, words, exact)


def walk_back_step(
    walk: Backprop, t: int, unit: int, phase: str, words: Words, arrangement: str | None = None
) -> str:
    """The cell at one step with its gradients, and where those of a phase come from.

    t, unit : count from 1. phase : one of BACK_PHASES. words : the reader's language.
    arrangement : the one that fits the room, or None for both.
    Raises ValueError for a step or unit that the run does not have.
    """
    shown = _shown(walk, t, unit)
    lines = origins(shown, phase, words)
    about = words(f"back.says.{phase}", t=step_name(t, walk.trace.labels, words))
    if phase == BACK_PHASES[-1] and t > walk.first:
        about += f" {words('back.goes_on')}"
    says = f"{about.replace('**', '')} {spoken(lines)}"
    cells = "".join(
        svg.tag(
            "div", backward_cell(shown, phase, says, name), class_=name, data_key=name, data_lazy=""
        )
        for name in ARRANGEMENTS
        if arrangement in (name, None)
    )  # fmt: skip
    return (
        cells
        + svg.tag("p", emphasised(about), class_="said", data_key="about")
        + svg.tag("div", lines, class_="origins", data_heard="", data_key="origins")
    )


def walk_back_steps(walk: Backprop, t: int, unit: int, words: Words, exact: bool = True) -> str:
    """What arrives at every step, and the gradient of each weight of the unit. Raises as `walk_back_step`.

    exact : whether exact numbers are sent along, to be read off.
    """
    shown = _shown(walk, t, unit)
    about = svg.escaped(words("back.weights", unit=unit, t=step_name(t, walk.trace.labels, words)))
    weights = svg.tag("div", weights_table(shown, words), class_="sideways", data_key="sideways")
    above = svg.tag("p", about, class_="said", data_key="of-weights")
    return walk_over_time(shown, words, exact) + above + weights


def _shown(walk: Backprop, t: int, unit: int) -> ShownWalk:
    T, H = walk.trace.kept.shape
    for name, value, most in (("t", t, T), ("unit", unit, H)):
        if not 1 <= value <= most:
            raise ValueError(f"{name}: expected 1 to {most}, got {value}")
    return ShownWalk(walk, t, unit)


def spoken(html: str) -> str:
    """Lines of HTML as plain text, for those who listen."""
    return unescape(_TAG.sub("", html.replace("</p><p>", "; ")))
