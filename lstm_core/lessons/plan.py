"""What a teacher puts together: **plan** -> the shortest link that sets it up -> QR code, frame.

A plan with something to do, a tour, questions or tasks, needs no experiment: each part brings its
own, and opens its own page. Without, the link holds the experiment and the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from html import escape

from ..words import LANGUAGES
from ..workbench.experiment import Experiment
from ..workbench.focus import Focus
from ..workbench.link import from_link, to_link
from .lesson import CONTROLS, MOST_PARTS, LessonLink, Part, to_query

SHOWN, LOCKED, HIDDEN = STATES = ("shown", "locked", "hidden")
"""What a link does to a control."""

LOCKABLE = tuple(control for control in CONTROLS if control not in ("downloads", "table"))
"""The controls that can be seen and not moved; the others are shown or hidden."""

EMBED, STUDENT = "embed", "student"

LONG = 300
"""Characters from which on a QR code is too fine to be read from the back of a classroom."""

FRAME_HEIGHT = 640


@dataclass(frozen=True)
class Plan:
    """A lesson as it is put together.

    page : where it opens, as long as no part says so. parts : what is to do, in order.
    controls : control -> one of STATES; what is not in it is shown.
    view : one of `lesson_link.VIEWS`. language : None for that of the student's browser.
    """

    page: str
    parts: tuple[Part, ...] = ()
    controls: dict[str, str] = field(default_factory=dict)
    view: str = STUDENT
    language: str | None = None

    def state(self, control: str) -> str:
        return self.controls.get(control, SHOWN)

    def with_control(self, control: str, state: str) -> Plan:
        """Raises ValueError for a state that the control can't have."""
        if state not in states_of(control):
            raise ValueError(f"{control}: expected one of {states_of(control)}, got {state!r:.40}")
        return replace(self, controls={**self.controls, control: state})

    def with_parts(self, kind: str, wanted: Iterable[str]) -> Plan:
        """The parts of a kind are those of these keys: new ones come last, the rest stay where they are."""
        wanted = list(wanted)
        kept = [part for part in self.parts if part.kind != kind or part.key in wanted]
        there = {part.key for part in kept if part.kind == kind}
        kept += [Part(kind, key) for key in wanted if key not in there]
        return replace(self, parts=tuple(kept[:MOST_PARTS]))

    def with_number(self, k: int, number: int) -> Plan:
        """Another variant of the part at a place, from 0."""
        parts = list(self.parts)
        parts[k] = replace(parts[k], number=number)
        return replace(self, parts=tuple(parts))

    def raised(self, k: int) -> Plan:
        """The part at a place, from 0, one place further up."""
        parts = list(self.parts)
        if 0 < k < len(parts):
            parts[k - 1 : k + 1] = parts[k], parts[k - 1]
        return replace(self, parts=tuple(parts))


def states_of(control: str) -> tuple[str, ...]:
    """What can be done to one of CONTROLS."""
    return STATES if control in LOCKABLE else (SHOWN, HIDDEN)


def fits(plan: Plan, experiment: Experiment) -> bool:
    """Whether the link can hold it: an experiment that was uploaded may be too large."""
    return bool(plan.parts) or experiment.by_hand


def path(plan: Plan, experiment: Experiment, focus: Focus) -> str:
    """Page and parameters of the link, without what is the default anyway: `/?lesson=tour.short`.

    All characters stand in an address as they are; nothing has to be escaped.
    """
    lesson = LessonLink(
        plan.parts,
        hide=tuple(control for control in CONTROLS if plan.state(control) == HIDDEN),
        lock=tuple(control for control in CONTROLS if plan.state(control) == LOCKED),
        view=None if plan.view == STUDENT else plan.view,
        at=1 if plan.parts else 0,
    )
    taught = to_query(lesson)
    if plan.parts:
        taught["lesson"] = "~".join(str(part).removesuffix(".1") for part in plan.parts)
    query = {} if plan.parts else _experiment(experiment, focus)
    query |= taught | ({"lang": plan.language} if plan.language else {})
    said = "&".join(f"{name}={text}" for name, text in query.items())
    return f"/{'' if plan.parts else plan.page}{'?' if said else ''}{said}"


def framed(plan: Plan) -> Plan:
    """The same lesson within another page: without menu and sidebar."""
    return replace(plan, view=EMBED)


def frame(link: str, title: str) -> str:
    """The HTML that shows the link within another page."""
    return (
        f'<iframe src="{escape(link)}" title="{escape(title)}" width="100%" height="{FRAME_HEIGHT}" '
        'style="border: 0" allow="fullscreen" loading="lazy"></iframe>'
    )


def _experiment(experiment: Experiment, focus: Focus) -> dict[str, str]:
    """What a link has to say of the experiment and of the step and unit in focus, and nothing else."""
    query = to_link(experiment, replace(focus, phase=None, present=False), LANGUAGES[0])
    told = from_link(query)
    for name in ("own", "v", "lang", "preset", "seed", "t"):
        shorter = {other: text for other, text in query.items() if other != name}
        without = from_link(shorter)
        if (without.experiment, without.focus) == (told.experiment, told.focus):
            query = shorter
    return query
