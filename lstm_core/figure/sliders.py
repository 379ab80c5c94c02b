"""A slider as data: what it moves, how it is named, how far it goes."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ..rounding import with_minus

Label = tuple[str | tuple[str, str], ...]
"""A label in parts: plain text, and symbols as (letter, index)."""

_SYMBOL = re.compile(r"\$(\w)_(?:\{([^}]*)\}|(\w))\$")


@dataclass(frozen=True)
class Slider:
    """One number that can be moved from `low` to `high`.

    address : which number of the figure it is, such as "b_f.1", or what is looked at, such as "t".
    default : the value that a double-click brings back; a mark on the track shows it. None for none.
    colour : of its fill and thumb; "" for the colour of text.
    step : what a press of an arrow key adds; a slider of whole numbers has a whole one.
    hint : a text that appears beside the label while the mouse rests on it.
    locked : whether it can only be seen.
    """

    address: str
    label: Label
    low: float
    high: float
    value: float
    default: float | None = None
    colour: str = ""
    step: float = 0.05
    hint: str = ""
    locked: bool = False

    def spec(self) -> list:
        """As the browser takes it; see assets/figure/sliders.js."""
        return [
            self.address, self.value, self.label, self.low, self.high, self.step, self.default, self.colour,
            self.hint, self.locked,
        ]  # fmt: skip


@lru_cache(256)
def label_parts(markdown: str) -> Label:
    r"""The parts of a label in Markdown whose formulas are single symbols, such as `$x_2$`, `$h_{t-1,1}$`."""
    parts: list[str | tuple[str, str]] = []
    end = 0
    for match in _SYMBOL.finditer(markdown):
        parts += [markdown[end : match.start()], (match[1], with_minus(match[2] or match[3]))]
        end = match.end()
    return tuple(part for part in [*parts, markdown[end:]] if part)
