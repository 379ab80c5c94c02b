"""What the reader edits: controls -> **experiment** -> trace -> figures, CSV.

Every number in it has one address, which the sliders, the link and the tables share:
`U_f.1.2` is the weight from h_2 into the forget gate of unit 1, `V_f.1.3` the one from x_3,
`b_f.1` its bias, `p_f.1` its peephole where the cell has any, `x.5.1` the first input at step 5,
`h0.1` and `C0.1` the state before step 1.
A gate that is pinned has one too: `pin_f.1.5` stands in for f of unit 1 at step 5, `pin_f.1` at
every step. Units, inputs and steps count from 1.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import numpy as np

from ..arrays import checked
from ..cell import forward
from ..labels import checked_labels, fitted
from ..params import GATES, PEEPHOLES, LSTMParams
from ..trace import LSTMTrace

LIMIT = 1e6
"""The largest magnitude of a number in an experiment. Gates are saturated long before it."""

HAND_H, HAND_D, HAND_T = 4, 4, 40
"""Sliders and links take experiments of at most this many units, inputs and steps."""

_N = r"\.([1-9]\d{0,3})"  # no leading zero: every number has one address
_ADDRESS = re.compile(
    rf"([UV])_([fico]){_N}{_N}|(b)_([fico]){_N}|(p)_([fio]){_N}|(x){_N}{_N}|(h0|C0){_N}", re.ASCII
)

_PIN = re.compile(rf"pin_([fico]){_N}(?:{_N})?", re.ASCII)

_OF_PARAMS = ("W", "b", "peepholes")

MOST_PINS = 4 * HAND_H * (HAND_T + 1)
"""As many pins as an experiment can have that is edited by hand: of each gate one a step, and one for all."""

PIN_RANGES = {"f": (0.0, 1.0), "i": (0.0, 1.0), "c": (-1.0, 1.0), "o": (0.0, 1.0)}


@dataclass(frozen=True, eq=False)
class Experiment:
    """Weights, inputs and state before the first step of one run.

    preset : key of the preset that it started from, and `seed` for the random one.
    x (T, D), h0 (H,), C0 (H,).
    pins : address -> value of each gate that is given and not computed.
    labels : the names of the steps, as `labels.checked_labels` takes them; () where they have none.
    """

    preset: str
    params: LSTMParams
    x: np.ndarray
    h0: np.ndarray
    C0: np.ndarray
    seed: int = 1
    pins: Mapping[str, float] = field(default_factory=dict)
    labels: tuple[str, ...] = ()

    def __post_init__(self):
        H, D = self.params.H, self.params.D
        object.__setattr__(self, "pins", MappingProxyType(dict(self.pins)))
        object.__setattr__(self, "x", checked("x", self.x, ("T", D)))
        object.__setattr__(self, "h0", checked("h0", self.h0, (H,)))
        object.__setattr__(self, "C0", checked("C0", self.C0, (H,)))
        object.__setattr__(self, "labels", checked_labels(self.labels, self.T))

    @property
    def T(self) -> int:
        return len(self.x)

    @property
    def H(self) -> int:
        return self.params.H

    @property
    def D(self) -> int:
        return self.params.D

    @property
    def by_hand(self) -> bool:
        """Whether it is small enough for sliders, and for a link to hold."""
        return self.H <= HAND_H and self.D <= HAND_D and self.T <= HAND_T

    def __eq__(self, other) -> bool:
        return isinstance(other, Experiment) and (
            (self.preset, self.seed, self.params, self.pins, self.labels)
            == (other.preset, other.seed, other.params, other.pins, other.labels)
            and all(np.array_equal(getattr(self, n), getattr(other, n)) for n in ("x", "h0", "C0"))
        )

    def trace(self) -> LSTMTrace:
        """The run, with every number of it."""
        return forward(self.params, self.x, self.h0, self.C0, self._pinned(), self.labels)

    def to_json(self) -> str:
        """Its parameters as JSON, with its `pins` if there are any: a run without them would be another."""
        return json.dumps(self.params.to_data() | ({"pins": dict(self.pins)} if self.pins else {}))

    # -- one number -------------------------------------------------------------------------

    def value(self, address: str) -> float:
        """The number at an address. Raises KeyError for an address that it does not have."""
        owner, index = self._locate(address)
        return float(self._array(owner)[index])

    def edited(self, address: str, value: float) -> Experiment:
        """This experiment with another number at one address.

        Raises KeyError for an address that it does not have, ValueError for a number that is not
        finite or beyond ±LIMIT.
        """
        owner, index = self._locate(address)
        number = _number(address, value)
        if not abs(number) <= LIMIT:
            raise ValueError(f"{address}: expected a number within ±{LIMIT:.0f}, got {value!r:.40}")
        array = self._array(owner).copy()
        array[index] = number
        return self._with(owner, array)

    def _locate(self, address: str):
        match = _ADDRESS.fullmatch(address) if isinstance(address, str) else None
        if not match:
            raise KeyError(address)
        kind, *rest = [part for part in match.groups() if part is not None]
        gate = (PEEPHOLES if kind == "p" else GATES).index(rest.pop(0)) if kind in "UVbp" else None
        numbers = [int(part) - 1 for part in rest]
        limits = {
            "U": (self.H, self.H),
            "V": (self.H, self.D),
            "b": (self.H,),
            "p": (0 if self.params.peepholes is None else self.H,),
            "x": (self.T, self.D),
            "h0": (self.H,),
            "C0": (self.H,),
        }[kind]
        if any(not 0 <= n < limit for n, limit in zip(numbers, limits, strict=True)):
            raise KeyError(address)
        if kind == "V":
            numbers[1] += self.H
        owner = {"U": "W", "V": "W", "p": "peepholes"}.get(kind, kind)
        return owner, tuple(numbers) if gate is None else (gate, *numbers)

    def _array(self, owner: str) -> np.ndarray:
        return getattr(self.params if owner in _OF_PARAMS else self, owner)

    def _with(self, owner: str, array: np.ndarray) -> Experiment:
        change: dict[str, Any] = {owner: array}
        if owner in _OF_PARAMS:
            change = {"params": replace(self.params, **change)}
        return replace(self, **change)

    # -- what is pinned ---------------------------------------------------------------------

    def pinned(self, address: str, value: float) -> Experiment:
        """This experiment with a gate pinned at one step (`pin_f.1.5`) or at every step (`pin_f.1`).

        Raises KeyError for an address of no gate or step that it has, ValueError for a value outside
        the range of the gate.
        """
        return self.with_pins({address: value})

    def with_pins(self, pins: Mapping[str, float]) -> Experiment:
        """This experiment with all these pins besides its own. Raises what `pinned` raises."""
        return replace(self, pins={**self.pins, **{a: self._checked_pin(a, v) for a, v in pins.items()}})

    def _checked_pin(self, address: str, value: float) -> float:
        gate, _, _ = self._locate_pin(address)
        low, high = PIN_RANGES[gate]
        number = _number(address, value)
        if not low <= number <= high:
            raise ValueError(f"{address}: expected a number from {low:g} to {high:g}, got {value!r:.40}")
        return number

    def unpinned(self, address: str | None = None) -> Experiment:
        """This experiment with one pin taken away, or all of them."""
        others = {} if address is None else {a: v for a, v in self.pins.items() if a != address}
        return replace(self, pins=others)

    def _locate_pin(self, address: str) -> tuple[str, int, int | None]:
        match = _PIN.fullmatch(address) if isinstance(address, str) else None
        if not match or int(match[2]) > self.H or int(match[3] or 1) > self.T:
            raise KeyError(address)
        return match[1], int(match[2]), int(match[3]) if match[3] else None

    def _pinned(self) -> np.ndarray | None:
        if not self.pins:
            return None
        pinned = np.full((self.T, 4, self.H), np.nan)
        # Pins of every step come first, so that a pin of a single step replaces them there.
        for address, value in sorted(self.pins.items(), key=lambda pin: pin[0].count(".")):
            gate, unit, t = self._locate_pin(address)
            pinned[slice(None) if t is None else t - 1, GATES.index(gate), unit - 1] = value
        return pinned

    # -- its addresses ----------------------------------------------------------------------

    def gate_addresses(self, gate: str, unit: int) -> list[str]:
        """Weights and bias of one gate ("f", "i", "c", "o") of one unit: bias, U, V, peephole."""
        sees_cell = self.params.peepholes is not None and gate in PEEPHOLES
        return [
            f"b_{gate}.{unit}",
            *(f"U_{gate}.{unit}.{k + 1}" for k in range(self.H)),
            *(f"V_{gate}.{unit}.{d + 1}" for d in range(self.D)),
            *([f"p_{gate}.{unit}"] if sees_cell else []),
        ]

    def input_addresses(self, t: int) -> list[str]:
        return [f"x.{t}.{d + 1}" for d in range(self.D)]

    def state_addresses(self, unit: int) -> list[str]:
        return [f"h0.{unit}", f"C0.{unit}"]

    def addresses(self) -> list[str]:
        """Every address, weights first."""
        units = range(1, self.H + 1)
        return [
            *(a for gate in GATES for unit in units for a in self.gate_addresses(gate, unit)),
            *(a for t in range(1, self.T + 1) for a in self.input_addresses(t)),
            *(a for unit in units for a in self.state_addresses(unit)),
        ]

    def numbers(self) -> np.ndarray:
        """The number at each of `addresses`, in their order, as float64: `value` for all of them at once."""
        p = self.params
        rows = {gate: [p.b[k], p.W[k]] for k, gate in enumerate(GATES)}
        for gate, peepholes in zip(PEEPHOLES, () if p.peepholes is None else p.peepholes, strict=False):
            rows[gate].append(peepholes)
        parts = [*map(np.column_stack, rows.values()), self.x, np.column_stack([self.h0, self.C0])]
        return np.concatenate([part.ravel() for part in parts], dtype=np.float64)

    # -- its shape --------------------------------------------------------------------------

    @property
    def variant(self) -> str:
        """The name of the cell in `params.VARIANTS`."""
        return self.params.variant

    def with_variant(self, name: str) -> Experiment:
        """The same weights, inputs and pins in another cell: "lstm", "1997", "peephole", "coupled", …

        Peepholes that were not there start at 0. Raises KeyError for an unknown name.
        """
        return self if name == self.variant else replace(self, params=self.params.with_variant(name))

    def tiled(self, T: int) -> Experiment:
        """This experiment with its inputs and their labels repeated over and over, up to T steps."""
        T = _size("T", T)
        times = -(-T // self.T)
        return replace(self, x=np.tile(self.x, (times, 1))[:T], labels=(self.labels * times)[:T])

    def resized(self, H: int | None = None, D: int | None = None, T: int | None = None) -> Experiment:
        """This experiment with another number of units, inputs or steps.

        Whatever stays keeps its numbers and labels. Weights change as `LSTMParams.resized` says; a new
        step has inputs of 0 and no label. So a larger experiment gives the same numbers for the old units
        at the old steps. Raises ValueError for a size that is no whole number of at least 1.
        """
        old_H, old_D, old_T = self.H, self.D, self.T
        H, D, T = (
            old if new is None else _size(name, new)
            for name, new, old in (("H", H, old_H), ("D", D, old_D), ("T", T, old_T))
        )
        if (old_H, old_D, old_T) == (H, D, T):
            return self
        units = np.minimum(np.arange(H), old_H - 1)
        x = np.zeros((T, D), self.x.dtype)
        x[: min(T, old_T), : min(D, old_D)] = self.x[:T, :D]
        params, h0, C0 = self.params.resized(H, D), self.h0[units], self.C0[units]
        labels = fitted(self.labels, T)
        resized = replace(self, params=params, x=x, h0=h0, C0=C0, pins={}, labels=labels)
        pins = {}
        for address, value in self.pins.items():
            with suppress(KeyError):  # the unit or step of this pin is no longer there
                pins[address] = resized._checked_pin(address, value)
        return replace(resized, pins=pins)


def _number(address: str, value) -> float:
    """The value as a float; NaN for what is no number."""
    try:
        return float(checked(address, value, ()))
    except ValueError:
        return float("nan")


def _size(name: str, value) -> int:
    if isinstance(value, (int, np.integer)) and not isinstance(value, bool) and value >= 1:
        return int(value)
    raise ValueError(f"{name}: expected a whole number of at least 1, got {value!r:.40}")
