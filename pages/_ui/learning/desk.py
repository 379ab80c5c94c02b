"""What one reader trains and looks at: link, choices -> **desk** -> course on screen."""

from collections.abc import Generator
from dataclasses import dataclass, field, replace

import streamlit as st

from lstm_core.figure.course import DISTURBED
from lstm_core.training import Course, Training, learned
from lstm_core.training.curve import snapshot_index
from lstm_core.training.events import Event
from lstm_core.training.example import batch_of, example
from lstm_core.training.learned import LearnedUnit, beside_control
from lstm_core.training.plan import Plan, plan_of, shipped_name
from lstm_core.training.shipped import OPENS, shipped
from lstm_core.training.telling import Told, telling
from lstm_core.workbench.process_memory import process_memory

_DESK = "desk"
FIRST = "recall"
"""The problem that the page opens on."""

MOST_KEPT = 4
"""Courses that can stand side by side."""

_read: dict[str, Told] = {}
"""Name of a shipped course -> what was read off it, which is the same for every reader."""


@dataclass
class Desk:
    """The session's own part of the page.

    plan : the settings that are chosen. course : on screen; turn : how many were before it.
    update : the one in focus, None for the last. unit, t : those in focus, None for those that tell most.
    todo : the plans that are to be trained; comparing : whether they race, an update for each in turn.
    training : the last one; it can go on. racers : those that race, or raced last, side by side on the stage.
    paused : whether it rests. ahead : readers before this one in line.
    others : how many others train now.
    seconds : since the first slice of the training, without pauses; last : when the last slice began;
    began : when the page began to run.
    kept : courses side by side. fresh : whether something began, rests, ended or came into focus, so that
    the whole page has to be drawn.
    phase : the one of the step that is looked at; None for the whole cell.
    covered : whether an open question hides what stands below the pictures.
    read : what the course tells; None until it has been read.
    disturb, value : what is disturbed of the network on screen, as `CourseFigure` has it.
    solved : the trials that are done, with the course that does each; None where a unit was named.
    who : stands for this reader in the line.
    let_go : whether the process needed the memory of the courses for others, so that they are trained again.
    """

    plan: Plan
    course: Course
    turn: int = 1
    update: int | None = None
    unit: int | None = None
    t: int | None = None
    todo: list[Plan] = field(default_factory=list)
    comparing: bool = False
    training: Training | None = None
    racers: list[Training] = field(default_factory=list)
    paused: bool = False
    ahead: int = 0
    others: int = 0
    seconds: float = 0.0
    last: float = 0.0
    began: float = 0.0
    kept: list[Course] = field(default_factory=list)
    fresh: bool = False
    phase: str | None = None
    covered: bool = False
    read: Told | None = None
    disturb: str = DISTURBED[0]
    value: float | None = None
    solved: dict[str, Course | None] = field(default_factory=dict)
    who: object = field(default_factory=object)
    let_go: bool = False
    _reading: Generator[None, None, Told] | None = None
    _holder: tuple[tuple[int, int], int] = ((0, -1), 1)

    def __post_init__(self):
        process_memory.track(self, "courses", Desk.bytes, Desk.leave)

    # -- what it holds ----------------------------------------------------------------------

    def bytes(self) -> int:
        """Room that the courses take, without those that the app brings along."""
        courses = {
            id(course): course for course in (self.course, *self.kept, *self.solved.values()) if course
        }
        arrays = [
            array
            for course in courses.values()
            if not brought(course)
            for array in (course.losses, course.norms, course.scores, course.scored_at, course.snapshots)
        ]
        own = sum(one.bytes() for one in (self.training, *self.racers) if one is not None)
        return own + sum(array.nbytes for array in arrays)

    def leave(self) -> None:
        """Let go of the courses: the process needs the memory for others. The one on screen is trained again.

        The same seed gives the same course.
        """
        plans = list(self.todo) or [plan_of(self.course)]
        plans = [plan for plan in plans if plan.updates and shipped_name(plan) is None]
        self.training, self.racers, self.kept, self.paused, self.let_go = None, [], [], False, True
        self.solved = dict.fromkeys(self.solved)
        there = shipped_name(plan_of(self.course)) or self.course.problem.key
        self.show(shipped(there), self.update)
        self.todo, self.comparing = plans, False

    # -- what is on screen ------------------------------------------------------------------

    def show(self, course: Course, update: int | None = None) -> None:
        """Put another course on screen."""
        self.course, self.turn, self.update, self.racers = course, self.turn + 1, update, []
        self.unit = self.t = self.value = None
        self.disturb, self.fresh = DISTURBED[0], True
        self.forget_reading()

    def begin(self, plan: Plan) -> None:
        """Put the network of a plan on screen, as it is before the first update."""
        usual = plan_of(shipped(OPENS[plan.problem.key])).updates
        self.plan = plan if plan.updates else replace(plan, updates=usual)
        self.show(Training(plan.problem, plan.setup, plan.seed).course)

    @property
    def untrained(self) -> bool:
        """Whether nothing has been trained yet of what is on screen."""
        return not self.course.updates and not self.todo

    def forget_reading(self) -> None:
        """What the course tells has to be read again, because it went on."""
        self.read, self._reading = None, None

    @property
    def index(self) -> int:
        """The snapshot in focus, from 0."""
        return snapshot_index(self.course, self.update)

    @property
    def step(self) -> int:
        """The step in focus, from 1."""
        shown = example(self.course.problem)
        return min(self.t or shown.step, shown.T)

    @property
    def shown_unit(self) -> int:
        """The unit in focus, or the one that follows most closely what has to be held."""
        return self.unit if self.unit and self.unit <= self.course.setup.H else self.holder

    @property
    def holder(self) -> int:
        """The unit whose memory follows what has to be held most closely, at the end of the course so far."""
        state = (self.turn, self.course.updates // 60)
        if self._holder[0] != state:
            rows = self.rows(None)
            name = self.course.problem.holds
            best = max(rows, key=lambda row: abs(row.r[name]))
            before = next((row for row in rows if row.unit == self._holder[1]), best)
            # One that is hardly better does not take the place, so that the picture does not jump.
            clearly = abs(best.r[name]) > abs(before.r[name]) + 0.1 or state[0] != self._holder[0][0]
            self._holder = state, (best if clearly else before).unit
        return self._holder[1]

    def rows(self, update: int | None) -> list[LearnedUnit]:
        """What each unit does, after an update."""
        problem = self.course.problem
        return learned(self.course.network(update), batch_of(problem), problem.holds)

    def rows_at_end(self) -> list[LearnedUnit]:
        """What each unit does at the end, with its control, and its lesion as soon as that is known."""
        rows = beside_control(self.rows(None), self.rows(0))
        if self.read is None:
            return rows
        lesions = self.read.effects.lesions
        return [replace(row, lesion=lesion) for row, lesion in zip(rows, lesions, strict=True)]

    # -- what is read off it ----------------------------------------------------------------

    @property
    def told(self) -> list[Event]:
        """What happened in the course, as far as it has been read."""
        return self.read.events if self.read else []

    @property
    def is_read(self) -> bool:
        """Whether it is known what the course tells; nothing before the first update."""
        if not self.course.updates:
            return True
        if self.read is None:
            self.read = _read.get(shipped_name(plan_of(self.course)) or "")
        return self.read is not None

    def read_on(self) -> None:
        """Read a little more of the course."""
        if self._reading is None:
            self._reading = telling(self.course)
        try:
            next(self._reading)
        except StopIteration as end:
            self.read = end.value
            if name := shipped_name(plan_of(self.course)):
                _read[name] = end.value

    # -- what is to be done -----------------------------------------------------------------

    @property
    def trains(self) -> bool:
        """Whether a network trains, and does not rest."""
        return bool(self.todo) and not self.paused

    @property
    def works(self) -> bool:
        """Whether there is something to do now: to train, or to read off what was trained."""
        return self.trains or (not self.todo and not self.is_read)

    def train(self, *plans: Plan, comparing: bool = False) -> None:
        """Train this one, or let several race. comparing : their courses become those side by side."""
        self.todo, self.comparing, self.paused, self.training = list(plans), comparing, False, None
        self.racers = []
        if comparing:
            self.kept = []
        self.update, self.let_go = None, False
        self.disturb, self.value = DISTURBED[0], None

    def train_on(self, updates: int) -> None:
        """Let the last training go on by so many updates more."""
        training = self.training
        self.train(replace(plan_of(training.course), updates=updates))
        self.training, self.fresh = training, True

    def keep(self, course: Course) -> None:
        """Put a course beside the others; of more than MOST_KEPT the oldest goes."""
        self.kept = [*self.kept, course][-MOST_KEPT:]

    def end_comparing(self) -> None:
        """Keep the courses that raced, and show that with the chosen settings, or else the first.

        The racers stay on the stage until something else is shown.
        """
        racers, chosen = self.racers, (self.plan.setup, self.plan.seed)
        self.kept = [one.course for one in racers]
        course = next((one for one in self.kept if (one.setup, one.seed) == chosen), self.kept[0])
        self.comparing, self.plan = False, plan_of(course)
        self.show(course)
        self.racers = racers

    def pause(self) -> None:
        """Let the training rest, or go on."""
        self.paused, self.fresh = not self.paused, True

    def stop(self) -> None:
        """End the training; what there is of it stays."""
        self.todo, self.paused, self.fresh = [], False, True
        if self.comparing and self.racers:
            self.end_comparing()


def brought(course: Course) -> bool:
    """Whether it is one of the courses that the app brings along, which all readers share."""
    name = shipped_name(plan_of(course))
    return name is not None and course is shipped(name)


def desk() -> Desk:
    """The desk of this session."""
    if _DESK not in st.session_state:
        course = shipped(OPENS[FIRST])
        st.session_state[_DESK] = Desk(plan_of(course), course)
        st.session_state[_DESK].begin(plan_of(course))
    here = st.session_state[_DESK]
    process_memory.seen(here)
    return here
