"""What was captured, computed anew with every number: what a layer saw -> forward -> **run**."""

import io
import json
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from ..labels import checked_labels
from ..readers.layer import Layer, with_addresses
from ..readers.named_steps import Context, column_of_labels, contexts, correlated
from ..readers.ranking import half_lives, keeps, ranked
from ..readers.run import LayerRun, run_cell
from ..trace import LSTMTrace, column_of
from . import from_keras, from_torch
from .seen import NotCaptured, Seen

AGREES = 1e-5
"""What h may differ from that of the framework, whose numbers have 32 bits."""


@dataclass(frozen=True)
class Unit:
    """One unit of a run; the numbers are those of `lstm_core.readers.ranking.Ranking`. unit : from 1.

    r, control : of the labels that were asked for, as in `lstm_core.readers.named_steps.Correlation`, or NaN.
    """

    unit: int
    half_life: float
    effect: float
    saturated: float
    moved: float
    largest: float
    r: float = float("nan")
    control: float = float("nan")


@dataclass(frozen=True, eq=False)
class Captured:
    """One layer in one direction, with what it read.

    layer : its weights and names. x : (T, B, D), in the order of the sequence. lengths : (B,), the steps of
        each sequence without its padding. h0, C0 : (B, H).
    labels : of each sequence a name for each step, or ().
    difference : the largest distance between the h computed here and that of the framework; NaN where the
        framework gives no h of this layer.
    """

    layer: Layer
    x: np.ndarray
    lengths: np.ndarray
    h0: np.ndarray
    C0: np.ndarray
    labels: tuple[tuple[str, ...], ...]
    difference: float

    def sequence(self, number: int = 1) -> LayerRun:
        """The run of one sequence, from 1, without its padding. Raises IndexError for another number."""
        if not 1 <= number <= len(self.lengths):
            raise IndexError(f"sequence: expected 1 to {len(self.lengths)}, got {number}")
        b = number - 1
        order = np.s_[::-1] if self.layer.direction == "reverse" else np.s_[:]
        T = int(self.lengths[b])
        x, labels = self.x[:T, b], self.labels[b][:T]
        return LayerRun(
            self.layer, run_cell(self.layer.params, x[order], self.h0[b], self.C0[b], labels[order])
        )

    def units(self, by: str = "half_life", number: int = 1, label: str | Sequence[str] = ()) -> list[Unit]:
        """The units of one sequence's run, the largest first.

        by : one of the orders of a `Ranking`, or "label" for how closely C goes along with being at a step of
            that label, or of one of those labels.
        """
        trace = self.sequence(number).trace
        found = ranked(trace)
        columns = [getattr(found, field.name) for field in fields(Unit)[1:6]]
        chosen = [label] if isinstance(label, str) else list(label)
        with_label = correlated(trace.C, column_of_labels(trace.labels or [""] * trace.T, chosen))
        if chosen:
            columns += [with_label.r, with_label.control]
        order = with_label.order() if by == "label" else found.order(by)
        return [Unit(int(k), *(float(column[k - 1]) for column in columns)) for k in order]

    def contexts(self, unit: int, most: int = 5) -> tuple[list[Context], list[Context]]:
        """The steps of all sequences after which C of a unit, from 1, is highest, and where it is lowest."""
        place = column_of(unit, self.layer.H)
        runs = (self.sequence(number) for number in range(1, len(self.lengths) + 1))
        return contexts([run.in_time("C")[:, place].copy() for run in runs], self.labels, most)

    def _repr_html_(self) -> str | None:
        trace = self.sequence().trace
        return trace._repr_html_() if isinstance(trace, LSTMTrace) else None


