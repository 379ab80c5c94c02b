"""What a teacher puts together: **plan** -> the shortest link that sets it up -> QR code, frame.

A plan may have parts: a tour, questions, tasks. Each part brings its own experiment and opens its own
page. The link of a plan without parts holds the page and the experiment that the teacher had on screen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from html import escape

from ..words import LANGUAGES
from ..workbench.experiment import Experiment
from ..workbench.focus import Focus
from ..workbench.link import from_link, to_link
from .lesson_link import CONTROLS, MOST_PARTS, LessonLink, Part, to_query

SHOWN, LOCKED, HIDDEN = STATES = ("shown", "locked", "hidden")
"""What a link can do to a control."""

LOCKABLE = tuple(control for control in CONTROLS if control not in ("downloads", "table"))
"""The controls that can be locked; the others can only be shown or hidden."""

EMBED, STUDENT = "embed", "student"

LONG = 300
"""A link of more characters makes a QR code too fine to be scanned from the back of a classroom."""

FRAME_HEIGHT = 640  # pixels


@dataclass(frozen=True)
class Plan:
    """A lesson that a teacher is putting together.

    page : where it opens if it has no parts. parts : what there is to do, in order.
    controls : control -> one of STATES; a control that is not in it is shown.
    view : one of `lesson_link.VIEWS`. language : None for the language of the student's browser.
    """

    page: str
    parts: tuple[Part, ...] = ()
    controls: dict[str, str] = field(default_factory=dict)
    view: str = STUDENT
    language: str | None = None

    def state(self, control: str) -> str:
        """What the lesson does to a control: one of STATES."""
        return self.controls.get(control, SHOWN)

    def with_control(self, control: str, state: str) -> Plan:
        """The plan with a control in another state. Raises ValueError for a state that it can't have."""
        if state not in states_of(control):
            raise ValueError(f"{control}: expected one of {states_of(control)}, got {state!r:.40}")
        return replace(self, controls={**self.controls, control: state})

    def with_parts(self, kind: str, wanted: Iterable[str]) -> Plan:
        """The plan with exactly these keys as its parts of a kind.

        A part that is there already stays at its place, a new one comes last.
        """
        wanted = list(wanted)
        parts = [part for part in self.parts if part.kind != kind or part.key in wanted]
        there = {part.key for part in parts if part.kind == kind}
        parts += [Part(kind, key) for key in wanted if key not in there]
        return replace(self, parts=tuple(parts[:MOST_PARTS]))

    def with_number(self, k: int, number: int) -> Plan:
        """The plan with another variant of its part k, counted from 0."""
        parts = list(self.parts)
        parts[k] = replace(parts[k], number=number)
        return replace(self, parts=tuple(parts))

    def raised(self, k: int) -> Plan:
        """The plan with its part k, counted from 0, moved up by one place."""
        parts = list(self.parts)
        if 0 < k < len(parts):
            parts[k - 1 : k + 1] = parts[k], parts[k - 1]
        return replace(self, parts=tuple(parts))


def states_of(control: str) -> tuple[str, ...]:
    """The states that one of CONTROLS can have."""
    return STATES if control in LOCKABLE else (SHOWN, HIDDEN)


def fits(plan: Plan, experiment: Experiment) -> bool:
    """Whether the link can hold the plan: an experiment that was uploaded may be too large for it."""
    return bool(plan.parts) or experiment.by_hand


def path(plan: Plan, experiment: Experiment, focus: Focus) -> str:
    """Page and parameters of the link, such as `/?lesson=tour.short`, without what is the default anyway.

    It has only characters that need no escape in an address.
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
    query = {} if plan.parts else _experiment(plan.page, experiment, focus)
    query |= taught | ({"lang": plan.language} if plan.language else {})
    said = "&".join(f"{name}={text}" for name, text in query.items())
    return f"/{'' if plan.parts else plan.page}{'?' if said else ''}{said}"


def framed(plan: Plan) -> Plan:
    """The same lesson to stand in a frame of another page, without menu and sidebar."""
    return replace(plan, view=EMBED)


def frame(link: str, title: str) -> str:
    """The HTML that shows a link in a frame of another page."""
    return (
        f'<iframe src="{escape(link)}" title="{escape(title)}" width="100%" height="{FRAME_HEIGHT}" '
        'style="border: 0" allow="fullscreen" loading="lazy"></iframe>'
    )


def _experiment(page: str, experiment: Experiment, focus: Focus) -> dict[str, str]:
    """The parameters of experiment, step and unit, without those that can be left out.

    A parameter is left out where the link without it sets up the same experiment and focus.
    """
    query = to_link(experiment, replace(focus, phase=None, present=False), LANGUAGES[0])
    told = from_link(query, page)
    for names in (set(query), {"own"}, {"v"}, {"lang"}, {"t"}, {"preset"}, {"seed"}):
        shorter = {name: text for name, text in query.items() if name not in names}
        without = from_link(shorter, page)
        if (without.experiment, without.focus) == (told.experiment, told.focus):
            query = shorter
    return query
