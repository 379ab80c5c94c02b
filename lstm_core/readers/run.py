"""Layers of a file, run one after the other as their framework runs them: layers, x -> a trace for each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from ..arrays import checked
from ..cell import forward
from ..params import LSTMParams
from ..trace import LSTMTrace
from .gru import GRU_KEYS, GRUParams, GRUTrace, gru_forward
from .layer import Layer
from .limits import IN_THE_APP, Limits, check_run
from .refusals import Refused
from .sequence import check_x

_MERGE: dict[str, Callable[..., np.ndarray]] = {
    "sum": np.add,
    "mul": np.multiply,
    "ave": lambda a, b: (a + b) / 2,
}


@dataclass(frozen=True, eq=False)
class LayerRun:
    """One layer's run.

    trace : every number, in the order in which the layer reads; the memory of a reverse layer goes
        from the last step of the sequence to the first.
    """

    layer: Layer
    trace: LSTMTrace | GRUTrace

    @property
    def times(self) -> np.ndarray:
        """(T,), the step of the sequence, from 1, that each row of the trace has read."""
        steps = np.arange(1, self.trace.T + 1)
        return steps[::-1] if self.layer.direction == "reverse" else steps

    def in_time(self, name: str) -> np.ndarray:
        """An array of the trace ("f", "C", "h", …) in the order of the sequence: (T, …)."""
        array = getattr(self.trace, name)
        return array[::-1] if self.layer.direction == "reverse" else array

    def to_frame(self, unit: int | Sequence[int] | None = None):
        """The trace as a pandas frame in the order of the sequence: `t` is the step that a row has read.

        A row's `h_prev` and `C_prev` are what the layer had before it: in a reverse layer, of step t + 1.
        unit : the rows of one unit alone, or of several, from 1.
        """
        from ..export import columns_of, frame_of, to_frame

        if isinstance(self.trace, GRUTrace):
            frame = frame_of(columns_of(self.trace, ("x", *GRU_KEYS), unit))
        else:
            frame = to_frame(self.trace, unit)
        frame["t"] = self.times[frame["t"].to_numpy() - 1]
        order = [name for name in ("sequence", "t", "unit") if name in frame]
        return frame.sort_values(order, ignore_index=True)

    @property
    def output(self) -> np.ndarray:
        """(T, …, H): what the framework gives for each step of the sequence."""
        return self.trace.h if self.layer.merge == "as_read" else self.in_time("h")


def run_layers(
    layers: Sequence[Layer],
    x,
    h0: Sequence | None = None,
    C0: Sequence | None = None,
    limits: Limits = IN_THE_APP,
    labels: Sequence[str] = (),
) -> list[LayerRun]:
    """Run a stack of layers, each on what the one before it gives.

    layers : in their order. Neighbours of one name and level are the two directions of a pair:
        both read the same, and what they give is merged.
    x : (T, D), or (T, B, D) for a batch of B.
    h0, C0 : the states before the first step, one for each layer in the order of `layers`, each
        a number, (H,) or (B, H); without them those of the file, which are 0 in most.
    labels : a name for each step of the sequence; () where they have none.

    Returns a run for each layer, in their order. Raises Refused for inputs of other widths, runs
    beyond the limits, and directions that are not merged.
    """
    if not layers:
        raise Refused("states", expected=1, got=0)
    x = np.asarray(x)
    check_x(x, layers[0].D, layers[0].address)
    states = []
    for given, name in ((h0, "h0"), (C0, "C0")):
        given = [_of_file(layer, name, x) for layer in layers] if given is None else list(given)
        if len(given) != len(layers):
            raise Refused("states", expected=len(layers), got=len(given))
        states.append(given)
    for layer in layers:
        check_run(limits, len(x), x.shape[1] if x.ndim == 3 else 1, layer.H)
    runs: list[LayerRun] = []
    values, before = checked("x", x, x.shape), None
    for _, group in groupby(layers, key=lambda layer: (layer.name, layer.level)):
        pair = list(group)
        if before is not None:
            values = merged(before)
        start = len(runs)
        for layer in pair:
            place = len(runs)
            runs.append(_run(layer, values, states[0][place], states[1][place], labels))
        before = runs[start:]
    return runs


def run_bytes(layers: Sequence[Layer], T: int) -> int:
    """Room that runs of T steps will take: z and the gates have four blocks, all else one."""
    numbers = (((T + 1) * (2 * layer.H + layer.D) + 11 * T * layer.H, layer) for layer in layers)
    return sum(count * layer.params.W.itemsize for count, layer in numbers)


def seen_states(layers: Sequence[Layer], number: int) -> tuple[list, list]:
    """h0 and C0 for `run_layers`: the states before a captured sequence, or those of the file."""
    own = [layer if layer.seen is None else layer.seen.sequence(number) for layer in layers]
    return [one.h0 for one in own], [one.C0 for one in own]


def _of_file(layer: Layer, name: str, x: np.ndarray):
    """The state in the file: of each sequence where it holds as many as there are, else of the first."""
    state = getattr(layer, name)
    if np.ndim(state) == 2 and x.shape[1:-1] != (len(state),):
        return state[0]
    return state


def merged(runs: list[LayerRun]) -> np.ndarray:
    """What a layer, or the two directions of a pair, give to the next: (T, …, H) or (T, …, 2H)."""
    outputs = [run.output for run in sorted(runs, key=lambda run: run.layer.direction)]
    if len(outputs) == 1:
        return outputs[0]
    merge = runs[0].layer.merge
    if merge == "none" or len(outputs) > 2:
        raise Refused("merge", layer=runs[0].layer.name or "lstm")
    return _MERGE[merge](*outputs) if merge in _MERGE else np.concatenate(outputs, axis=-1)


def _run(layer: Layer, x: np.ndarray, h0, C0, labels: Sequence[str]) -> LayerRun:
    if x.shape[-1] != layer.D:
        raise Refused("chain", layer=layer.address or "lstm", expected=layer.D, got=x.shape[-1])
    in_its_order = np.s_[::-1] if layer.direction == "reverse" else np.s_[:]
    return LayerRun(layer, run_cell(layer.params, x[in_its_order], h0, C0, labels[in_its_order]))


def run_cell(params: LSTMParams | GRUParams, x, h0, C0, labels: Sequence[str] = ()) -> LSTMTrace | GRUTrace:
    """The run of either cell; of a GRU, which has no C, C0 is left out."""
    if isinstance(params, GRUParams):
        return gru_forward(params, x, h0, labels)
    return forward(params, x, h0, C0, labels=labels)
