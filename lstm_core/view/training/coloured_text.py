"""Symbols in the colour of a unit's number: text, numbers -> **coloured_text** -> HTML."""

from collections.abc import Sequence

import numpy as np

from ...rounding import text
from .. import svg
from ..palette import COLOURS, NEGATIVE, POSITIVE, STRONGEST, THEME_INK, faded


def coloured_text(symbols: Sequence[str], values: np.ndarray, key: str, says: str) -> str:
    """One box a symbol, coloured by its number: a gate in its hue from 0 to 1, C by its sign and size.

    symbols : one short text a step, which may come from a reader and is escaped. values : (T,).
    key : "f", "i", "o", or "C" for numbers with a sign. says : what is shown, as a sentence.
    """
    limit = 1.0 if key in ("f", "i", "o") else max(float(np.abs(values).max(initial=0.0)), 1e-9)
    boxes = "".join(
        _box(symbol, value, key, limit) for symbol, value in zip(symbols, values.tolist(), strict=True)
    )
    return svg.tag(
        "div", boxes, role="img", aria_label=says, data_key="text",
        style="display:flex;flex-wrap:wrap;gap:2px;font-variant-numeric:tabular-nums",
    )  # fmt: skip


def _box(symbol: str, value: float, key: str, limit: float) -> str:
    hue = COLOURS[key] if key in ("f", "i", "o") else NEGATIVE if value < 0 else POSITIVE
    colour = faded(hue, round(STRONGEST * min(abs(value) / limit, 1), 3))
    letter = svg.tag("span", svg.escaped(symbol), style="font:600 1.15rem monospace;white-space:pre")
    number = svg.tag("span", svg.escaped(text(value)), style="font-size:.62rem;opacity:.85")
    return svg.tag(
        "span", letter + number,
        style=f"display:inline-flex;flex-direction:column;align-items:center;min-width:2.1rem;"
        f"padding:2px 1px;border-radius:4px;background:{colour};color:{THEME_INK}",
    )  # fmt: skip
