"""Sliders that report while they are dragged: experiment -> **slider panel** -> numbers that were moved.

The browser sends a report, `{seq, turn, final, values}`, and sends the next one only when Python has
sent its `seq` back in the panel's data. So a slow server gets fewer values, but always the last one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

import streamlit as st

from .component import component
from .reports import finite, whole

MOST_VALUES = 64
"""A report with more values than this is not read."""

Label = tuple[str | tuple[str, str], ...]
"""A label in parts: plain text, and symbols as (letter, index)."""

_SYMBOL = re.compile(r"\$(\w)_(?:\{([^}]*)\}|(\w))\$")

_mount = component("slider_panel")


@dataclass(frozen=True)
class Slider:
    """One number that can be moved from `low` to `high`.

    address : which number of the experiment it is, such as "b_f.1".
    default : the value that a double-click brings back; a mark on the track shows it.
    colour : of its fill and thumb; "" for the colour of text.
    group : the heading above it, which neighbours of the same group share; "" for none.
    hint : a text that appears beside the label while the mouse rests on it.
    """

    address: str
    label: Label
    low: float
    high: float
    value: float
    default: float
    colour: str = ""
    step: float = 0.05
    group: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Report:
    """What the reader moved: address -> number. `final` says whether the reader has let go of the slider."""

    seq: int = 0
    turn: int = 0
    values: dict[str, float] | None = None
    final: bool = True


def slider_panel(
    sliders: list[Slider],
    key: str,
    on_move: Callable[[dict[str, float], bool], None],
    turn: Callable[[], int] = lambda: 0,
    locked: bool = False,
) -> None:
    """Shows the sliders at their values, and calls `on_move(values, final)` before the page runs again.

    on_move : `values` is empty where the reader let go and the last value had arrived before.
    turn : returns the number of the experiment on screen; a move made in an earlier one is ignored.
    locked : whether the sliders can only be seen, not moved.
    """

    def moved():
        report = checked_report(st.session_state[key].get("moved"), sliders)
        if report.values is not None and report.turn == turn() and not locked:
            on_move(report.values, report.final)

    before = st.session_state.get(key)
    seq = checked_report(before.get("moved") if before else None, sliders).seq
    groups = [
        [group, [_spec(slider) for slider in members]]
        for group, members in groupby(sliders, key=lambda slider: slider.group)
    ]
    # It is a list because Streamlit would import pandas, half a second, for a dict.
    _mount(key=key, data=[seq, turn(), groups, locked], on_moved_change=moved)


def checked_report(sent: object, sliders: list[Slider]) -> Report:
    """The report on these sliders that the browser sent; its `values` are None if it is no such report.

    Numbers are clamped to the slider's range; anything else than a number of a slider is left out.
    """
    if not isinstance(sent, dict):
        return Report()
    seq, turn = (whole(sent.get(name)) for name in ("seq", "turn"))
    values = sent.get("values")
    if not isinstance(values, dict) or len(values) > MOST_VALUES:
        return Report(seq, turn)
    numbers = {
        slider.address: float(min(max(values[slider.address], slider.low), slider.high))
        for slider in sliders
        if finite(values.get(slider.address))
    }
    return Report(seq, turn, numbers, sent.get("final") is not False)


def label_parts(markdown: str) -> Label:
    r"""The parts of a label in Markdown whose formulas are single symbols, such as `$x_2$`, `$h_{t-1,1}$`."""
    parts: list[str | tuple[str, str]] = []
    end = 0
    for match in _SYMBOL.finditer(markdown):
        parts += [markdown[end : match.start()], (match[1], (match[2] or match[3]).replace("-", "−"))]
        end = match.end()
    return tuple(part for part in [*parts, markdown[end:]] if part)


def _spec(slider: Slider) -> list:
    return [
        slider.address, slider.value, slider.label, slider.low, slider.high, slider.step, slider.default,
        slider.colour, slider.hint,
    ]  # fmt: skip
