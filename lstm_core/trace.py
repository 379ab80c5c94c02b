"""Every number of a run, and what can be read off it: params -> forward -> **trace** -> figures, CSV."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .arrays import is_masked, part
from .params import LSTMParams

Units = int | Sequence[int] | None
"""One unit, several, or all, each counted from 1."""


@dataclass(frozen=True, eq=False)
class LSTMTrace:
    """What `forward` recorded. Step t of the equations is row t-1 of every array.

    params : the weights of the run.
    hx : (T+1, …, H+D); row t-1 is `[h_{t-1}, x_t]`, the last row holds h_T and no input.
    cells : (T+1, …, H); row t is C_t, row 0 is C0.
    z : (T, …, 4, H) pre-activations W·[h_{t-1}, x_t] + b, blocks f, i, c, o, and in f, i, o what
        peepholes add. A coupled cell has a z_i too, but its i is 1 − f and not computed from it.
    gates : (T, …, 4, H); f, i, C̃, o.
    kept, written, tanh_C : (T, …, H); `kept + written == C` exactly.
    pinned : (T, …, 4, H), True where a gate was given and not computed; None if no gate was given.
        Where f is given in a coupled cell, i still counts as computed: it is 1 − f.
    labels : the name of each of the T steps, such as the letters of a text; () where they have none.
    hand : (T, …, H), what a hand added to C_{t-1} before step t; None where none did. `C_prev` has it.

    `…` is empty for one sequence and B for a batch. The properties below are (T, …, H) unless
    they say otherwise. All but `erased`, and `C_prev` after a hand, are views of the arrays
    above, not copies.
    """

    params: LSTMParams
    hx: np.ndarray
    cells: np.ndarray
    z: np.ndarray
    gates: np.ndarray
    kept: np.ndarray
    written: np.ndarray
    tanh_C: np.ndarray
    pinned: np.ndarray | None = None
    labels: tuple[str, ...] = ()
    hand: np.ndarray | None = None

    is_covered = False  # True in a `CoveredTrace`, which hides numbers while a question about them is open

    @property
    def T(self) -> int:
        """Number of steps."""
        return len(self.z)

    @property
    def x(self) -> np.ndarray:
        """(T, …, D): the inputs."""
        return self.hx[:-1, ..., self.params.H :]

    h_prev = property(lambda self: self.hx[:-1, ..., : self.params.H])
    h = property(lambda self: self.hx[1:, ..., : self.params.H])
    C_prev = property(lambda self: self.cells[:-1] if self.hand is None else self.cells[:-1] + self.hand)
    C = property(lambda self: self.cells[1:])
    f, i, C_tilde, o = (part("gates", ..., k, slice(None)) for k in range(4))
    z_f, z_i, z_c, z_o = (part("z", ..., k, slice(None)) for k in range(4))

    @property
    @np.errstate(under="ignore")
    def erased(self) -> np.ndarray:
        """(1 − f_t) ⊙ C_{t-1}: what the forget gate took away, with the sign of C_{t-1}."""
        return (1 - self.f) * self.C_prev

    def _repr_html_(self) -> str | None:
        """What a notebook shows: the cell, to be walked step by step; None for a batch."""
        if self.kept.ndim != 2:
            return None
        # The one place where the core reaches a folder: only who looks at a run needs its pictures.
        from .figure.run import RunFigure

        return RunFigure(self)._repr_html_()


def checked_trace(trace) -> None:
    """Raises ValueError unless it is an LSTMTrace, as `forward` returns."""
    if not isinstance(trace, LSTMTrace):
        raise ValueError(f"trace: expected an LSTMTrace, got {type(trace).__name__}")


def checked_sequence(trace) -> None:
    """Raises ValueError unless it is the LSTMTrace of one sequence, not of a batch."""
    checked_trace(trace)
    if trace.kept.ndim != 2:
        raise ValueError(f"trace: expected one sequence, got a batch of shape {trace.kept.shape}")


def column_of(unit: int, H: int) -> int:
    """The column (from 0) of a unit (from 1). Raises ValueError for a unit that is not one of the H."""
    if not is_whole(unit) or not 1 <= unit <= H:
        raise ValueError(f"unit: expected a whole number from 1 to {H}, got {unit!r:.40}")
    return int(unit) - 1


def places_of(units: Units, H: int) -> list[int]:
    """The columns of one unit, of several, or for None of all, in their order; see `column_of`."""
    wanted = range(1, H + 1) if units is None else units if isinstance(units, Sequence) else [units]
    return [column_of(unit, H) for unit in wanted]


def is_whole(value) -> bool:
    """Whether it is one whole number: of Python or NumPy, and no truth value."""
    return isinstance(value, (int, np.integer)) and not isinstance(value, bool)


def provenance(trace: LSTMTrace, unit: int | None = None) -> np.ndarray:
    """Which step wrote which part of the memory: (T+1, T, …, H), or (T+1, T, …) of one unit.

    Entry [s, t-1] is the part of C_t that was written at step s and outlived the forget gates
    of steps s+1 … t; row 0 is what is left of C0 and of what a hand added. The sum over s is C_t.
    Its size grows with the square of T, so for a long run of many units ask for one `unit`, from 1.
    """
    checked_trace(trace)
    of = np.s_[...] if unit is None else np.s_[..., column_of(unit, trace.kept.shape[-1])]
    f, kept, written = trace.f[of], trace.kept[of], trace.written[of]
    # Hide f wherever kept is hidden, or the parts would sum to the hidden C.
    f = np.where(np.isnan(kept), kept, f)
    T = trace.T
    parts = np.zeros((T + 1, *kept.shape), kept.dtype)
    parts[0, 0] = kept[0]
    parts[1, 0] = written[0]
    with np.errstate(under="ignore"):
        for t in range(1, T):
            parts[: t + 1, t] = parts[: t + 1, t - 1] * f[t]
            if trace.hand is not None:
                parts[0, t] += trace.hand[of][t] * f[t]
            parts[t + 1, t] = written[t]
    return parts


def half_life(f):
    """Steps until half of the memory is left under a constant forget gate: ln ½ / ln f.

    f : a number or an array within [0, 1]; 0 gives 0 and 1 gives infinity. Raises ValueError
    for anything else. Returns a float for a number, else an array of the same shape.
    """
    refusal = f"f: expected numbers within [0, 1], got {f!r:.80}"
    try:
        gate = np.asarray(f)
    except Exception:  # ragged lists, objects of other libraries
        raise ValueError(refusal) from None
    if is_masked(f):
        raise ValueError(f"f: expected numbers, got an array with a mask, which would be ignored: {f!r:.80}")
    if gate.dtype.kind not in "biuf" or not ((gate >= 0) & (gate <= 1)).all():
        raise ValueError(refusal)
    with np.errstate(divide="ignore"):
        steps = np.log(0.5) / np.log(gate.astype(np.float64))
    steps = np.where(gate == 1, np.inf, np.abs(steps))
    return float(steps) if steps.ndim == 0 else steps
