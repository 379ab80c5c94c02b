"""What a teacher puts together: **plan** -> the shortest link that sets it up -> QR code, frame.

A plan may have parts: a tour, questions, tasks. Each part brings its own experiment and opens its own
page; an item of the group OWN is asked of the experiment that the teacher had on screen. The link of a
plan without parts holds that experiment and a page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from html import escape

from ..words import FIRST
from ..workbench.experiment import Experiment
from ..workbench.focus import Focus
from ..workbench.link import from_link, to_link
from .items import make, suits
from .lesson_link import CONTROLS, MOST_PARTS, OWN, LessonLink, Part, to_query
from .own_run import HERE, word_of

SHOWN, LOCKED, HIDDEN = STATES = ("shown", "locked", "hidden")
"""What a link can do to a control."""

LOCKABLE = tuple(control for control in CONTROLS if control not in ("downloads", "table", "answers"))
"""The controls that can be locked; the others can only be shown or hidden."""

EMBED, STUDENT = "embed", "student"

LONG = 300
"""A link of more characters makes a QR code too fine to be scanned from the back of a classroom."""

FRAME_HEIGHT = 640  # pixels

_VARIANTS = 40  # of an item that are tried to find one at a step of its own


@dataclass(frozen=True)
class Plan:
    """A lesson that a teacher is putting together.

    page : where it opens if it has no parts. parts : what there is to do, in order; the items of the
        group OWN have `own_run.HERE` for a run.
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

    def with_parts(self, group: str, wanted: Iterable[str]) -> Plan:
        """The plan with exactly these keys as its parts of a group.

        A part that is there already stays at its place, a new one comes last.
        """
        wanted = list(wanted)
        parts = [part for part in self.parts if part.group != group or part.key in wanted]
        there = {part.key for part in parts if part.group == group}
        new = [key for key in wanted if key not in there]
        parts += [Part("item", key, run=HERE) if group == OWN else Part(group, key) for key in new]
        return replace(self, parts=tuple(parts[:MOST_PARTS]))

    def with_number(self, k: int, number: int) -> Plan:
        """The plan with another variant of its part k, counted from 0."""
        parts = list(self.parts)
        parts[k] = replace(parts[k], number=number)
        return replace(self, parts=tuple(parts))

    def with_each(self, k: int, each: bool) -> Plan:
        """The plan whose part k, counted from 0, has a variant for each student, or one for all."""
        parts = list(self.parts)
        parts[k] = self._next_of(replace(parts[k], each=each))
        return replace(self, parts=tuple(parts))

    def with_another(self, k: int) -> Plan:
        """The plan with another variant of its part k, counted from 0, after it, where there is room."""
        another = (*self.parts[: k + 1], self._next_of(self.parts[k]), *self.parts[k + 1 :])
        return replace(self, parts=another) if len(another) <= MOST_PARTS else self

    def _next_of(self, part: Part) -> Part:
        """The part with the first number, from 1, that the plan does not have yet."""
        numbered = (replace(part, number=n) for n in range(1, MOST_PARTS + 2))
        return next(one for one in numbered if one not in self.parts)

    def asked_of(self, experiment: Experiment) -> Plan:
        """The plan with the run of an experiment for HERE, without the items that can't be asked of it."""
        word = word_of(experiment)
        parts = (
            replace(part, run=word or "") if part.run else part for part in self.parts if word or not part.run
        )
        return replace(self, parts=tuple(one for one in parts if not one.run or suits(one.key, one.run)))

    def in_order_of_steps(self, experiment: Experiment) -> Plan:
        """The plan whose items of the group OWN have their places in the order of their steps.

        A new one of variant 1 that would share its step with another takes the first variant that does not.
        """
        word = word_of(experiment)
        own = [part for part in self.parts if part.run]
        if not word or not all(suits(part.key, word) for part in own):
            return self
        placed: list[tuple[int, Part]] = []
        for part in own:
            taken = {step for step, _ in placed}
            others = (replace(part, number=n) for n in range(1, _VARIANTS + 1)) if part.number == 1 else ()
            steps = [(make(part.key, one.number, word).case.t, one) for one in (part, *others)]
            placed.append(next((one for one in steps if one[0] not in taken), steps[0]))
        ordered = iter(part for _, part in sorted(placed, key=lambda one: one[0]))
        return replace(self, parts=tuple(next(ordered) if part.run else part for part in self.parts))

    def raised(self, k: int) -> Plan:
        """The plan with its part k, counted from 0, moved up by one place."""
        parts = list(self.parts)
        if 0 < k < len(parts):
            parts[k - 1 : k + 1] = parts[k], parts[k - 1]
        return replace(self, parts=tuple(parts))


def out_of_order(parts: Iterable[Part]) -> bool:
    """Whether a question comes after one of the same run that tells its answer, as the later steps do."""
    last: dict[str, int] = {}
    for asked in (make(*part.place) for part in parts if part.run):
        if asked.case.t <= last.get(asked.run, 0):
            return True
        last[asked.run] = max([asked.case.t, *asked.steps])
    return False


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
    plan = plan.asked_of(experiment)
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
    query = to_link(experiment, replace(focus, phase=None, present=False), FIRST)
    told = from_link(query, page)
    for names in (set(query), {"own"}, {"v"}, {"lang"}, {"t"}, {"preset"}, {"seed"}):
        shorter = {name: text for name, text in query.items() if name not in names}
        without = from_link(shorter, page)
        if (without.experiment, without.focus) == (told.experiment, told.focus):
            query = shorter
    return query
