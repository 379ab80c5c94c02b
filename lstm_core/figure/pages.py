"""The figure of a page: page, experiment, focus, lesson -> **figure**, with what the lesson covers."""

from collections.abc import Container
from dataclasses import replace
from typing import Any

from ..lessons.lesson_link import LessonLink
from ..lessons.opened import task_of, to_ask
from ..lessons.record import Asked
from ..lessons.story import Story
from ..view.strip import Row
from ..workbench.experiment import Experiment
from ..workbench.focus import ALL, Focus
from ..workbench.opening import phase_of
from .figure import FREE, Figure

ROWS = {
    "start": (Row("inputs"), Row("lines", 40, ("f", "i", "o")), Row("ledger", 60)),
    "overview": (
        Row("inputs"),
        Row("lines", 42, ("f", "i", "o")),
        Row("ledger", 52),
        Row("lines", 36, ("C_tilde", "h")),
    ),
    "forget_gate": (Row("inputs"), Row("lines", 50, ("f",)), Row("ledger", 84)),
    "input_gate": (
        Row("inputs"),
        Row("lines", 34, ("i",)),
        Row("lines", 34, ("C_tilde",)),
        Row("ledger", 62),
    ),
    "cell_state": (
        Row("inputs"),
        Row("provenance", 56),
        Row("ledger", 44),
        Row("lines", 30, ("f", "i")),
    ),
    "output_gate": (
        Row("inputs"),
        Row("lines", 32, ("o",)),
        Row("ledger", 54),
        Row("lines", 44, ("tanh_C", "h")),
    ),
    "trace": (
        Row("inputs"),
        Row("lines", 48, ("f", "i", "o")),
        Row("lines", 48, ("C_tilde", "h")),
        Row("lines", 48, ("C",)),
    ),
}
"""Page -> the rows of its strip over time, from top to bottom."""

PICTURES = {
    **dict.fromkeys(ROWS, ("cell", "walk", "strip")),
    "start": ("story", "cell", "strip"),
    "why_forget": ("how_it_grew", "why_forget"),
    "gradient": ("paths", "paths_below"),
    "trace": ("ledger", "strip"),
}
"""Page -> the names of its pictures, from top to bottom. Other pages show no figure of an experiment."""


GOES_BACK = ("overview", "gradient")
"""The pages on which a reader can walk back."""


def figure_of(
    page: str,
    experiment: Experiment,
    focus: Focus,
    lesson: LessonLink,
    language: str,
    answered: Container[Asked] = (),
    **seen: Any,
) -> Figure:
    """What a page shows of an experiment, with what its lesson covers, locks and lets a hand move.

    answered : questions that cover nothing any more. seen : other fields of `Figure`. Raises KeyError for a
        page without a figure.
    """
    task = task_of(lesson)
    return Figure(
        experiment,
        focus,
        language=language,
        rows=ROWS.get(page, ()),
        opens_on=ALL if task else phase_of(replace(focus, phase=None), page),
        covers=to_ask(lesson, answered),
        task=task,
        seed=lesson.part.number if task and lesson.part else 1,
        free=_free(experiment, lesson),
        locked=frozenset(name for name, control in _LOCKED.items() if lesson.locks(control)),
        plays=not lesson.ask,
        presents=not lesson.figure_alone,
        goes_back=page in GOES_BACK and not lesson.ask and not lesson.figure_alone,
        one_slider=lesson.figure_alone,
        **{
            "pictures": _pictures(page, experiment, focus, seen.get("story"), lesson.figure_alone)
            + ("goal",) * bool(task and not focus.present),
            **seen,
        },
    )


def _pictures(
    page: str, experiment: Experiment, focus: Focus, story: Story | None, alone: bool
) -> tuple[str, ...]:
    """The pictures of a page, or of a chapter of the story.

    On the page of the memory all units stand below, where there are several. A projector shows what moves, in
    letters that the last row can read, and nothing beside it; so does a figure alone in a frame.
    """
    if story:
        return story.here.pictures
    if (focus.present or alone) and page in _PRESENTED:
        return _PRESENTED[page]
    several = page == "cell_state" and experiment.H > 1 and not focus.present and not alone
    return PICTURES[page] + ("units",) * several


_PRESENTED = {"why_forget": ("why_forget",), "gradient": ("paths",)}


_LOCKED = {"t": "step", "unit": "unit"}


def _free(experiment: Experiment, lesson: LessonLink) -> frozenset[str]:
    """What a hand may move: nothing beside a question, weights alone in a task, and what a lesson allows."""
    if lesson.ask or not experiment.by_hand:
        return frozenset()
    free = {name for name in FREE if lesson.allows({"pins": "weights"}.get(name, name))}
    return frozenset(free & {"weights"} if task_of(lesson) else free)
