"""The names of the steps over their columns: labels -> **a row of the strip** -> HTML within the SVG.

HTML cuts a text off where its column ends, whatever letters it has: wide ones, some that run from right to
left, stacks of accents. SVG would let it run into the neighbours.
"""

from collections.abc import Sequence
from functools import lru_cache

from ...labels import is_from_right, shown
from .. import svg

HEIGHT = 1.5
"""The height of the row, in letters."""

MOST_STEPS = 60
"""A longer run has no such row, because no letter would fit; the pointer reads the names off."""

_LETTER_FITS = 1.4
"""The width of a column, in letters, up to which letters become smaller, so that wide ones fit too."""

_SMALLEST, _LEAST_COLUMN = 8, 6.5
"""Pixels of the smallest letters, and of a column in which even these have no room."""

_NOTHING = "\u200b"


def rules(T: int, left: float, letters: float) -> str:
    """Style rules for the row of a strip with `left` pixels for names beside it."""
    crowded, full = (left + T * column for column in (_LETTER_FITS * letters, _LEAST_COLUMN))
    return (
        ".step-labels{display:grid;height:100%;pointer-events:none;text-align:center;color:inherit}"
        ".step-labels span{overflow:hidden;white-space:nowrap;text-overflow:ellipsis;padding:0 1px;"
        f"box-sizing:border-box;height:{HEIGHT * letters:g}px;line-height:{HEIGHT * letters:g}px}}"
        ".step-labels .here{font-weight:700}"
        f"@container (max-width:{crowded:.0f}px){{.step-labels span{{text-overflow:clip;padding:0;"
        f"font-size:clamp({_SMALLEST}px,calc((100cqw - {left:g}px)/{T}),1em)}}}}"
        f"@container (max-width:{full:.0f}px){{.step-labels{{visibility:hidden}}}}"
    )


@lru_cache(64)
def drawn_labels(labels: tuple[str, ...], t: int, top: float, height: float) -> str:
    """The names, each as much of it as its column shows; that of step t, from 1, is in bold."""
    T = len(labels)
    names = "".join(
        svg.tag(
            "span", svg.escaped(shown(label)) or _NOTHING, class_="here" if step == t else None,
            dir="rtl" if is_from_right(label) else None,
        )
        for step, label in enumerate(labels, 1)
    )  # fmt: skip
    grid = svg.tag(
        "div", names, class_="step-labels", style=f"grid-template-columns:repeat({T},minmax(0,1fr))"
    )
    return svg.tag(
        "foreignObject", grid, x=0, y=top, width="100%", height=height, data_key="step-labels",
        style="pointer-events:none",
    )  # fmt: skip


@lru_cache(64)
def heads(labels: Sequence[str], before: int) -> str:
    """What the pointer reads off first at each step: its number and its name, with | between the steps."""
    named = (
        f"t = {t + before}" + (f" · {shown(label)}" if label else "").replace("|", "∣")
        for t, label in enumerate(labels, 1)
    )
    return "|".join(named)
