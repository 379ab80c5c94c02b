"""What a link puts on screen: query -> **opened** -> experiment, focus, page, and what is still to be asked.

Nothing here knows a session or a screen. So whoever draws a page before there is a session, and the session
itself, set up the same.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace

from ..reading import reading_link
from ..training import plan
from ..workbench.experiment import Experiment
from ..workbench.focus import Focus
from ..workbench.link import Link, from_link
from ..workbench.opening import first_look
from . import lesson_link, plan_link, story_link
from .items import ITEMS, make
from .lesson_link import LessonLink, Part
from .question import Question
from .record import Asked
from .story import Story, begun, line_of
from .tasks import TASKS
from .tasks.task import Task
from .tours import TOURS, Stop

START = "start"
"""The page of the story, which the bare address opens."""


_OF_OTHERS = {
    *lesson_link.PARAMETERS, *plan.PARAMETERS, plan_link.PARAMETER, *reading_link.PARAMETERS,
    *story_link.PARAMETERS,
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What a link says, before it is known which page it is for.

    query : the parameters that say something of the experiment. link : what they say, with the problems of
        all others, too. lesson : what the link says of a lesson. story : where it is in the story, or None.
    """

    query: dict[str, str]
    link: Link
    lesson: LessonLink
    story: Story | None


@dataclass(frozen=True)
class Opened:
    """A page as it is first seen, or what a part of a lesson begins with.

    lesson : with the question that is put, if there is one. language : that the link asks for, or None.
    story : on the first page.
    """

    page: str
    experiment: Experiment
    focus: Focus
    lesson: LessonLink
    language: str | None = None
    story: Story | None = None


def of_experiment(query: Mapping[str, str]) -> dict[str, str]:
    """What of a query `workbench.link.from_link` reads: all but lesson, training, reading and story."""
    return {name: value for name, value in query.items() if name not in _OF_OTHERS}


def told(query: Mapping[str, str]) -> Told:
    """What a link says. Never raises: what is valid is used, and the rest is named."""
    own = of_experiment(query)
    link, (lesson, problems) = from_link(own), lesson_link.from_query(query)
    story, strange = story_link.from_query(query)
    link = replace(link, problems=(*link.problems, *problems, *strange))
    if lesson.view == "presenter":
        link = replace(link, focus=replace(link.focus, present=True))
        lesson = replace(lesson, view=None)
    return Told(own, link, lesson, story)


def opened(query: Mapping[str, str], page: str, gives_way: Container[str]) -> Opened:
    """What a reader who comes by a link sees at first. Never raises.

    page : the one in the address; "" where it names none, see `first_page`.
    gives_way : the pages that give way to the page of what a lesson begins with.
    """
    said = told(query)
    link, page = said.link, page or first_page(query, said.lesson)
    if page == START:
        story = said.story or Story()
        experiment, focus = on_start(said.query, link.focus, story)
        return Opened(page, experiment, focus, said.lesson, link.language, story)
    start = start_of(said.lesson, keeps="preset" in said.query)
    if start:
        focus = replace(start.focus, present=link.focus.present)
        there = start.page if page in gives_way else page
        return replace(start, page=there, focus=focus, language=link.language)
    if said.lesson.part:  # A part was begun already, and the link brings along what the reader made of it.
        return Opened(page, link.experiment, link.focus, said.lesson, link.language)
    experiment, focus = on_page(said.query, page, link.focus)
    return Opened(page, experiment, focus, said.lesson, link.language)


def first_page(query: Mapping[str, str], lesson: LessonLink) -> str:
    """The page that the bare address leads to: the story, that of a lesson, or the whole cell.

    It was the whole cell before there was a story, so it is that for a link to an experiment.
    """
    return START if story_link.asks_for_story(query) else page_of(lesson) or "overview"


def on_start(query: Mapping[str, str], focus: Focus, story: Story) -> tuple[Experiment, Focus]:
    """What a link says of the story: a run of its cell, or else what its chapter begins with."""
    link = from_link(query, START)
    experiment, there = begun(story.here, link.experiment)
    if "t" in query and line_of(link.experiment).labels == link.experiment.labels:
        return link.experiment, focus
    length = focus.length if "length" in query else there.length
    return experiment, replace(there, present=focus.present, length=length)


def on_page(query: Mapping[str, str], page: str, focus: Focus) -> tuple[Experiment, Focus]:
    """What a link says of this page, which decides what the link leaves open: preset, step and unit."""
    link = from_link(query, page)
    return link.experiment, replace(focus, t=link.focus.t, unit=link.focus.unit)


# -- lessons --------------------------------------------------------------------------------------


def start_of(lesson: LessonLink, keeps: bool = False) -> Opened | None:
    """What the open question or part starts from; None where nothing is open.

    keeps : whether a part that is no question keeps the experiment that is on screen; then None, too.
    """
    part = lesson.part
    if lesson.ask is None and part and part.kind == "item":
        lesson = replace(lesson, ask=Part("item", *part.place))
    if asked := lesson.ask:
        posed = make(*asked.place)
        focus = Focus(posed.case.t, posed.case.unit, posed.item.phase)
        return Opened(posed.item.page, posed.experiment, focus, lesson)
    if part is None or keeps:
        return None
    if stop := stop_of(lesson):
        return Opened(stop.page, stop.link.experiment, stop.link.focus, lesson)
    task = TASKS[part.key]
    experiment = task.start(part.number)
    return Opened(task.page, experiment, Focus(first_look(experiment)), lesson)


def task_of(lesson: LessonLink) -> Task | None:
    """The task that is worked on; None where there is none and while a question is on screen."""
    part = lesson.part
    return TASKS[part.key] if part and part.kind == "task" and not lesson.ask else None


def stop_of(lesson: LessonLink) -> Stop | None:
    """The open stop of a tour; None where no tour is open."""
    part = lesson.part
    return TOURS[part.key].stop(part.number) if part and part.kind == "tour" else None


def stop_on(lesson: LessonLink, page: str) -> Stop | None:
    """The open stop of a tour, if it is on this page and no question is asked in front of it."""
    stop = None if lesson.ask else stop_of(lesson)
    return stop if stop and stop.page == page else None


def page_of(lesson: LessonLink) -> str | None:
    """The page of the open question, task or stop; None where nothing is open.

    A lesson that waits for the number of a student asks for it on the page of lessons.
    """
    if lesson.waits:
        return "lessons"
    here = lesson.ask or lesson.part
    if here is None:
        return None
    if here.kind == "tour":
        return TOURS[here.key].stop(here.number).page
    return (ITEMS if here.kind == "item" else TASKS)[here.key].page


def to_ask(lesson: LessonLink, answered: Container[Asked] = ()) -> tuple[Question, ...]:
    """The questions whose answers the run on screen must not tell.

    These are the one on screen, and those of the lesson that are asked of the same run. answered : those that
    tell nothing any more; in a test there are none.
    """
    if not lesson.ask:
        return ()
    answered = answered if lesson.shows("answers") else ()
    same_run = (part for part in lesson.parts if part.run and part.run == lesson.ask.run)
    asked = dict.fromkeys((lesson.ask.place, *(part.place for part in same_run)))
    return tuple(make(*place) for place in asked if place not in answered)
