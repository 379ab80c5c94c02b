"""Sliders that report while they are dragged: experiment -> **slider panel** -> numbers that were moved.

How they report is told in `reports`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from lstm_core.rounding import with_minus

from .component import component
from .reports import receive

Label = tuple[str | tuple[str, str], ...]
"""A label in parts: plain text, and symbols as (letter, index)."""

_SYMBOL = re.compile(r"\$(\w)_(?:\{([^}]*)\}|(\w))\$")

_mount = component("slider_panel", "held", "reporter")


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
    bounds = {} if locked else {slider.address: (slider.low, slider.high) for slider in sliders}
    seq, named_turn, moved = receive(key, bounds, on_move, turn)
    groups = [
        [group, [_spec(slider) for slider in members]]
        for group, members in groupby(sliders, key=lambda slider: slider.group)
    ]
    # It is a list because Streamlit would import pandas, half a second, for a dict.
    _mount(key=key, data=[seq, named_turn, groups, locked], on_moved_change=moved)


@lru_cache(256)
def label_parts(markdown: str) -> Label:
    r"""The parts of a label in Markdown whose formulas are single symbols, such as `$x_2$`, `$h_{t-1,1}$`."""
    parts: list[str | tuple[str, str]] = []
    end = 0
    for match in _SYMBOL.finditer(markdown):
        parts += [markdown[end : match.start()], (match[1], with_minus(match[2] or match[3]))]
        end = match.end()
    return tuple(part for part in [*parts, markdown[end:]] if part)


def _spec(slider: Slider) -> list:
    return [
        slider.address, slider.value, slider.label, slider.low, slider.high, slider.step, slider.default,
        slider.colour, slider.hint,
    ]  # fmt: skip