class Run:
    """All layers of a model that were captured in one call: `run["encoder.lstm"]`.

    A layer is found by its address, and by its name where that is of one layer alone.

    left_out : a refusal for each layer of another kind.
    """

    def __init__(self, captured: Sequence[Captured], left_out: Sequence[ValueError] = ()):
        self._captured = {one.layer.address: one for one in captured}
        self.left_out = tuple(left_out)

    def __getitem__(self, name: str) -> Captured:
        found = self._captured.get(name) or self._only(name)
        if found is None:
            raise KeyError(f"{name}: expected one of {', '.join(self._captured)}")
        return found

    def _only(self, name: str) -> Captured | None:
        of_name = [one for one in self._captured.values() if one.layer.name == name]
        return of_name[0] if len(of_name) == 1 else None

    def __iter__(self) -> Iterator[str]:
        return iter(self._captured)

    def __len__(self) -> int:
        return len(self._captured)

    @cached_property
    def difference(self) -> float:
        """The largest of all layers."""
        return float(np.nanmax([0.0, *(one.difference for one in self._captured.values())]))

    def half_lives(self, number: int = 1) -> dict[str, np.ndarray]:
        """Of each layer's units (H,), by its address: how long they remember in one sequence, from 1."""
        return {
            address: half_lives(keeps(one.sequence(min(number, len(one.lengths))).trace))
            for address, one in self._captured.items()
        }

    def __repr__(self) -> str:
        lines = [
            f"  {address}: {one.layer.D} inputs, {one.layer.H} units, {one.layer.direction}, "
            f"{len(one.lengths)} × {len(one.x)} steps; h differs by {one.difference:.1e}"
            for address, one in self._captured.items()
        ]
        lines += [f"  left out: {refusal}" for refusal in self.left_out]
        return "\n".join(["Run of", *lines])

    def save(self, path: str | Path) -> None:
        """Write weights and inputs as one .npz, which `read_layers`, `lstm-gates` and the app open.

        Of each layer, after its address and a /: its weights as `to_npz` names them, `x` (T, B, D), `lengths`
        (B,), `h0`, `C0` (B, H), `reverse`, and where there are any, `labels` (B, T) as the bytes of JSON.
        """
        arrays: dict[str, Any] = {}
        for address, one in self._captured.items():
            params = one.layer.params
            names = ("b_h", "reset_after") if one.layer.kind == "gru" else ("forget_gate", "coupled")
            own = {name: getattr(params, name) for name in ("W", "b", *names)}
            own |= {"x": one.x, "lengths": one.lengths, "h0": one.h0, "C0": one.C0}
            if any(one.labels):
                rows = [[*labels, *[""] * (len(one.x) - len(labels))] for labels in one.labels]
                own["labels"] = np.frombuffer(json.dumps(rows).encode(), np.uint8)
            own["reverse"] = one.layer.direction == "reverse"
            arrays |= {f"{address}/{name}": value for name, value in own.items()}
        file = io.BytesIO()
        np.savez_compressed(file, allow_pickle=False, **arrays)
        Path(path).write_bytes(file.getvalue())


def capture(model: Any, x: Any, labels: Sequence | None = None) -> Run:
    """Call a model of PyTorch or Keras 3 once, and run its LSTM and GRU layers on what they read in it.

    x : what the model takes, in its framework's own arrays; for PyTorch a tuple of several arguments or a
        dict of named ones.
    labels : names for the steps: a text or a list of texts for one sequence, a list of those for a batch.

    No gate is taken from the framework: all numbers are computed here, and the h that the framework gives is
    compared with them; a difference above AGREES is said in a warning. The model is called as after training,
    and is left as it was.

    Raises NotCaptured for another kind of model and for one without such a layer, ValueError for labels that
    do not fit.
    """
    if from_keras.is_keras(model):  # first, because a Keras model on PyTorch is both
        seen, refused = from_keras.watch(model, x)
    elif from_torch.is_torch(model):
        seen, refused = from_torch.watch(model, x)
    else:
        kind = f"{type(model).__module__}.{type(model).__name__}"
        raise NotCaptured(f"model: expected one of PyTorch or Keras 3, got {kind}")
    captured = [one for call in seen for one in _runs(call, labels)]
    if not captured:
        why = f": {refused[0]}" if refused else ""
        raise NotCaptured(f"model: no LSTM or GRU layer was called{why}")
    if labels is not None and not any(any(one.labels) for one in captured):
        raise ValueError(
            f"labels: expected at most {max(map(int, captured[0].lengths))} for a sequence, got more"
        )
    addressed = with_addresses([one.layer for one in captured])
    run = Run([replace(one, layer=layer) for one, layer in zip(captured, addressed, strict=True)], refused)
    if run.difference > AGREES:
        warnings.warn(f"h differs from that of the framework by up to {run.difference:.1e}", stacklevel=2)
    return run


