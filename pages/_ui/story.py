"""The story on the first page: which chapter is open, and what a reader did: **story** -> link, session.

The story has an experiment of its own, a line of text. What was on screen before comes back after it.
"""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from lstm_core.lessons import story_link
from lstm_core.lessons.opened import START, on_start
from lstm_core.lessons.story import CHAPTERS, RECAP, Story, begun, line_of, redone
from lstm_core.view.typeset import read_out
from lstm_core.workbench import brackets
from lstm_core.workbench.experiment import Experiment
from lstm_core.workbench.focus import Focus

from . import session
from .browser import hand

_STORY, _BEFORE, _BARE = "story", "story.before", "story.bare"
LINE = "story.line"


def story() -> Story:
    """Where this reader is in the story."""
    return st.session_state.get(_STORY, Story())


def tell(told: Story) -> None:
    """Put another place of the story on screen."""
    st.session_state[_STORY] = told


def query() -> dict[str, str]:
    """What the story adds to a link."""
    return story_link.to_query(story())


def enter(page: str, before: str, asked: Mapping[str, str] | None) -> None:
    """Begin the open chapter where its page was opened, and bring back what was on screen after it.

    before : the page that was open. asked : what the link says of the experiment; None where none was opened.
    """
    held = None
    if asked is not None or page != before:
        held = st.session_state.pop(_BEFORE, None)
    if page != START:
        if held and before == START and asked is None:
            _show(*held)
    elif asked is not None:
        _show(*on_start(asked, session.focus(), story()))
    elif before != START:
        now = session.experiment()
        if now != line_of(now):
            st.session_state[_BEFORE] = now, session.focus()
        _show(*begun(story().here, now))


def go(chapter: int) -> None:
    """Open a chapter, with nothing moved in the line that is read."""
    tell(replace(story(), chapter=chapter))
    _show(*begun(story().here, session.experiment()))
    session.ask_origin(None)
    words, key = session.words(), story().here.key
    again = redone(story(), session.experiment(), words) if chapter == RECAP else []
    said = [words(f"story.{key}.says"), *(answer.text for _, answer in again), words(f"story.{key}.do")]
    hand.tell(read_out(" ".join(said)))


def turn(by: int) -> None:
    """Open the chapter after this one, or before it; at the ends of the story nothing happens."""
    session.touch()
    if 1 <= story().chapter + by <= len(CHAPTERS):
        go(story().chapter + by)


def read_line() -> None:
    """Let the cell read the line that a reader wrote, from the first letter on."""
    session.touch()
    line = brackets.split(st.session_state[LINE])
    st.session_state[_BARE] = not brackets.first_pair(line)
    if not st.session_state[_BARE]:
        _show(*begun(story().here, brackets.written(line_of(session.experiment()), line)))


def is_bare() -> bool:
    """Whether the line that was written last has nothing inside brackets; told once."""
    return st.session_state.pop(_BARE, False)


def line() -> str:
    """The line that the cell reads."""
    return "".join(session.experiment().labels)


def _show(experiment: Experiment, focus: Focus) -> None:
    focus = replace(focus, present=session.focus().present)
    if (experiment, focus) != (session.experiment(), session.focus()):
        session.begin(experiment)
        session.look_at(focus)
