"""What a class missed: tallies -> **chart** of right, missed, skipped -> a Plotly figure as a plain dict."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ...lessons.classroom import Tally, name
from ...lessons.items import ITEMS
from ...lessons.record import outcome_key
from ...lessons.verdict import MISSED, OUTCOMES, RIGHT, SKIPPED
from ...words import Words
from ..palette import INK, MUTED, NEGATIVE, POSITIVE, faded, readable_on
from ..plotly import UNTOUCHED
from .class_table import SIGNS

_ROW, _TOP, _BOTTOM = 62, 4, 34

_LOOKS = {RIGHT: (POSITIVE, ""), MISSED: (NEGATIVE, "/"), SKIPPED: (MUTED, ".")}
"""Outcome -> colour and hatching: never colour alone."""


def class_chart(tallies: Sequence[Tally], words: Words) -> dict:
    """A bar for each item and task, those that were missed most on top, each under its name.

    The name stands over the bar, with what the item brings to light, so that both fit on a phone.
    """
    ordered = sorted(tallies, key=lambda tally: (-tally.missed, -tally.skipped))
    most = max((tally.right + tally.missed + tally.skipped for tally in ordered), default=1)
    places = list(range(len(ordered)))
    return {
        "data": [_bars(outcome, ordered, places, words) for outcome in OUTCOMES],
        "layout": {
            "height": _ROW * len(ordered) + _TOP + _BOTTOM,
            "margin": {"l": 8, "r": 12, "t": _TOP, "b": _BOTTOM},
            "barmode": "stack",
            "showlegend": False,
            "dragmode": False,
            "hovermode": "closest",
            "xaxis": {
                "range": [0, most],
                "fixedrange": True,
                "dtick": max(1, round(most / 8)),
                "zeroline": False,
                "gridcolor": faded(MUTED, 0.22),
                "tickfont": {"size": 11, "color": MUTED},
            },
            "yaxis": {
                "range": [len(ordered) - 0.65, -0.75],
                "fixedrange": True,
                "showgrid": False,
                "zeroline": False,
                "showticklabels": False,
            },
            "annotations": [_name(tally, k, words) for k, tally in enumerate(ordered)],
        },
    }


def _bars(outcome: str, ordered: Sequence[Tally], places: list[int], words: Words) -> dict:
    colour, hatching = _LOOKS[outcome]
    counts = [getattr(tally, outcome) for tally in ordered]
    return {
        "type": "bar",
        "orientation": "h",
        "name": words(outcome_key(outcome)),
        "x": counts,
        "y": places,
        "width": 0.4,
        "marker": {
            "color": colour,
            "pattern": {
                "shape": hatching,
                "size": 8,
                "solidity": 0.12,
                "bgcolor": colour,
                "fgcolor": faded(readable_on(colour), 0.35),
            },
            "line": {"width": 0},
        },
        "text": [f"{SIGNS[outcome]} {count}" if count else "" for count in counts],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"size": 14, "color": readable_on(colour)},
        "hovertemplate": f"{escape(words(outcome_key(outcome)))}: %{{x}}<extra></extra>",
        **UNTOUCHED,
    }


def _name(tally: Tally, place: int, words: Words) -> dict:
    title = f"<b>{escape(name(words, tally.kind, tally.key, tally.run))}</b>"
    if tally.kind == "item":
        title += f"  {escape(words(ITEMS[tally.key].misconception_key))}"
    return {
        "xref": "paper", "yref": "y", "x": 0, "xanchor": "left", "y": place - 0.24, "yanchor": "bottom",
        "showarrow": False, "align": "left", "text": title, "font": {"size": 13, "color": INK},
    }  # fmt: skip
