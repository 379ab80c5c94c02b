"""What the last memory depends on, and over which path: trace -> **paths** -> figures.

∂C_T/∂C_t and ∂C_T/∂x_t of one sequence. For a run of many steps and units the arrays are large;
pass `unit` (from 1) to compute the row of that unit alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .gradient import walk_back
from .rnn import rnn_forward, state_jacobian, with_recurrence
from .saturate import finite_matmul
from .trace import LSTMTrace, checked_sequence, column_of, provenance

_AT_ONCE = 2**24
"""At most this many numbers of ∂C_T/∂z are held in memory at a time (128 MB as float64)."""

MOST_UNITS_OF_NORM = 4
"""Above this many units `memory_paths` leaves out the norm, which needs every row of ∂C_T/∂C_t."""


def direct_path(trace: LSTMTrace, unit: int | None = None) -> np.ndarray:
    """∂C_T/∂C_t along the cell state alone, f_{t+1} ⊙ … ⊙ f_T: (T+1, H), or (T+1,) of one unit. Row T is 1.

    This is the whole diagonal of `cell_jacobian` where no gate reads h or a peephole; the rest
    of the gradient goes through what the gates read. Raises ValueError for a batch or a unit
    that is not there.
    """
    checked_sequence(trace)
    of = np.s_[:] if unit is None else column_of(unit, trace.params.H)
    f = trace.f[:, of]
    path = np.ones((len(f) + 1, *f.shape[1:]), f.dtype)
    with np.errstate(under="ignore"):
        np.multiply.accumulate(f[::-1], axis=0, out=path[-2::-1])
    return path


@np.errstate(under="ignore")
def cell_jacobian(trace: LSTMTrace, unit: int | None = None) -> np.ndarray:
    """∂C_T/∂C_t over every path, (T+1, H, H): entry [t, k, j] is ∂C_T[k] / ∂C_t[j].

    With `unit` k the row of that unit alone, (T+1, H). Row T is the identity. The direct path
    along the cell state is `direct_path`; the rest goes through h and the gates of later steps, and
    through peepholes. Raises ValueError for a batch or a unit that is not there.
    """
    checked_sequence(trace)
    T, H = trace.kept.shape
    jacobian = np.empty((T + 1, H if unit is None else 1, H), trace.kept.dtype)
    for rows, _, on_C in _from_units(trace, unit):
        jacobian[:, rows] = on_C
    return jacobian if unit is None else jacobian[:, 0]


@np.errstate(under="ignore")
def input_sensitivity(trace: LSTMTrace, unit: int | None = None) -> np.ndarray:
    """∂C_T/∂x_t over every path, (T, H, D): entry [t-1, k, d] is ∂C_T[k] / ∂x_t[d].

    With `unit` k the row of that unit alone, (T, D). `provenance` says which step wrote C_T;
    this says which inputs would have changed it. Raises ValueError for a batch or a unit that
    is not there.
    """
    checked_sequence(trace)
    T, H = trace.kept.shape
    sensitivity = np.empty((T, H if unit is None else 1, trace.params.D), trace.kept.dtype)
    for rows, on_z, _ in _from_units(trace, unit):
        sensitivity[:, rows] = _on_inputs(trace, on_z)
    return sensitivity if unit is None else sensitivity[:, 0]


def spectral_norm(jacobian: np.ndarray) -> np.ndarray:
    """The largest singular value of each matrix: (…, H, H) to (…).

    It is the length of the largest change at step T that a change of length 1 at step t can cause.
    The identity has the norm 1 for every H, and a diagonal matrix that of its largest entry, so
    curves of cells of different sizes can be compared.
    """
    largest = np.abs(jacobian).max(axis=(-2, -1), keepdims=True)
    largest[largest == 0] = 1
    with np.errstate(over="ignore", under="ignore"):
        scaled = np.where(np.isnan(largest), 0, jacobian / largest)  # the norm of covered numbers is NaN
        norm = np.linalg.norm(scaled, ord=2, axis=(-2, -1)) * largest[..., 0, 0]
    return np.minimum(norm, np.finfo(norm.dtype).max)


@dataclass(frozen=True, eq=False)
class MemoryPaths:
    """What the last memory C_T of one unit depends on. Row t-1 of every array is step t.

    direct : (T,), ∂C_T/∂C_t of the unit along the cell state alone.
    full : (T,), the same derivative over every path.
    rnn : (T,), ∂h_T/∂h_t of the same unit in the plain RNN with the candidate's weights.
    recurrence : the weight with which each unit of that RNN reads its own last output; None where it reads
        h with the candidate's U. is_deaf : whether that is 0, so that the RNN has no recurrence.
    norm : (T,), the spectral norm of ∂C_T/∂C_t of all units together, or None where there is only
        one unit or more than MOST_UNITS_OF_NORM.
    written : (T,), the part of C_T that was written at each step.
    matters : (T, D), ∂C_T/∂x_t over every path.
    peepholes : whether gates see the memory, so that a path goes through them too.
    labels : the names of the steps; () where they have none.
    """

    direct: np.ndarray
    full: np.ndarray
    rnn: np.ndarray
    norm: np.ndarray | None
    written: np.ndarray
    matters: np.ndarray
    peepholes: bool = False
    labels: tuple[str, ...] = ()
    recurrence: float | None = None
    is_deaf: bool = False

    @property
    def is_covered(self) -> bool:
        """Whether an open question hides numbers that the gradient is made of (they are NaN)."""
        return bool(np.isnan(self.full).any())

    @property
    def only_direct(self) -> bool:
        """Whether the direct path is all there is: it equals the full gradient but for float error."""
        return bool(np.allclose(self.direct, self.full, rtol=1e-9, atol=1e-12))


@np.errstate(under="ignore")
def memory_paths(trace: LSTMTrace, unit: int, recurrence: float | None = None) -> MemoryPaths:
    """Everything that the gradient page draws of a unit (from 1), in one call.

    `view.gradient_paths(memory_paths(trace, unit), unit, t, words)` is its picture. The plain RNN
    starts from the h0 of the run, and has a recurrent weight of its own where `recurrence` is
    one; see `rnn.with_recurrence`. Raises ValueError for a batch or a unit that is not there.
    """
    checked_sequence(trace)
    column, H = column_of(unit, trace.params.H), trace.params.H
    [(_, on_z, on_C)] = _from_units(trace, unit)  # once for both: in a large layer it takes seconds
    of_rnn = trace.params if recurrence is None else with_recurrence(trace.params, recurrence)
    plain = rnn_forward(of_rnn, trace.x, trace.h_prev[0])
    return MemoryPaths(
        direct=direct_path(trace, unit)[1:],
        full=on_C[1:, 0, column],
        rnn=state_jacobian(plain, unit)[1:, column],
        norm=spectral_norm(cell_jacobian(trace)[1:]) if 1 < H <= MOST_UNITS_OF_NORM else None,
        written=provenance(trace, unit)[1:, -1],
        matters=_on_inputs(trace, on_z)[:, 0],
        peepholes=trace.params.peepholes is not None,
        labels=trace.labels,
        recurrence=recurrence,
        is_deaf=not of_rnn.U_c.any(),
    )


def _on_inputs(trace: LSTMTrace, on_z: np.ndarray) -> np.ndarray:
    """What a change of each input does by way of the pre-activations: (T, n, 4, H) to (T, n, D)."""
    H, D = trace.params.H, trace.params.D
    V = np.ascontiguousarray(trace.params.W[:, :, H:]).reshape(4 * H, D)
    return finite_matmul(on_z.reshape(-1, 4 * H), V).reshape(*on_z.shape[:2], D)


def _from_units(trace: LSTMTrace, unit: int | None) -> Iterator[tuple[slice, np.ndarray, np.ndarray]]:
    """Walks back from C_T of every unit, or of one: (rows, ∂C_T/∂z (T, n, 4, H), ∂C_T/∂C (T+1, n, H))."""
    T, H = trace.kept.shape
    starts = np.eye(H, dtype=trace.kept.dtype)
    if unit is not None:
        starts = starts[[column_of(unit, H)]]
    nothing = np.zeros((T, 1, H), trace.kept.dtype)
    at_once = max(1, _AT_ONCE // (T * 4 * H))
    for first in range(0, len(starts), at_once):
        rows = slice(first, first + at_once)
        dz, _, C = walk_back(trace, nothing, starts[rows])
        yield rows, dz, C
