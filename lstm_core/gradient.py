"""Backpropagation through time over a recorded run: trace -> **gradient**.

The gradients of the six equations of `cell.py`, over every path, cell state and hidden state
alike; Gers' thesis (2001), appendix, writes them out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .params import checked
from .saturate import saturating_matmul
from .trace import LSTMTrace, checked_trace


@dataclass(frozen=True, eq=False)
class LSTMGradient:
    """Gradient of a scalar loss.

    W (4, H, H+D) and b (4, H): summed over steps and batch. x (T, …, D).
    h and C (T+1, …, H): on each h_t and C_t over all later paths, row 0 for h0 and C0.
    """

    W: np.ndarray
    b: np.ndarray
    x: np.ndarray
    h: np.ndarray
    C: np.ndarray


def backward(trace: LSTMTrace, dh, dC=0.0) -> LSTMGradient:
    """Gradients of a loss L, given how L depends directly on the outputs.

    dh : (T, …, H), ∂L/∂h_t through the outputs alone (what the steps pass back is added here).
    dC : ∂L/∂C_T through C_T alone; a number or (…, H).

    Gradients that would overflow stop at the largest float. Raises ValueError for wrong shapes
    and for anything that is no finite real number.
    """
    checked_trace(trace)
    params, (_, *batch, H) = trace.params, trace.kept.shape
    dh = checked("dh", dh, trace.kept.shape, dtype=params.dtype)
    dC = checked("dC", dC, (), (*batch, H), dtype=params.dtype)
    dz, h, C = _sweep(trace, dh, np.broadcast_to(dC, (*batch, H)))
    dz_rows = dz.reshape(-1, 4 * H)
    W = params.W.reshape(4 * H, -1)
    dW = _finite_matmul(dz_rows.T, trace.hx[:-1].reshape(len(dz_rows), -1))
    dx = _finite_matmul(dz_rows, np.ascontiguousarray(W[:, H:]))
    db = _finite_matmul(np.ones((1, len(dz_rows)), params.dtype), dz_rows)
    return LSTMGradient(
        dW.reshape(params.W.shape), db.reshape(params.b.shape), dx.reshape(trace.x.shape), h, C
    )


def cell_jacobian(trace: LSTMTrace) -> np.ndarray:
    """∂C_T/∂C_t over every path, (T+1, H, H): entry [t, k, j] is ∂C_T[k] / ∂C_t[j].

    Row T is the identity. The direct path alone, along the rail, is the product of the forget
    gates of steps t+1 … T; the rest goes through h and the gates of later steps. One sequence
    only: a batch is refused with a ValueError.
    """
    checked_trace(trace)
    if trace.kept.ndim != 2:
        raise ValueError(f"trace: expected one sequence, got a batch of shape {trace.kept.shape}")
    T, H = trace.kept.shape
    _, _, C = _sweep(trace, np.zeros((T, 1, H), trace.kept.dtype), np.eye(H, dtype=trace.kept.dtype))
    return C


def _sweep(trace: LSTMTrace, dh, dC_T):
    """Walk back from step T: (∂L/∂z (T, …, 4, H), ∂L/∂h (T+1, …, H), ∂L/∂C (T+1, …, H)).

    `dh` (T, …, H) and `dC_T` (…, H) may have leading axes that the trace has not.
    """
    params = trace.params
    batch, H = dC_T.shape[:-1], params.H
    f, i, C_tilde, o = trace.f, trace.i, trace.C_tilde, trace.o
    # ∂C_t/∂z of f, i, c (blocks 0–2) and ∂h_t/∂z_o (block 3): each gate's slope times its partner
    slope = np.stack(
        [
            f * (1 - f) * trace.C_prev,
            i * (1 - i) * C_tilde,
            (1 - C_tilde**2) * i,
            o * (1 - o) * trace.tanh_C,
        ],
        axis=-2,
    )
    if trace.pinned is not None:
        slope[trace.pinned] = 0  # what was given depends on nothing
    through_tanh = o * (1 - trace.tanh_C**2)  # ∂h_t/∂C_t

    dz = np.empty((trace.T, *batch, 4, H), slope.dtype)
    h = np.empty((trace.T + 1, *batch, H), slope.dtype)
    C = np.empty_like(h)
    U = np.ascontiguousarray(params.W[:, :, :H]).reshape(4 * H, H)
    dz_rows = dz.reshape(trace.T, *batch, 4 * H)

    def walk(matmul, bound):
        from_h, from_C = np.zeros(h.shape[1:], h.dtype), dC_T
        for t in reversed(range(trace.T)):
            bound(np.add(dh[t], from_h, out=h[t + 1]))
            bound(np.add(h[t + 1] * through_tanh[t], from_C, out=C[t + 1]))
            np.multiply(slope[t][..., :3, :], C[t + 1][..., None, :], out=dz[t][..., :3, :])
            np.multiply(slope[t][..., 3, :], h[t + 1], out=dz[t][..., 3, :])
            bound(dz[t])
            from_h = matmul(dz_rows[t], U, out=h[t])
            from_C = np.multiply(f[t], C[t + 1], out=C[t])

    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        walk(np.matmul, bound=lambda a: a)
        if not (np.isfinite(h).all() and np.isfinite(C).all() and np.isfinite(dz).all()):
            limits = np.finfo(h.dtype).min, np.finfo(h.dtype).max
            walk(saturating_matmul, bound=lambda a: np.clip(a, *limits, out=a))
    return dz, h, C


def _finite_matmul(a, b):
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        product = a @ b
        if np.isfinite(product).all():
            return product
        return saturating_matmul(a, b, out=product)
