"""The pictures of a figure: figure -> **markup** by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from ..labels import step_name
from ..lessons.story import READ_BY_LEARNED
from ..lessons.story import found as network_reads
from ..lessons.tasks.task import check_on_screen
from ..rounding import text
from ..training.curve import loss_along, score_along
from ..training.shipped import shipped
from ..view import svg
from ..view.backward import walk_back_picture, walk_back_step, walk_back_steps
from ..view.diagram import responsive_diagram
from ..view.growth import growth
from ..view.lessons import goal_line
from ..view.reading import read_text
from ..view.reading.read_text import letter_name
from ..view.strip import (
    LARGE,
    LETTERS,
    MAX_BAND_STEPS,
    for_fingers,
    gradient_details,
    gradient_paths,
    half_life_curve,
    ledger_line,
    life_of_band,
    presented,
    then_and_now,
    time_strip,
    units_over_time,
)
from ..view.strip.gradient_paths import HIGH, HIGHER
from ..view.training import course_curve
from ..view.typeset import emphasised
from ..workbench.focus import BACK_PHASES
from .bar import back_bar, loss_bar, play_bar, rnn_bar, turn_bar, walk_bar
from .handles import in_cell, in_strip
from .story_card import story_card

if TYPE_CHECKING:
    from .figure import Figure


def cell(figure: Figure, exact: bool = True) -> str:
    """The cell at the step in focus, the phase lit, and under it the button that plays.

    Where the reader walks back it holds gradients, and under it stands where they come from.
    """
    focus = figure.focus
    if figure.walks_back:
        at = focus.t, focus.unit, focus.back or BACK_PHASES[0]
        return walk_back_step(figure.walk, *at, figure.words, figure.arrangement)
    playing = play_bar(figure.words, figure.phase, focus.t, figure.T, figure.runs) if figure.plays else ""
    drawn = responsive_diagram(
        figure.trace, focus.t, focus.unit, figure.words, figure.lit, arrangement=figure.arrangement,
        grabs=in_cell(figure), flows=figure.plays, **figure.marked(),
    )  # fmt: skip
    return drawn + playing


def walk(figure: Figure, exact: bool = True) -> str:
    """The buttons from phase to phase, and those that turn the walk round."""
    words, focus = figure.words, figure.focus
    if figure.walks_back:
        bar = back_bar(words, focus.back or BACK_PHASES[0], turns=True)
        return bar + svg.tag("div", loss_bar(words, focus, figure.H), class_="bars", data_key="bars")
    return walk_bar(words, figure.phase, focus.present if figure.presents else None, figure.goes_back)


def strip(figure: Figure, exact: bool = True) -> str:
    """The run over time. The run without pins is drawn faintly behind."""
    focus = figure.focus
    if figure.walks_back:
        return walk_back_steps(figure.walk, focus.t, focus.unit, figure.words, exact)
    followed = () if figure.band is None else (str(figure.band),)
    rows = [replace(row, keys=followed) if row.kind == "provenance" else row for row in figure.rows]
    if focus.present:
        rows = presented(rows)
    grabs = in_strip(figure)
    if "x" in grabs and figure.arrangement == "narrow":
        rows = for_fingers(rows, figure.experiment.D)
    letters = LARGE if focus.present else LETTERS
    said = ""
    if any(row.kind == "provenance" for row in rows) and figure.T <= MAX_BAND_STEPS:
        said = life_of_band(figure.trace, focus.unit, focus.t, figure.band, figure.words)
    is_task = figure.wanted is not None
    return time_strip(
        figure.trace,
        focus.unit,
        focus.t,
        rows,
        figure.words,
        figure.wanted if is_task else figure.unpinned,
        letters,
        exact=exact,
        grabs=grabs,
        ghost_says="task_card.wanted" if is_task else "pin.without",
        ghost_keys=("C", "h") if is_task else (),
        said=said,
    )


def units(figure: Figure, exact: bool = True) -> str:
    """What the forget gate keeps, and C, of all units over time."""
    return units_over_time(figure.trace, figure.focus.unit, figure.focus.t, figure.words, exact=exact)


def goal(figure: Figure, exact: bool = True) -> str:
    """How far the task is on the inputs on screen; nothing without one."""
    if figure.task is None:
        return ""
    return goal_line(figure.task, check_on_screen(figure.task, figure.experiment, figure.seed), figure.words)


def ledger(figure: Figure, exact: bool = True) -> str:
    """What was kept, erased and written at the step in focus, in one sentence whose numbers add up."""
    trace, focus, words = figure.trace, figure.focus, figure.words
    return ledger_line(trace, focus.unit, focus.t, words, step_name(focus.t, trace.labels, words))


def how_it_grew(figure: Figure, exact: bool = True) -> str:
    """How the LSTM came out of the plain RNN, part by part; the same for every run."""
    return growth(figure.words)


def why_forget(figure: Figure, exact: bool = True) -> str:
    """The run without a forget gate beside the one with it, and how long a memory lasts with this bias.

    In presenter mode the two runs alone, as large as they get. Empty while a question is open, because both
    runs together would tell what it covers.
    """
    if figure.covers:
        return ""
    focus = figure.focus
    if focus.present:
        return sides(figure, exact)
    bias = figure.experiment.value(f"b_f.{focus.unit}")
    return sides(figure, exact) + half_life_curve(bias, focus.unit, figure.words)


def sides(figure: Figure, exact: bool = True) -> str:
    """The run without a forget gate beside the one with it, repeated over as many steps as are looked at.

    Empty while a question is open, for the same reason.
    """
    if figure.covers:
        return ""
    focus = figure.focus
    long = figure.experiment.unpinned().tiled(focus.length)
    without, gated = (long.with_variant(name).trace() for name in ("1997", "lstm"))
    t, T = min(focus.t, long.T), figure.experiment.T
    return then_and_now(without, gated, focus.unit, t, figure.words, T, exact, _HIGHER**focus.present)


def learned(figure: Figure, exact: bool = True) -> str:
    """How the training of the story went: loss and score, at its end."""
    course = shipped(READ_BY_LEARNED)
    updates, goal = course.snapshot_at.tolist(), course.problem.score
    curves = loss_along(course), score_along(course)
    return course_curve(updates, *curves, len(updates) - 1, goal, figure.words)


def found(figure: Figure, exact: bool = True) -> str:
    """The line of the story in the colours of a unit that follows brackets, of a network that reads code."""
    reading, unit = network_reads(figure.experiment)
    C, t = reading.trace.C[:, unit.unit - 1], min(figure.focus.t, len(reading.text))
    label, now = letter_name(reading.text[t - 1]), text(float(C[t - 1]))
    said = figure.words("story.found", unit=unit.unit, label=label, C=now)
    legend = svg.tag("p", emphasised(said), class_="said")
    return legend + read_text(reading.text, C, "C", reading.surprise, t, said.replace("**", ""))


def paths(figure: Figure, exact: bool = True) -> str:
    """How the last memory of the unit depends on each step: over which path, and on whose input.

    In its place the walk back, one step at a time, where the reader walks back.
    """
    focus = figure.focus
    turn = turn_bar(figure.words, figure.walks_back) if figure.goes_back else ""
    if figure.walks_back:
        phase = focus.back or BACK_PHASES[0]
        drawn = walk_back_picture(
            figure.walk, focus.t, focus.unit, phase, figure.words, figure.arrangement, exact
        )
        of = svg.tag("div", turn + loss_bar(figure.words, focus, figure.H), class_="bars", data_key="bars")
        return of + back_bar(figure.words, phase) + drawn
    high = HIGHER if focus.present else HIGH
    return turn + gradient_paths(figure.paths, focus.unit, focus.t, figure.words, exact, height=high)


def paths_below(figure: Figure, exact: bool = True) -> str:
    """What belongs to the paths and stands below them; nothing where the reader walks back."""
    if figure.walks_back:
        return ""
    focus = figure.focus
    drawn = gradient_details(figure.paths, focus.unit, focus.t, figure.words, exact)
    return rnn_bar(figure.words, focus.rnn) + drawn


_HIGHER = 1.5
"""Times as high as usual are the two runs in presenter mode, where nothing stands below them."""

PICTURES: dict[str, Callable[[Figure, bool], str]] = {
    "cell": cell,
    "walk": walk,
    "strip": strip,
    "units": units,
    "goal": goal,
    "ledger": ledger,
    "how_it_grew": how_it_grew,
    "why_forget": why_forget,
    "paths": paths,
    "paths_below": paths_below,
}
"""Name -> what draws the picture."""

WITH_PHASE = ("cell", "walk")
"""The pictures that show the phase; all others are the same at each phase of a step."""

OF_STORY: dict[str, Callable[[Figure, bool], str]] = {
    "story": story_card,
    "sides": sides,
    "learned": learned,
    "found": found,
}
"""The same for those that the story alone has."""
