"""The walk through one step: figure -> **diagram, buttons, keys** -> what only the page can do."""

from lstm_core.figure import Figure
from lstm_core.figure.choose import KEYBOARD, Choice
from lstm_core.workbench.focus import ALL

from .. import heading, session
from ..browser.hand import Hand
from ..lessons import lesson
from .choose import edit_group
from .pins import free

HEIGHT = "max(340px, 100vh - 560px)"
"""The most height of the diagram, so that it and the strip under it fit on one screen, a laptop's too."""

LARGE, LARGE_IN_TOUR = "calc(100vh - var(--rest, 440px))", "calc(100vh - var(--rest, 440px) - 40px)"
"""The most height in presenter mode: what heading, buttons, strip and slider leave, and a line of a tour.

assets/present.css says what `--rest` is on a large projector.
"""

PRESENTING = {" ": "next", "PageDown": "next", "PageUp": "back"}
"""What keys do in presenter mode: a clicker sends PageUp and PageDown, and goes from phase to phase."""


def diagram(hand: Hand) -> None:
    """The diagram of the step in focus with the phase in focus highlighted."""
    present = session.focus().present
    keys = KEYBOARD | presenting() | heading.keys()
    hand.picture("cell", f"diagram.{session.page()}", height(present, bool(lesson.stop_here())), keys)


def presenting() -> dict[str, str]:
    """The keys of a walk in presenter mode, without those that lead through a tour."""
    taken = heading.keys()
    there = PRESENTING if session.focus().present else {}
    return {key: act for key, act in there.items() if key not in taken}


def height(present: bool, in_tour: bool) -> str:
    """The most height of the diagram. in_tour : whether a stop of a tour is on the page."""
    return (LARGE_IN_TOUR if in_tour else LARGE) if present else HEIGHT


def diagram_file(figure: Figure) -> str:
    """The diagram as an SVG file, in the phase that the reader chose.

    It is made when the reader presses the button, after the page ran, and can't read the session then.
    """
    focus = figure.focus
    phase = None if focus.phase == ALL else focus.phase
    return figure.svg(phase)


def decide(choice: Choice) -> None:
    """Does what was chosen in the figure of a page and is not the figure's own to do."""
    role, value = choice.get("role"), str(choice.get("value", ""))
    if role == "unpin":
        free(str(choice.get("quantity", "")))
    elif role == "slider":
        edit_group(value)
    elif role == "key" and value == "present":
        session.look(present=True)
    elif role == "key":
        heading.press(value)
