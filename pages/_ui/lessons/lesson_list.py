"""What there is to do and what came of it: tours, questions, tasks -> a click -> **lesson** and its page."""

import streamlit as st

from lstm_core.lessons.items import items_of
from lstm_core.lessons.lesson_link import Part
from lstm_core.lessons.question import SEEDS
from lstm_core.lessons.record import Attempt, Prediction, outcome_key
from lstm_core.lessons.tasks import TASKS
from lstm_core.lessons.tours import TOURS
from lstm_core.lessons.verdict import MISSED, RIGHT, SKIPPED
from lstm_core.training.trials import TRIALS
from lstm_core.words import Words

from .. import link, session
from ..site import PAGES, START, page_named
from . import lesson, question

MARKS = {RIGHT: "✓", MISSED: "✗", SKIPPED: "–"}
"""A sign for each outcome, so that the page does not depend on colour."""

_CARD = {"border": True, "height": "stretch", "vertical_alignment": "distribute"}
_BEGUN, _SEED, _SEED_FIELD = "lessons.begun", "lesson_list.seed", "lessons.seed"


def go_on() -> None:
    """Open the page of what was begun here with a click.

    A link to this page that also names a lesson does not lead away from it.
    """
    if not st.session_state.pop(_BEGUN, False):
        lesson.stay()
    link.go_on()


def open_next() -> None:
    """Let `go_on` open the page of what was just begun."""
    st.session_state[_BEGUN] = True


def tours(words: Words) -> None:
    """The story for whoever is alone, and both tours, each with its stops."""
    st.subheader(words("lessons.tours"), anchor=False)
    st.page_link(page_named(START, words), label=words("lessons.story"))
    for column, tour in zip(st.columns(len(TOURS)), TOURS.values(), strict=True):
        with column.container(key=f"tour_{tour.key}", **_CARD):
            stops = " → ".join(words(stop.title_key) for stop in tour.stops)
            st.markdown(f"**{words(tour.name_key)}**\n\n{stops}")
            _begin(words("lessons.begin"), f"begin.tour.{tour.key}", _begin_part, Part("tour", tour.key))


def questions(words: Words) -> None:
    """The questions of each page by level, each under what it asks, and what came of it."""
    st.subheader(words("lessons.questions"), anchor=False)
    says, field = st.columns([5, 1], vertical_alignment="bottom")
    says.markdown(words("lessons.questions_say"))
    session.set_widget(_SEED_FIELD, st.session_state.get(_SEED, SEEDS[1]))
    field.number_input(
        words("lessons.seed"), SEEDS[1], SEEDS[-1], key=_SEED_FIELD, help=words("lessons.seed_help"),
        on_change=_reseed,
    )  # fmt: skip
    told = lesson.record().predictions if lesson.tells_answers() else {}
    newest = {one.item: one for one in told.values()}
    with st.container(border=True, key="questions", gap="small"):
        for page in filter(items_of, PAGES):
            _of_page(words, page, newest)


def _of_page(words: Words, page: str, newest: dict[str, Prediction]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"questions_{page}"):
        st.markdown(f"**{words(f'page.{page}')}**", width=130)
        level = 0
        for item in items_of(page):
            if item.level != level:
                level = item.level
                st.markdown(f":gray[{words('lessons.level', level=level)}]", width="content")
            name, outcome = words(item.name_key), newest[item.key].outcome if item.key in newest else None
            label = f"{name} {MARKS[outcome]}" if outcome else name
            help = words(outcome_key(outcome)) if outcome else words("lessons.ask_help")
            _begin(label, f"ask.{item.key}", _ask, item.key, help=help)


def tasks(words: Words) -> None:
    """The tasks from easy to hard."""
    st.subheader(words("lessons.tasks"), anchor=False)
    st.markdown(words("lessons.tasks_say"))
    in_a_row = 3
    for first in range(0, len(TASKS), in_a_row):
        columns = st.columns(in_a_row)
        for column, (n, task) in zip(columns, list(enumerate(TASKS.values(), 1))[first:], strict=False):
            tried = [one for one in lesson.record().attempts.values() if one.task == task.key]
            best = next((one for one in tried if one.outcome == RIGHT), tried[-1] if tried else None)
            with column.container(key=f"task_{task.key}", **_CARD):
                done = f" {MARKS[best.outcome]}" if best else ""
                st.markdown(f"**{n} · {words(task.name_key)}{done}**\n\n{words(task.aim_key)}")
                with st.container(horizontal=True, vertical_alignment="center"):
                    _begin(
                        words("lessons.begin"), f"begin.task.{task.key}", _begin_part, Part("task", task.key)
                    )
                    if best:
                        _how(words, best)


def _how(words: Words, best: Attempt) -> None:
    """With how many numbers, tries and hints a task was solved, or not yet."""
    took = {"tries": best.tries, "hints": best.hints}
    if best.outcome == RIGHT:
        st.caption(words("lessons.solved", n=best.changed, least=best.fewest, **took))
    else:
        st.caption(words("lessons.tried", **took))


def trials(words: Words) -> None:
    """The trials of the page Learning, with what came of each; they are worked on there."""
    st.subheader(words("lessons.trials"), anchor=False)
    done = lesson.record().trained
    for column, (key, trial) in zip(st.columns(len(TRIALS)), TRIALS.items(), strict=True):
        with column.container(key=f"trial_card_{key}", **_CARD):
            mark = f" {MARKS[done[key].outcome]}" if key in done else ""
            aim = words(f"learning.task.{key}.aim", **trial.told)
            st.markdown(f"**{words(f'learning.task.{key}.name')}{mark}**\n\n{aim}")
    _begin(words("page.learning"), "begin.learning", session.does(lesson.go, "learning"))


def _begin(label: str, key: str, on_click, *args, help: str | None = None) -> None:
    st.button(label, key=key, help=help, on_click=on_click, args=args)


def _begin_part(part: Part) -> None:
    session.touch()
    lesson.begin((part,))
    open_next()


def _ask(key: str) -> None:
    session.touch()
    lesson.end()
    question.forget()
    lesson.ask(key, st.session_state.get(_SEED, SEEDS[1]))
    open_next()


def _reseed() -> None:
    session.touch()
    st.session_state[_SEED] = st.session_state[_SEED_FIELD]
