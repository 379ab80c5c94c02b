"""What one reader reads and looks at: session -> **figure** -> session, when the hand rests."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from zlib import crc32

import streamlit as st

from lstm_core.figure.line import Settled
from lstm_core.figure.reading import ReadingFigure
from lstm_core.lessons.question import Question
from lstm_core.reading.hold import Hold
from lstm_core.reading.reader import FOLDER, LONGEST
from lstm_core.reading.reading_link import LinkedReading, from_file, from_query, to_query
from lstm_core.workbench.focus import Focus

from .. import session
from ..lessons import lesson
from .own_network import network

EXAMPLES = ("code", "json", "quotes")
"""The texts that the app brings along, in assets/reading/examples."""

_ON_SCREEN = "reading"


@dataclass(frozen=True)
class OnScreen:
    """text : what is read. turn : counts the texts. The rest is that of `ReadingFigure`."""

    text: str
    turn: int
    focus: Focus
    chosen: str | None = None
    place: int | None = None
    colour: str = "C"
    hold: Hold = Hold()
    mark: str | None = None


@cache
def example(name: str) -> str:
    """The text of one of EXAMPLES."""
    return (FOLDER / "examples" / f"{name}.txt").read_text("utf-8").rstrip("\n")


def on_screen() -> OnScreen:
    """What this reader has on screen; of an answered question the text that it was asked about."""
    if _slot() not in st.session_state:
        if asked := _asked():
            _read_for(asked)
        else:
            read(example(EXAMPLES[0]))
    return st.session_state[_slot()]


def change(**fields) -> None:
    """Put something else on screen: `change(mark="cm")`."""
    st.session_state[_slot()] = replace(on_screen(), **fields)


def _asked() -> Question | None:
    """The question on screen, if it is about this network."""
    asked = lesson.question()
    return asked if asked and asked.item.page == "reading" else None


def _slot() -> str:
    """Where the session keeps what is on screen: a question leaves alone what the reader had before it."""
    asked = _asked()
    return f"asked_reading.{asked.item.key}.{asked.seed}" if asked else _ON_SCREEN


def _read_for(asked: Question) -> None:
    """What a question was about: its text, and its unit held where the question holds it."""
    given, turn = asked.case.given, crc32(_slot().encode())
    text = given.get("read") or given["line"]
    unit = int(given.get("unit") or given["right_unit"])
    hold = Hold(unit) if "held_at" in given else Hold()
    st.session_state[_slot()] = OnScreen(text, turn, Focus(t=len(text), unit=unit), hold=hold)


def read(text: str) -> None:
    """Read another text, of LONGEST letters at most; an empty one is the first example."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")[:LONGEST] or example(EXAMPLES[0])
    before = st.session_state.get(_slot())
    unit = before.focus.unit if before else network().features()[0].unit
    kept = {"colour": before.colour, "hold": replace(before.hold, start=1)} if before else {}
    turn = before.turn + 1 if before else 1
    start = ReadingFigure(network(), text, Focus(unit=unit))
    st.session_state[_slot()] = OnScreen(text, turn, Focus(t=start.most_open(), unit=unit), **kept)


def start_again() -> None:
    """Read the same text with another network, at its first unit and with nothing held."""
    text = on_screen().text
    st.session_state[_slot()] = replace(on_screen(), focus=Focus(), hold=Hold(), chosen=None, place=None)
    read(text)
    features = network().features()
    change(focus=replace(on_screen().focus, unit=features[0].unit if features else 1))


def restore(query: Mapping[str, str]) -> tuple[str, ...]:
    """Put on screen what a link says; returns the names of what was not understood."""
    return _restored(*from_query(query, network().params.H))


def bring(content: bytes) -> tuple[str, ...]:
    """Put on screen what a file says; returns the names of what was not understood in it."""
    return _restored(*from_file(content, network().params.H))


def _restored(linked: LinkedReading, problems: tuple[str, ...]) -> tuple[str, ...]:
    read(linked.text or example(EXAMPLES[0]))
    here = on_screen().focus
    t = min(linked.t or here.t, len(on_screen().text))
    hold = (linked.hold or Hold()).within(network().params.H, len(on_screen().text))
    change(focus=replace(here, t=t, unit=linked.unit or here.unit), hold=hold)
    return problems


def query() -> dict[str, str]:
    """The parameters that bring back what is on screen."""
    here = linked()
    return to_query(replace(here, text=None) if here.text == example(EXAMPLES[0]) else here)


def linked() -> LinkedReading:
    """What is on screen, as a link or a file says it."""
    here = on_screen()
    hold = None if here.hold.unit is None else replace(here.hold, value=figure().held_at)
    return LinkedReading(here.text, here.focus.t, here.focus.unit, hold)


def figure() -> ReadingFigure:
    """What is on screen, as a figure."""
    here = on_screen()
    return ReadingFigure(
        network(), here.text, here.focus, language=session.language(), chosen=here.chosen, place=here.place,
        arrangement=session.arrangement(), colour=here.colour, hold=here.hold, mark=here.mark,
    )  # fmt: skip


def take(settled: Settled) -> None:
    """Puts on screen what a hand moved and where it looks."""
    look(settled.figure)


def look(after: ReadingFigure) -> None:
    """Looks where a figure looks."""
    session.arrange(after.arrangement)
    change(
        focus=after.focus, chosen=after.chosen, place=after.place, colour=after.colour, hold=after.hold,
        mark=after.mark,
    )  # fmt: skip


def choose(choice: dict) -> None:
    """What a click in the origin of a number does: another number is asked about."""
    session.touch()
    if after := figure().chose(choice):
        look(after)


def ask_no_more() -> None:
    """Close the origin of a number."""
    session.touch()
    change(chosen=None, place=None)
