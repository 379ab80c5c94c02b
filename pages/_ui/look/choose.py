"""What a click in a picture beside the figure does: choice -> **figure looked at elsewhere** -> session."""

from lstm_core.figure.choose import Choice

from .. import figures, session
from ..line import line


def choose(choice: Choice) -> None:
    """Asks where the chosen number comes from, and puts the focus on its step and unit.

    A chosen unit only moves the focus, and a chosen weight opens its sliders.
    """
    session.touch()
    if choice.get("role") == "slider":
        edit_group(str(choice.get("value", "")))
    elif (on_screen := line().figure) and (after := on_screen.chose(choice)):
        figures.look(after)


def edit_group(address: str) -> None:
    """Opens the sliders of the gate whose weight this is, such as V_f.1.3."""
    session.ask_origin(None)
    session.edit_group(address[2:3])
