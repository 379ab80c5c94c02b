"""All weights of a layer as colours, a block a gate: params -> **weights** -> SVG."""

import numpy as np

from ...params import LSTMParams
from ...quantities import QUANTITIES
from ...words import Words
from .. import svg
from ..palette import MUTED, NEGATIVE, POSITIVE, THEME_INK, readable

BLOCKS = ("f", "i", "C_tilde", "o")
"""In the order of the blocks of W."""

_WIDE, _APART, _LETTERS = 260, 10, 15
_SHADES = 12
_LARGEST = 15
_TALLEST, _ROOM = 12, 60
"""Pixels: the most height of a cell, and the room for the rows of a block where cells are narrower."""

_FEW = 9
"""Weights of a row up to which all four blocks stand side by side; else two and two."""


def weights(params: LSTMParams, limit: float, unit: int, words: Words, plain: bool = False) -> str:
    """Four blocks, a row a unit and a column a weight: those of h, those of x, and the bias.

    limit : the size that is shown strongest; that of the whole course, so that the pictures compare.
    unit : the one in focus, from 1. plain : whether it is the plain RNN, which has
        the candidate's block alone.
    """
    H, D = params.H, params.D
    side_by_side = 4 if H + D <= _FEW else 2
    size = min(_LARGEST, ((_WIDE + _APART) / side_by_side - _APART) / (H + D + 2))
    tall = max(size, min(_TALLEST, _ROOM / H))
    wide, high = size * (H + D + 2), tall * H
    blocks = ("C_tilde",) if plain else BLOCKS
    drawn = ""
    for place, key in enumerate(blocks):
        k = BLOCKS.index(key)
        numbers = np.concatenate([params.W[k], params.b[k][:, None]], axis=1)
        x, y = (place % side_by_side) * (wide + _APART), (place // side_by_side) * (high + 2 * _LETTERS + 6)
        drawn += svg.tag(
            "g", _block(numbers, key, H, (size, tall), limit, unit), transform=f"translate({x:g},{y:g})",
            data_key=key,
        )  # fmt: skip
    rows = -(-len(blocks) // side_by_side)
    whole = rows * (high + 2 * _LETTERS + 6)
    return svg.tag(
        "svg", drawn, viewBox=f"0 0 {_WIDE} {whole:g}", style=f"width:100%;max-width:{1.4 * _WIDE:g}px",
        role="img", aria_label=words("learning.weights_say", unit=unit, H=H, D=D), data_key="weights",
        font_size=11,
    )  # fmt: skip


def _block(numbers: np.ndarray, key: str, H: int, cell: tuple[float, float], limit: float, unit: int) -> str:
    """The cells of one gate, each so wide and tall, its name above and the groups of its columns below."""
    size, tall = cell
    rows, columns = numbers.shape
    x = [size * (column + 0.5 * (column >= H) + 0.5 * (column == columns - 1)) for column in range(columns)]
    signed = np.round(_SHADES * np.clip(numbers / max(limit, 1e-9), -1, 1)).astype(int)
    drawn = svg.tag(
        "text",
        "W " + svg.symbol(QUANTITIES[key], ""),
        x=0,
        y=_LETTERS - 4,
        fill=readable(key),
        font_weight=600,
    )
    across, down = (length - min(1.0, length / 8) for length in cell)
    paths: dict[int, str] = {}  # Cells of one colour are one path, so that the picture stays small.
    for row, shades in enumerate(signed.tolist()):
        for d, shade in enumerate(shades):
            if shade:
                cell_path = f"M{x[d]:.4g} {_LETTERS + row * tall:.4g}h{across:.4g}v{down:.4g}h-{across:.4g}z"
                paths[shade] = paths.get(shade, "") + cell_path
    for shade, path in sorted(paths.items()):
        strength, colour = f"{abs(shade) / _SHADES:.2f}", POSITIVE if shade > 0 else NEGATIVE
        drawn += svg.tag("path", d=path, fill=colour, fill_opacity=strength, data_key=f"shade{shade}")
    wide, top = x[-1] + size + 1, float(_LETTERS - 1)
    frames = (("around", top, rows * tall + 1, MUTED, 0.7),
              ("unit", top + (unit - 1) * tall, tall + 1, THEME_INK, 1.6))  # fmt: skip
    for key, y, high, colour, stroke in frames:
        drawn += svg.tag("rect", x=-1.0, y=y, width=wide, height=high, rx=2, fill="none", stroke=colour,
                         stroke_width=stroke, data_key=key)  # fmt: skip
    groups = (("h", 0, H), ("x", H, columns - 1), ("b", columns - 1, columns))
    return drawn + "".join(
        svg.text(
            (x[first] + x[end - 1] + size) / 2,
            _LETTERS + rows * tall + 11,
            letter,
            text_anchor="middle",
            fill=readable(None),
            font_style="italic",
            data_key=letter,
        )  # fmt: skip
        for letter, first, end in groups
    )
