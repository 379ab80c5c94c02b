"""The plain tanh RNN that the LSTM was made to beat: params -> **rnn** -> trace, jacobian -> figures.

Elman, "Finding Structure in Time", Cognitive Science 14(2), 1990.
"""

from copy import copy
from dataclasses import dataclass

import numpy as np

from .arrays import checked
from .params import LSTMParams
from .saturate import affine_for, saturating_matmul
from .trace import column_of


@dataclass(frozen=True, eq=False)
class RNNTrace:
    """What `rnn_forward` recorded. Step t of the equation is row t-1 of x, z and h.

    params : the LSTM's weights, of which the RNN has those of the candidate.
    hx : (T+1, …, H+D); row t-1 is `[h_{t-1}, x_t]`, the last row holds h_T and no input.
    z : (T, …, H) pre-activations.
    """

    params: LSTMParams
    hx: np.ndarray
    z: np.ndarray

    @property
    def T(self) -> int:
        """Number of steps."""
        return len(self.z)

    @property
    def x(self) -> np.ndarray:
        """(T, …, D): the inputs."""
        return self.hx[:-1, ..., self.params.H :]

    h_prev = property(lambda self: self.hx[:-1, ..., : self.params.H], doc="(T, …, H).")
    h = property(lambda self: self.hx[1:, ..., : self.params.H], doc="(T, …, H).")


def with_recurrence(params: LSTMParams, weight: float) -> LSTMParams:
    """These weights, where the candidate of a unit reads its own last output alone, with `weight`.

    So U_c is `weight` times the identity, and a plain RNN of them has a recurrence of its own. Raises
    ValueError for a weight that is no finite number.
    """
    W = params.W.copy()
    W[2, :, : params.H] = float(checked("weight", weight, (), dtype=params.dtype)) * np.eye(params.H)
    W.flags.writeable = False
    own = copy(params)  # The constructor refuses NaN, which stands for weights that an open question covers.
    object.__setattr__(own, "W", W)
    return own


def rnn_forward(params: LSTMParams, x, h0=0.0) -> RNNTrace:
    """Run h_t = tanh(W_c·[h_{t-1}, x_t] + b_c) over a sequence: the candidate alone, fed back as h.

    x : (T, D) one sequence, or (T, B, D) a batch of B.
    h0 : state before the first step, a number, (H,) or (B, H).

    The comparison with the LSTM is fair, because the candidate has the same equation in both
    networks: this RNN is the cell without its gates and its memory, with the same units, the same
    inputs and the same weights W_c and b_c. The other three blocks of W and b are not used. A cell can do
    without U_c, because its memory goes along C; an RNN with U = 0 has no recurrence. `with_recurrence`
    gives it a weight of its own.

    Precision, finite results and refusals are those of `forward`.
    """
    if not isinstance(params, LSTMParams):
        raise ValueError(f"params: expected LSTMParams, got {type(params).__name__}")
    H, D, dtype = params.H, params.D, params.dtype
    x = checked("x", x, ("T", D), ("T", "B", D), dtype=dtype)
    T, batch = len(x), x.shape[1:-1]
    hx = np.zeros((T + 1, *batch, H + D), dtype)
    hx[:T, ..., H:] = x
    hx[0, ..., :H] = checked("h0", h0, *[(), (H,), (*batch, H)][: 2 + len(batch)], dtype=dtype)
    z, W = np.empty((T, *batch, H), dtype), params.W_c.T
    affine = affine_for(W, params.b_c, hx)
    with np.errstate(under="ignore"):
        for t in range(T):
            affine(hx[t], W, params.b_c, z[t])
            np.tanh(z[t], out=hx[t + 1, ..., :H])
    return RNNTrace(params, hx, z)


def state_jacobian(trace: RNNTrace, unit: int | None = None) -> np.ndarray:
    """∂h_T/∂h_t, (T+1, H, H): entry [t, k, j] is ∂h_T[k] / ∂h_t[j]; with `unit` k its row, (T+1, H).

    A product of (1 − h²)·U_c of the steps t+1 … T, and the only path there is; row T is the
    identity. What would overflow stops at the largest float. Raises ValueError for anything
    but a run of one sequence, and for a unit that is not there.
    """
    if not isinstance(trace, RNNTrace):
        raise ValueError(f"trace: expected an RNNTrace, got {type(trace).__name__}")
    if trace.z.ndim != 2:
        raise ValueError(f"trace: expected one sequence, got a batch of shape {trace.z.shape}")
    T, H = trace.z.shape
    U, slope = np.ascontiguousarray(trace.params.U_c), 1 - trace.h**2
    end = np.eye(H, dtype=slope.dtype)
    jacobian = np.empty((T + 1, *(end if unit is None else end[:1]).shape), slope.dtype)
    jacobian[T] = end if unit is None else end[column_of(unit, H)]
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        for matmul in (np.matmul, saturating_matmul):
            for t in reversed(range(T)):
                matmul(jacobian[t + 1] * slope[t], U, out=jacobian[t])
            if np.isfinite(jacobian).all():
                break
    return jacobian if unit is None else jacobian[:, 0]