def _runs(call: Seen, labels: Sequence | None) -> list[Captured]:
    """Each layer of a call, on what the ones before it give."""
    named = _labels(labels, call)
    found: list[Captured] = []
    x, last = call.x, call.layers[-1].level
    each = zip(call.layers, call.h0, call.C0, call.h_last, strict=True)
    for level, group in groupby(each, key=lambda one: one[0].level):
        outputs: list[np.ndarray] = []
        for layer, *states, h_last in group:
            zeros = np.zeros((x.shape[1], layer.H), x.dtype)
            h0, C0 = (zeros if state is None else state for state in states)
            h = _outputs(layer, x, call.lengths, h0, C0)
            theirs = []
            if call.h is not None and level == last:
                place = len(outputs) * layer.H
                theirs.append((call.h[..., place : place + layer.H], h))
            if h_last is not None:
                ends = np.zeros_like(call.lengths) if layer.direction == "reverse" else call.lengths - 1
                theirs.append((h_last[None], h[ends, np.arange(len(ends))][None]))
            found.append(Captured(layer, x, call.lengths, h0, C0, named, _difference(theirs, call.lengths)))
            outputs.append(h)
        x = np.concatenate(outputs, axis=-1)
    return found


def _outputs(layer: Layer, x: np.ndarray, lengths: np.ndarray, h0: np.ndarray, C0: np.ndarray) -> np.ndarray:
    """(T, B, H): h in the order of the sequence, 0 in the padding."""
    steps = np.arange(len(x))[:, None]
    place = lengths - 1 - steps if layer.direction == "reverse" else steps + np.zeros_like(lengths)
    own = (steps < lengths) & (place >= 0)
    place = np.where(own, place, 0)
    batch = np.arange(len(lengths))
    read = np.where(own[..., None], x[place, batch], 0)
    h = run_cell(layer.params, read, h0, C0).h
    return np.where(own[..., None], h[place, batch], 0)


def _difference(theirs: list[tuple[np.ndarray, np.ndarray]], lengths: np.ndarray) -> float:
    """The largest distance over the steps that are no padding; NaN where there is nothing to compare with."""
    largest = [float("nan")]
    for given, ours in theirs:
        own = np.arange(len(given))[:, None] < lengths
        largest.append(float(np.abs(np.where(own[..., None], given - ours, 0)).max()))
    return float(np.nanmax(largest)) if len(largest) > 1 else largest[0]


def _labels(labels: Sequence | None, call: Seen) -> tuple[tuple[str, ...], ...]:
    """Of each sequence of a batch its names: none for a layer with fewer steps, "" for steps that have none.

    Raises ValueError for names of another number of sequences, and of another kind.
    """
    B = len(call.lengths)
    nothing = ((),) * B
    if labels is None:
        return nothing
    is_one = isinstance(labels, str) or all(isinstance(label, str) for label in labels)
    of_each = [list(labels)] if is_one and B == 1 else [list(own) for own in labels]
    if len(of_each) != B:
        raise ValueError(f"labels: expected those of {B} sequences, got {len(of_each)}")
    if any(len(own) > T for own, T in zip(of_each, call.lengths, strict=True)):
        return nothing  # such as a layer that reads every second step
    return tuple(
        checked_labels([*own, *[""] * (int(T) - len(own))], int(T))
        for own, T in zip(of_each, call.lengths, strict=True)
    )
