"""What the parts of the cell diagram share: trace, step, unit -> **scene** -> shown numbers, lit parts."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from ... import rounding
from ...params import GATES, PEEPHOLES
from ...quantities import GATE_KEYS, QUANTITIES, Quantity, quantities_of
from ...trace import LSTMTrace
from .. import svg
from ..palette import PAPER, readable
from ..typeset import bold_width, spoken
from .layout import Layout

LIT = {
    "concatenate": {"strip", "f-in", "i-in", "C_tilde-in", "o-in"},
    "forget": {"strip", "f-in", "f"},
    "erase": {"track", "f", "C_prev", "erase", "kept"},
    "candidate": {"strip", "i-in", "C_tilde-in", "i", "C_tilde"},
    "write": {"track", "i", "C_tilde", "kept", "write", "C"},
    "output": {"strip", "o-in", "o"},
    "show": {"track", "o", "C", "show"},
}
"""Phase -> the parts in focus; the others are dimmed."""

_READS_IN = {"forget": ("f",), "candidate": ("i", "C_tilde"), "output": ("o",)}
"""Phase -> the gates that read their numbers in it."""

DIMMED = 0.22

PART_OF = {
    "h_prev": "strip", "x": "strip", "C_prev": "C_prev", "f": "f", "i": "i", "C_tilde": "C_tilde", "o": "o",
    "kept": "kept", "erased": "erase", "written": "write", "C": "C", "tanh_C": "show", "h": "show",
    "p_f": "f-sees", "p_i": "i-sees", "p_o": "o-sees",
}  # fmt: skip
"""The part that a number stands in: it is never dimmed while the number is asked about."""

SERIF = 'KaTeX_Math, "Latin Modern Math", "STIX Two Math", "Cambria Math", Georgia, serif'
STYLE = f".symbol{{font-family:{SERIF}}}.small{{fill:{readable(None)}}}"
"""What would otherwise stand at every other element, in the page and in a file."""

_SEEN_BY = {"f": "C_prev", "i": "C_prev", "o": "C"}
"""Gate -> which cell state its peephole is on."""

_LEDGER = {"C_prev", "kept", "erased", "written", "C"}
_SIGNED = {"written", "C_tilde"}


@dataclass(frozen=True, eq=False)
class Scene:
    """One step of one unit, to be drawn in a layout. `t` and `unit` count from 1."""

    trace: LSTMTrace
    t: int
    unit: int
    words: Callable[..., str]
    layout: Layout
    phase: str | None = None
    chosen: str | None = None
    chosen_place: int | None = None
    prefix: str = "cell"

    # -- values -----------------------------------------------------------------------------

    @cached_property
    def ledger(self) -> rounding.ShownLedger:
        return rounding.shown_ledger(self.trace, self.t, self.unit)

    @cached_property
    def limit(self) -> float:
        """Where the scale of the rail ends: no |C| of this unit's run passes it."""
        return rounding.nice_limit(self.trace.cells[:, self.unit - 1])

    def value(self, key: str, unit: int | None = None, index: int | None = None) -> float:
        place = (index or unit or self.unit) - 1
        return float(getattr(self.trace, key)[self.t - 1, place])

    def shown(self, key: str, unit: int | None = None, index: int | None = None) -> str:
        """The number as it stands on screen; those of the ledger add up as shown."""
        in_ledger = key in _LEDGER and unit in (None, self.unit)
        value = getattr(self.ledger, key) if in_ledger else self.value(key, unit, index)
        return rounding.text(value, sign=key in _SIGNED)

    def peephole(self, key: str) -> str:
        """The weight with which a gate sees the cell state, as it stands on screen."""
        return rounding.text(getattr(self.trace.params, f"p_{key}")[self.unit - 1])

    def level(self, value: float) -> float:
        """y of a value of C on the rail: up is positive. NaN for one that is covered."""
        axis, half = self.layout.rail[2:]
        return axis - half * within(value / self.limit, 1.0)

    def strength(self, value: float) -> float:
        """|value|, up to 1, of what glows or is thick; 0 for what is covered."""
        return 0.0 if math.isnan(value) else min(1.0, abs(value))

    def covers(self, key: str) -> bool:
        """Whether a number of this unit is covered."""
        return math.isnan(self.value(key))

    @property
    def told(self) -> str | None:
        """The phase that is put into words: none while a question is open, because they would answer it."""
        return None if self.trace.is_covered else self.phase

    @property
    def has_forget_gate(self) -> bool:
        return self.trace.params.forget_gate

    def is_coupled(self, key: str) -> bool:
        """Whether the gate is what the forget gate leaves over."""
        return key == "i" and self.trace.params.coupled and not self.is_pinned(key)

    def reads(self, key: str) -> bool:
        """Whether the gate is computed from what it reads, with weights of its own."""
        missing = key == "f" and not self.has_forget_gate
        return not (missing or self.is_pinned(key) or self.is_coupled(key))

    def sees_cell(self, key: str) -> bool:
        """Whether the gate has a peephole on the cell state."""
        return self.trace.params.peepholes is not None and key in PEEPHOLES and self.reads(key)

    def is_pinned(self, key: str) -> bool:
        """Whether the gate was given and not computed."""
        pinned = self.trace.pinned
        block = next(GATES.index(block) for block, gate in GATE_KEYS.items() if gate == key)
        return pinned is not None and bool(pinned[self.t - 1, block, self.unit - 1])

    @cached_property
    def parents(self) -> frozenset[str]:
        """What the chosen quantity is computed from, past the quantities that the diagram does not draw."""
        table = self._table
        given = self.chosen in GATE_KEYS.values() and self.is_pinned(self.chosen)
        if given or self.chosen not in table:
            return frozenset()
        found, open_keys = set(), list(table[self.chosen].parents)
        while open_keys:
            key = open_keys.pop()
            if key.startswith("z_"):
                open_keys += table[key].parents
            else:
                found.add(key)
        return frozenset(found)

    @cached_property
    def _lit(self) -> set[str]:
        asked = {PART_OF[key] for key in {self.chosen, *self.parents} if key in PART_OF}
        gates = _READS_IN.get(self.phase, ())
        seen = {part for key in gates if self.sees_cell(key) for part in (f"{key}-sees", _SEEN_BY[key])}
        unread = {"strip"} if gates and not any(map(self.reads, gates)) else set()
        left_over = {"f", "i-from-f"} if "i" in gates and self.is_coupled("i") else set()
        return LIT[self.phase] - unread | seen | left_over | asked

    @property
    def _table(self) -> Mapping[str, Quantity]:
        return quantities_of(self.trace.params)

    # -- pieces -----------------------------------------------------------------------------

    def part(self, name: str, *pieces: str) -> str:
        """A part of the diagram: dimmed, never hidden, while another one is in focus."""
        lit = self.phase is None or name in self._lit
        return svg.tag("g", "".join(pieces), data_key=name, data_part=name, opacity=1 if lit else DIMMED)

    def number(
        self, x: float, y: float, key: str, size: float, room: float = 999,
        anchor: str = "start", unit: int | None = None, index: int | None = None, box=None,
    ) -> str:  # fmt: skip
        """A number that says what it is and can be chosen; it shrinks where it would leave its room.

        box : x, y, width, height of what answers to the pointer, where that is more than the number.
        """
        shown = self.shown(key, unit, index)
        size = min(size, size * room / bold_width(shown, size))
        wide = bold_width(shown, size) + 8
        left = {"start": x - 4, "middle": x - wide / 2, "end": x - wide + 4}[anchor]
        hit = box or (left, y - 0.88 * size, wide, 1.16 * size)
        name, exact = self.name(key, unit, index), rounding.exact(self.value(key, unit, index))
        body = (
            svg.tag("title", svg.escaped(f"{name} {spoken(exact, self.words)}"))
            + svg.tag(
                "rect", class_="hit", x=hit[0], y=hit[1], width=hit[2], height=hit[3], rx=5,
                **self._mark(key, index or unit),
            )
            + svg.text(
                x, y, shown, text_anchor=anchored(anchor), font_size=size, font_weight=700,
                fill="currentColor",
            )
        )  # fmt: skip
        return svg.tag(
            "g", body, class_="num", data_quantity=key, data_t=self.t,
            data_unit=None if index else unit or self.unit, data_index=index,
            data_key=f"{key}{index or unit or ''}", tabindex=0, role="button",
            aria_label=f"{name} {spoken(shown, self.words)}",
        )  # fmt: skip

    def name(self, key: str, unit: int | None = None, index: int | None = None) -> str:
        """What a number is called when it is read out."""
        name = self.words(f"quantity.{key}")
        if index:
            return self.words("diagram.of_input", name=name, index=index)
        if unit and self.trace.params.H > 1:
            return self.words("diagram.of_unit", name=name, unit=unit)
        return name

    def _mark(self, key: str, place: int | None) -> dict:
        """How a number shows that it was chosen, or that the chosen one is computed from it."""
        chosen = key == self.chosen and self.chosen_place in (None, place)
        if not chosen and key not in self.parents:
            return {"fill": "currentColor", "fill_opacity": 0}
        colour = readable(QUANTITIES[self.chosen].colour)
        ring = {"stroke": colour, "stroke_width": 2.5} if chosen else {}
        return {"fill": colour, "fill_opacity": 0.16, **ring}

    def symbol(self, x: float, y: float, key: str, anchor: str = "start") -> str:
        quantity = QUANTITIES[key]
        return svg.tag(
            "text", svg.symbol(quantity), x=x, y=y, text_anchor=anchored(anchor),
            font_size=self.layout.symbol, class_="symbol", fill=readable(quantity.colour),
        )  # fmt: skip

    def verb(self, x: float, y: float, verb: str, key: str, anchor: str = "end") -> str:
        return svg.text(
            x, y, self.words(f"verb.{verb}"), text_anchor=anchored(anchor), font_size=self.layout.verb,
            font_weight=600, fill=readable(QUANTITIES[key].colour),
        )  # fmt: skip

    def small(self, x: float, y: float, body: str, anchor: str = "start", colour: str | None = None):
        return svg.text(
            x, y, body, text_anchor=anchored(anchor), font_size=self.layout.small, fill=colour,
            class_=None if colour else "small",
        )  # fmt: skip

    def node(self, x: float, y: float, sign: str, colour: str) -> str:
        """A circle with × or + in it, drawn and not written, so that it sits in the middle in every font."""
        r, arm = self.layout.node, 0.42 * self.layout.node
        left, right, top, bottom = x - arm, x + arm, y - arm, y + arm
        cross = f"M{left:g} {top:g}L{right:g} {bottom:g}M{right:g} {top:g}L{left:g} {bottom:g}"
        plus = f"M{x - 1.2 * arm:g} {y:g}H{x + 1.2 * arm:g}M{x:g} {y - 1.2 * arm:g}V{y + 1.2 * arm:g}"
        return svg.tag("circle", cx=x, cy=y, r=r, fill=PAPER, stroke=colour, stroke_width=2.5) + svg.tag(
            "path", d=cross if sign == "×" else plus, stroke=colour, stroke_width=3, stroke_linecap="round"
        )


def within(value: float, limit: float) -> float:
    """The value, or ±limit where it is beyond; NaN stays NaN, in this order of the arguments."""
    return min(max(value, -limit), limit)


def anchored(anchor: str) -> str | None:
    """The attribute text-anchor, left out where it says what holds anyway."""
    return None if anchor == "start" else anchor


def wire(d: str, colour: str, stroke_width: float = 2.5, **more) -> str:
    """A line along a path."""
    return svg.tag("path", d=d, fill="none", stroke=colour, stroke_width=stroke_width, **more)


def arrow_head(x: float, y: float, direction: str, colour: str, size: float = 7) -> str:
    """A triangle whose tip is at x, y."""
    dx, dy = {"right": (-1, 0), "left": (1, 0), "up": (0, 1), "down": (0, -1)}[direction]
    along = (1.5 * size * dx, 1.5 * size * dy)
    a = (x + along[0] + size * dy * 0.8, y + along[1] + size * dx * 0.8)
    b = (x + along[0] - size * dy * 0.8, y + along[1] - size * dx * 0.8)
    return svg.tag("path", d=f"M{x:g} {y:g}L{a[0]:g} {a[1]:g}L{b[0]:g} {b[1]:g}Z", fill=colour)
