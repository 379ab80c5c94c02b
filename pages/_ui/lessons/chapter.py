"""What a hand does in a chapter of the story: settled, choice -> **chapter** -> session, story, page."""

from dataclasses import replace

from lstm_core.figure.choose import Choice
from lstm_core.figure.line import Settled
from lstm_core.lessons.story import CHAPTERS, answer, deed, link_of
from lstm_core.view.typeset import read_out

from .. import figures, link, session, story
from ..browser.hand import tell
from ..look import walk


def take(settled: Settled) -> None:
    """Puts on screen what a hand moved, and remembers and tells what it did."""
    figures.take(settled)
    here = story.story()
    now = session.experiment(), session.focus(), session.words()
    if (said := answer(here.here, *now)).done:
        tell(read_out(said.text))
    if done := deed(here.here, *now):
        story.tell(replace(here, deeds={**here.deeds, here.here.key: done}))


def decide(choice: Choice) -> None:
    """Does what was chosen in the card of a chapter, or in the cell."""
    role, value = choice.get("role"), str(choice.get("value", ""))
    if role == "chapter" and value in {str(n) for n in range(1, len(CHAPTERS) + 1)}:
        story.go(int(value))
    elif role == "open" and story.story().here.key == value:
        here = story.story().here
        there = link_of(here, session.experiment())
        # A page that shows no experiment takes along the one on screen.
        link.turn_to(here.page, there if "preset" in there else link.current() | there)
    else:
        walk.decide(choice)
