"""The rows of the time strip: a unit's run -> **rows** -> letters beside them, lines, bars and marks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from ...quantities import QUANTITIES, SIGNED, UNBOUNDED, Quantity
from ...rounding import ShownNumbers, text
from ...trace import LSTMTrace
from .. import svg
from ..handles import Bounds, handle
from ..palette import DASHES, MARKERS, PAPER, readable
from ..svg import paint
from .bands import provenance_bands
from .inputs import drawn_inputs
from .over_steps import (
    MAX_MARKERS,
    Scale,
    blocks,
    bounded,
    grid,
    ink,
    line,
    numbers_beside,
    places,
    sample,
    says,
    share,
    unbounded,
)
from .time_axis import TimeAxis

_FINGERTIP = 44
"""Pixels that a fingertip needs."""

LEDGER = ("kept", "erased", "written", "C")
"""What the row of the ledger shows."""


@dataclass(frozen=True)
class UnitRun:
    """What all rows share.

    unit : from 1. ghost : another run, drawn faintly behind, or None. exact : whether the exact numbers are
    sent along, for the pointer to read off. grabs : how far a hand can drag the inputs "x" and the state
    before step 1, "h0" and "C0"; what is not in it can't be grabbed. ghost_keys : what alone is drawn of the
    ghost, as a broad line; () for all of it.
    """

    trace: LSTMTrace
    unit: int
    axis: TimeAxis
    ghost: LSTMTrace | None = None
    exact: bool = True
    grabs: Mapping[str, Bounds] = field(default_factory=dict)
    ghost_keys: tuple[str, ...] = ()

    def values(self, key: str, run: LSTMTrace | None = None) -> np.ndarray:
        return getattr(run or self.trace, key)[:, self.unit - 1]

    def says(self, key: str) -> dict:
        """What the pointer reads off a row: the quantity, and its number at each step."""
        if not self.exact:
            return {}
        name = f"{QUANTITIES[key].letter} {self.axis.words(f'quantity.{key}')}"
        told = says(name, self.values(key))
        if key in LEDGER and self.trace.T <= MAX_MARKERS:
            shown = (self.numbers.at(key, t, self.unit) for t in range(1, self.trace.T + 1))
            told["data_shown"] = " ".join(text(number, sign=key == "written") for number in shown)
        return told

    @cached_property
    def numbers(self) -> ShownNumbers:
        """The numbers of the run so rounded that each ledger adds up as shown."""
        return ShownNumbers(self.trace)

    def block(self, key: str, d: str, place: str, **more) -> str:
        """Bars of a quantity, one a step, in the left or right half of it."""
        return svg.tag(
            "path", d=d, fill=paint(QUANTITIES[key].colour), data_quantity=key, data_unit=self.unit,
            data_key=f"{key}-{place}", **more,
        )  # fmt: skip

    def quantity_line(self, key: str, scale: Scale, stroke_width: float = 2) -> str:
        colour, says = paint(QUANTITIES[key].colour), self.says(key)
        return line(
            self.values(key), scale, colour, DASHES[key], stroke_width, data_key=f"line-{key}", **says
        )

    def ghostly(self, keys: Sequence[str], scale: Scale) -> str:
        if self.ghost is None:
            return ""
        dash, wide, opacity = ("solid", 9.0, 0.22) if self.ghost_keys else ("dot", 2.0, 0.6)
        return "".join(
            line(
                self.values(key, self.ghost), scale, readable(None if key == "C" else QUANTITIES[key].colour),
                dash, wide, data_key=f"ghost-{key}", data_ghost=key, stroke_opacity=opacity,
            )
            for key in keys
            if not self.ghost_keys or key in self.ghost_keys
        )  # fmt: skip

    def start(self, key: str, scale: Scale) -> tuple[str, str]:
        """h or C before step 1, for the hand: the line from it to step 1, and at its left end a handle."""
        address = f"{key}0"
        if address not in self.grabs:
            return "", ""
        bounds = low, high = self.grabs[address]
        start = float((self.trace.h_prev if key == "h" else self.trace.C_prev)[0, self.unit - 1])
        y, colour = scale.y(start), paint(QUANTITIES[key].colour)
        travel = scale.height * (high - low) / (scale.high - scale.low)
        name = self.axis.words("strip.start", name=self.axis.words(f"quantity.{key}"), unit=self.unit)
        first = scale.y(float(self.values(key)[0]))
        tie = svg.tag(
            "path", d="" if np.isnan(first) else f"M0 {y:g}L0.5 {first:g}", class_="line", stroke=colour,
            stroke_width=1.5, stroke_opacity=0.5, data_key=f"tie-{key}",
        )  # fmt: skip
        beyond = max(_FINGERTIP - scale.height, 0) / 2
        reach = svg.tag(
            "rect", x=10 - _FINGERTIP, width=_FINGERTIP, y=scale.top - beyond,
            height=scale.height + 2 * beyond, fill_opacity=0,
        )  # fmt: skip
        disc = svg.tag("circle", class_="hit", cx=0, cy=y, r=4.5, fill=PAPER, stroke=colour, stroke_width=2)
        return tie, svg.tag(
            "g", svg.tag("title", svg.escaped(f"{name} {text(start)}")) + reach + disc, class_="handle",
            data_key=f"grab-{address}", data_hint=self.axis.words("strip.grab"),
            **handle(f"{address}.{self.unit}", bounds, travel, start, name),
        )  # fmt: skip

    def dots(self, key: str, scale: Scale) -> str:
        """A mark in the quantity's shape at each step. Which step was chosen follows from where it is hit."""
        if self.trace.T > MAX_MARKERS:
            return ""
        return svg.tag(
            "g", places(self.values(key), scale, MARKERS[key]), data_quantity=key, data_unit=self.unit,
            data_key=f"marks-{key}", **ink(key, paint(QUANTITIES[key].colour)),
        )  # fmt: skip


