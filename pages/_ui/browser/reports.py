"""What a component sent, which may be anything: report -> **check** -> numbers that are safe to use.

A component that a hand moves sends reports, `{seq, turn, final, values, held}`. It sends the next one only
when Python has sent its `seq` back in the component's data. So a slow server gets fewer values, but always
the last one. The browser's side is assets/components/reporter.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import uuid4

import streamlit as st

from .changes import told_held

_SESSION = "reports.session"

MOST_VALUES = 64
"""A report with more values than this is not read."""


@dataclass(frozen=True)
class Report:
    """What the reader moved: address -> number. `final` says whether the hand has let go."""

    seq: int = 0
    turn: str = ""
    values: dict[str, float] | None = None
    final: bool = True


def receive(
    key: str,
    bounds: Mapping[str, tuple[float, float]],
    on_move: Callable[[dict[str, float], bool], None],
    turn: Callable[[], int],
) -> tuple[int, str, Callable[[], None]]:
    """How a component takes reports: `seq` and `turn` for its data, and the callback of its state "moved".

    When a server has died, the browser goes on with a new session, which finds the last report among the
    states of the widgets without having been called for it. So the `seq` that goes back is that of the last
    report that this session took, and `turn` names the session: a browser that sees another session sends
    again what the link does not hold yet.

    key : of the component.
    bounds : address -> (lowest, highest) of each number that may be moved; where it is empty, none may.
    on_move : is called with the values and whether the hand has let go, before anything runs again.
        `values` is empty where the hand let go after the last value had arrived.
    turn : returns the number of the experiment on screen; a move made in an earlier one is left out.
    """
    taken = f"{key}.seq"

    def moved():
        sent = st.session_state[key].get("moved")
        report = checked_report(sent, bounds)
        told_held(sent.get("held") if isinstance(sent, dict) else None)
        st.session_state[taken] = report.seq
        if bounds and report.values is not None and report.turn == _named(turn()):
            on_move(report.values, report.final)

    return st.session_state.get(taken, 0), _named(turn()), moved


def _named(turn: int) -> str:
    """The turn under a name that no other session has."""
    if _SESSION not in st.session_state:
        st.session_state[_SESSION] = uuid4().hex
    return f"{st.session_state[_SESSION]}/{turn}"


def checked_report(sent: object, bounds: Mapping[str, tuple[float, float]]) -> Report:
    """The report that the browser sent; its `values` are None if it is no report.

    Numbers are kept within their bounds; anything else than a number with bounds is left out.
    """
    if not isinstance(sent, dict):
        return Report()
    seq, turn = whole(sent.get("seq")), sent.get("turn")
    turn = turn if isinstance(turn, str) else ""
    values = sent.get("values")
    if not isinstance(values, dict) or len(values) > MOST_VALUES:
        return Report(seq, turn)
    numbers = {
        address: float(min(max(values[address], low), high))
        for address, (low, high) in bounds.items()
        if finite(values.get(address))
    }
    return Report(seq, turn, numbers, sent.get("final") is not False)


def whole(value: object) -> int:
    """The value if it is a whole number from 0 that a browser can hold exactly, else 0."""
    return value if type(value) is int and 0 <= value < 2**53 else 0


def finite(value: object) -> bool:
    """Whether the value is a number that a float can hold."""
    # Python's integers can be too large for a float, and `math.isfinite` would raise an error for them.
    return type(value) in (int, float) and abs(value) < 1e300 and math.isfinite(value)
