"""What a diagram shows, computed once: trace, step, unit -> **scene** -> numbers as shown, lit parts."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from ... import rounding
from ...labels import step_name
from ...params import GATES, PEEPHOLES
from ...quantities import GATE_KEYS, GATE_OF, quantities_of
from ...rounding import LEDGER
from ...trace import LSTMTrace
from ...words import Words
from ...workbench.focus import PHASES
from ..handles import Bounds

LIT = {
    "concatenate": {"concatenation", "f-in", "i-in", "C_tilde-in", "o-in"},
    "forget": {"concatenation", "f-in", "f"},
    "erase": {"track", "f", "C_prev", "erase", "kept"},
    "candidate": {"concatenation", "i-in", "C_tilde-in", "i", "C_tilde"},
    "write": {"track", "i", "C_tilde", "kept", "write", "C"},
    "output": {"concatenation", "o-in", "o"},
    "show": {"track", "o", "C", "show"},
}
"""Phase -> the parts in focus; the others are dimmed."""

READS_IN = {"forget": ("f",), "candidate": ("i", "C_tilde"), "output": ("o",)}
"""Phase -> the gates that are computed in it."""

PART_OF = {
    "h_prev": "concatenation", "x": "concatenation", "C_prev": "C_prev",
    "f": "f", "i": "i", "C_tilde": "C_tilde", "o": "o",
    "kept": "kept", "erased": "erase", "written": "write", "C": "C", "tanh_C": "show", "h": "show",
    "p_f": "f-sees", "p_i": "i-sees", "p_o": "o-sees",
}  # fmt: skip
"""Quantity -> the part that it is drawn in, which is never dimmed while the quantity is asked about."""

_SEEN_BY = {"f": "C_prev", "i": "C_prev", "o": "C"}
"""Gate -> the cell state that its peephole reads."""

_SIGNED = {"written", "C_tilde"}


@dataclass(frozen=True, eq=False)
class Scene:
    """One step of one unit of one sequence. All arrangements and sentences of a diagram share one scene.

    t, unit : count from 1.
    phase : one of PHASES, which is lit and put into words; None for the whole step.
    chosen : key of the quantity that is asked about, or None. chosen_place says which input or which
        unit's, where the diagram shows several.
    grabs : how far a hand can drag a gate, to pin it, and at step 1 "C_prev" and "h_prev"; what is not in
        it can't be grabbed.

    Wherever a number is asked for, `place` is the unit, or for the inputs x the number of the input,
    from 1; None is the unit of the scene. Raises ValueError for a batch, and for a step, unit or phase
    that there is not.
    """

    trace: LSTMTrace
    t: int
    unit: int
    words: Words
    phase: str | None = None
    chosen: str | None = None
    chosen_place: int | None = None
    grabs: Mapping[str, Bounds] = field(default_factory=dict)

    def __post_init__(self):
        trace = self.trace
        if trace.z.ndim != 3:
            raise ValueError(f"trace: expected one sequence, got a batch of {trace.z.shape[1:-2]}")
        if not 1 <= self.t <= trace.T:
            raise ValueError(f"t: expected 1 to {trace.T}, got {self.t}")
        if not 1 <= self.unit <= trace.params.H:
            raise ValueError(f"unit: expected 1 to {trace.params.H}, got {self.unit}")
        if self.phase is not None and self.phase not in PHASES:
            raise ValueError(f"phase: expected one of {', '.join(PHASES)}, got {self.phase!r:.40}")

    @cached_property
    def step(self) -> str:
        """The step as a sentence names it."""
        return step_name(self.t, self.trace.labels, self.words)

    # -- numbers ----------------------------------------------------------------------------

    @cached_property
    def ledger(self) -> rounding.ShownLedger:
        return rounding.shown_ledger(self.trace, self.t, self.unit)

    @cached_property
    def limit(self) -> float:
        """The end of the rail's scale, a round number that no |C| of this unit passes in the whole run."""
        return rounding.nice_limit(self.trace.cells[:, self.unit - 1])

    @cached_property
    def limit_of_all_units(self) -> float:
        """The largest |C| of all units in the whole run, at least 1."""
        return float(np.nanmax(np.abs(self.trace.cells), initial=1.0))

    @cached_property
    def _values(self) -> dict[tuple[str, int], float]:
        return {}

    def value(self, key: str, place: int | None = None) -> float:
        """The number at full precision; NaN where it is covered."""
        at = key, place or self.unit
        if at not in self._values:
            self._values[at] = float(getattr(self.trace, key)[self.t - 1, at[1] - 1])
        return self._values[at]

    def text(self, key: str, place: int | None = None) -> str:
        """The number as it stands on screen; those of the ledger add up as shown."""
        in_ledger = key in LEDGER and place in (None, self.unit)
        value = getattr(self.ledger, key) if in_ledger else self.value(key, place)
        return rounding.text(value, sign=key in _SIGNED)

    def peephole(self, gate: str) -> str:
        """The weight with which a gate reads the cell state, as it stands on screen."""
        return rounding.text(getattr(self.trace.params, f"p_{gate}")[self.unit - 1])

    def covers(self, key: str) -> bool:
        """Whether an open question covers a number of this unit."""
        return math.isnan(self.value(key))

    def name(self, key: str, place: int | None = None) -> str:
        """What a number is called when it is read out."""
        name = self.words(f"quantity.{key}")
        if place and key == "x":
            return self.words("diagram.of_input", name=name, index=place)
        if place and self.trace.params.H > 1:
            return self.words("diagram.of_unit", name=name, unit=place)
        return name

    # -- what kind of cell it is ------------------------------------------------------------

    @property
    def has_forget_gate(self) -> bool:
        return self.trace.params.forget_gate

    def is_coupled(self, gate: str) -> bool:
        """Whether the gate is not computed from weights, but is 1 − f."""
        return gate == "i" and self.trace.params.coupled and not self.is_pinned(gate)

    def has_weights(self, gate: str) -> bool:
        """Whether this kind of cell has weights of its own for the gate."""
        params = self.trace.params
        return not ((gate == "f" and not params.forget_gate) or (gate == "i" and params.coupled))

    def reads(self, gate: str) -> bool:
        """Whether the gate is computed from [h_{t-1}, x_t] with weights of its own at this step."""
        return self.has_weights(gate) and not self.is_pinned(gate)

    def sees_cell(self, gate: str) -> bool:
        """Whether the gate has a peephole on the cell state."""
        return self.trace.params.peepholes is not None and gate in PEEPHOLES and self.reads(gate)

    def is_pinned(self, gate: str) -> bool:
        """Whether the reader set the gate by hand at this step, so that it was not computed."""
        pinned = self.trace.pinned
        block = GATES.index(GATE_OF[gate])
        return pinned is not None and bool(pinned[self.t - 1, block, self.unit - 1])

    # -- what is in focus -------------------------------------------------------------------

    @property
    def told(self) -> str | None:
        """The phase that is put into words: none while a question is open, for they would answer it."""
        return None if self.trace.is_covered else self.phase

    @cached_property
    def parents(self) -> frozenset[str]:
        """The drawn quantities that the chosen one is computed from.

        Pre-activations are not drawn: in place of one stand the quantities that it is computed from.
        """
        table, chosen = quantities_of(self.trace.params), self.chosen
        if chosen is None or chosen not in table or (chosen in GATE_KEYS.values() and self.is_pinned(chosen)):
            return frozenset()
        found: set[str] = set()
        open_keys = list(table[chosen].parents)
        while open_keys:
            key = open_keys.pop()
            if key.startswith("z_"):
                open_keys += table[key].parents
            else:
                found.add(key)
        return frozenset(found)

    def is_lit(self, part: str) -> bool:
        """Whether a part of the diagram is in focus: all parts are, where there is no phase."""
        return self.phase is None or part in self._lit

    @cached_property
    def _lit(self) -> set[str]:
        phase = self.phase or ""
        asked = {PART_OF[key] for key in {self.chosen, *self.parents} if key in PART_OF}
        gates = READS_IN.get(phase, ())
        seen = {part for key in gates if self.sees_cell(key) for part in (f"{key}-sees", _SEEN_BY[key])}
        unread = {"concatenation"} if gates and not any(map(self.reads, gates)) else set()
        left_over = {"f", "i-from-f"} if "i" in gates and self.is_coupled("i") else set()
        return LIT[phase] - unread | seen | left_over | asked