def hatch() -> str:
    """The pattern that fills what is erased."""
    stripe = svg.tag("path", d="M0 0V6", stroke=paint("erased"), stroke_width=2)
    return svg.tag(
        "pattern", stripe, id="strip-hatch", width=5, height=5, patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )  # fmt: skip


def _lines(run: UnitRun, keys: Sequence[str], top: float, height: float):
    ranges = {QUANTITIES[key].range for key in keys}
    if UNBOUNDED in ranges:
        scale = unbounded(top, height, *map(run.values, keys))
    else:
        scale = bounded(top, height, -1 if SIGNED in ranges else 0)
    behind = grid(scale, run.trace.T) + run.ghostly(keys, scale)
    behind += "".join(run.quantity_line(key, scale) for key in keys)
    started = next((key for key in ("h", "C") if key in keys), None)
    tie, start = run.start(started, scale) if started else ("", "")
    dots = "".join(run.dots(key, scale) for key in keys)
    return names_beside(keys, scale, run), behind + tie, dots, start


def drawn_ledger(
    run: UnitRun, keys: Sequence[str], top: float, height: float,
    table: Mapping[str, Quantity] = QUANTITIES,
):  # fmt: skip
    """Bars in two halves a step.

    The left half is C_{t-1}, as what was kept and what was erased. The right half is what was kept and, on
    top of it up to C_t, what was written. table : as of `names_beside`.
    """
    kept, erased, _, C = (run.values(key) for key in LEDGER)
    before = kept + erased
    ghost = [] if run.ghost is None else [run.values("C", run.ghost)]
    scale = unbounded(top, height, C, before, kept, *ghost)
    bars = gone = ""
    if run.trace.T <= MAX_MARKERS:
        nothing = np.zeros_like(kept)
        left, right = (0.08, 0.5), (0.5, 0.92)
        bars = (
            run.block("kept", blocks(nothing, kept, scale, *left), "left", **run.says("kept"))
            + run.block("kept", blocks(nothing, kept, scale, *right), "right", fill_opacity=0.35)
            + run.block("written", blocks(kept, C, scale, *right), "right", **run.says("written"))
        )
        gone = _erased(run, kept, before, scale)
    behind = grid(scale, run.trace.T) + bars + run.ghostly(("C",), scale) + run.quantity_line("C", scale, 2.5)
    tie, start = run.start("C", scale)
    return names_beside(("C",), scale, run, table), behind + tie, gone + run.dots("C", scale), start


def _erased(run: UnitRun, kept: np.ndarray, before: np.ndarray, scale: Scale) -> str:
    """What was erased, hollow and hatched. It keeps its shape: stretching would distort the hatching."""
    T = run.trace.T
    drawn = []
    for step, ends in enumerate(zip(scale.ys(kept).tolist(), scale.ys(before).tolist(), strict=True)):
        low, high = sorted(ends)
        if high - low > 0.4:  # which is not so for NaN, where a number is covered
            drawn.append(
                svg.tag(
                    "rect", x=share(step + 0.08, T), width=share(0.42, T), y=low, height=high - low,
                )
            )  # fmt: skip
    return svg.tag(
        "g", "".join(drawn), fill="url(#strip-hatch)", stroke=paint("erased"), data_key="erased",
        data_quantity="erased", data_unit=run.unit, **run.says("erased"),
    )  # fmt: skip


def _provenance(run: UnitRun, keys: Sequence[str], top: float, height: float):
    bands, labels, scale = provenance_bands(run, top, height, keys[0] if keys else None)
    behind = grid(scale, run.trace.T) + bands + run.quantity_line("C", scale, 2.5)
    of = svg.text(0, scale.top + 0.28 * scale.height, run.axis.words("provenance.of"), class_="about")
    return names_beside(("C",), scale, run) + of, behind, labels


DRAW = {"inputs": drawn_inputs, "lines": _lines, "ledger": drawn_ledger, "provenance": _provenance}
"""Kind of a row -> the function that draws it."""


def names_beside(
    keys: Sequence[str], scale: Scale, run: UnitRun, table: Mapping[str, Quantity] = QUANTITIES
) -> str:
    """Symbols in their hue with their mark, one under the other, and the numbers of the scale.

    table : where the keys stand. What is none of the LSTM has the mark of the one whose colour it has.
    """
    letters, drawn = run.axis.letters, ""
    for k, key in enumerate(keys):
        y = scale.top + scale.height / 2 + (k - (len(keys) - 1) / 2) * 1.35 * letters
        quantity = table[key]
        drawn += sample(10, y, key if key in MARKERS else quantity.colour, paint(quantity.colour)) + svg.tag(
            "text", svg.symbol(quantity), x=1.85 * letters, y=y + 0.36 * letters, class_="symbol",
            fill=readable(quantity.colour), data_symbol=key if table is QUANTITIES else None,
        )  # fmt: skip
    return drawn + numbers_beside(scale, run.axis.left, letters)
