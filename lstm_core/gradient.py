"""Backpropagation through time over a recorded run: trace -> **gradient**.

These are the gradients of the equations of `cell.py` over every path, through the cell state and
through the hidden state. Gers' thesis (2001) derives them in its appendix.
"""

from dataclasses import dataclass

import numpy as np

from .arrays import checked
from .saturate import finite, finite_matmul, saturating_matmul
from .trace import LSTMTrace, checked_trace


@dataclass(frozen=True, eq=False)
class LSTMGradient:
    """Gradient of a scalar loss.

    W (4, H, H+D) and b (4, H): summed over steps and batch. x (T, …, D).
    h and C (T+1, …, H): on each h_t and C_t over all later paths, row 0 for h0 and C0.
    peepholes (3, H): summed as W is; None where the cell has none.
    """

    W: np.ndarray
    b: np.ndarray
    x: np.ndarray
    h: np.ndarray
    C: np.ndarray
    peepholes: np.ndarray | None = None


@np.errstate(under="ignore")
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
    dz, h, C = walk_back(trace, dh, np.broadcast_to(dC, (*batch, H)))
    dz_rows = dz.reshape(-1, 4 * H)
    W = params.W.reshape(4 * H, -1)
    dW = finite_matmul(dz_rows.T, trace.hx[:-1].reshape(len(dz_rows), -1))
    dx = finite_matmul(dz_rows, np.ascontiguousarray(W[:, H:]))
    db = finite_matmul(np.ones((1, len(dz_rows)), params.dtype), dz_rows)
    return LSTMGradient(
        dW.reshape(params.W.shape),
        db.reshape(params.b.shape),
        dx.reshape(trace.x.shape),
        h,
        C,
        None if params.peepholes is None else _on_peepholes(trace, dz),
    )


def _on_peepholes(trace: LSTMTrace, dz: np.ndarray) -> np.ndarray:
    """∂L/∂peepholes (3, H): each summed over steps and batch, as ∂L/∂z times the C that the gate read."""
    H = trace.params.H
    on = np.empty((3, H), dz.dtype)
    for row, (block, seen) in enumerate(((0, trace.C_prev), (1, trace.C_prev), (3, trace.C))):
        on_gate, cells = dz[..., block, :].reshape(-1, H), seen.reshape(-1, H)
        for k in range(H):
            on[row, k] = finite_matmul(on_gate[None, :, k], cells[:, k, None]).item()
    return on


def _slopes(trace: LSTMTrace) -> np.ndarray:
    """(T, …, 4, H): ∂C_t/∂z of f, i, c and ∂h_t/∂z_o; slope of σ or tanh times the gate's factor."""
    gates, i, C_tilde = trace.gates, trace.i, trace.C_tilde
    slopes = 1 - gates
    np.multiply(slopes, gates, out=slopes)  # σ' of f, i and o
    on_f, on_i, on_c, on_o = (slopes[..., block, :] for block in range(4))
    np.multiply(C_tilde, C_tilde, out=on_c)
    np.subtract(1, on_c, out=on_c)  # tanh' of the candidate
    partner_of_f = trace.C_prev
    if trace.params.coupled:  # where i is not pinned it is 1 − f, and does not depend on z_i
        i_is_free = True if trace.pinned is None else ~trace.pinned[..., 1, :]
        partner_of_f = partner_of_f - C_tilde * i_is_free
        on_i[...] = 0
    for slope, partner in ((on_f, partner_of_f), (on_i, C_tilde), (on_c, i), (on_o, trace.tanh_C)):
        np.multiply(slope, partner, out=slope)
    if trace.pinned is not None:
        slopes[trace.pinned] = 0  # a pinned gate is given, so it depends on nothing
    return slopes


def walk_back(trace: LSTMTrace, dh, dC_T, through_h: bool = True):
    """From step T to the first: (∂L/∂z (T, …, 4, H), ∂L/∂h (T+1, …, H), ∂L/∂C (T+1, …, H)).

    `dh` (T, …, H) and `dC_T` (…, H) may have more leading axes than the trace. through_h : whether
    anything goes back from the gates to the h that they read. What would overflow stops at the largest float.
    """
    params = trace.params
    batch, H = dC_T.shape[:-1], params.H
    slope, f = _slopes(trace), trace.f
    through_tanh = np.multiply(trace.tanh_C, trace.tanh_C)
    np.subtract(1, through_tanh, out=through_tanh)
    np.multiply(through_tanh, trace.o, out=through_tanh)  # ∂h_t/∂C_t
    p_f, p_i, p_o = (None, None, None) if params.peepholes is None else params.peepholes

    dz = np.empty((trace.T, *batch, 4, H), slope.dtype)
    h = np.empty((trace.T + 1, *batch, H), slope.dtype)
    C = np.empty_like(h)
    U = np.ascontiguousarray(params.W[:, :, :H]).reshape(4 * H, H)
    if not through_h:
        U = np.zeros_like(U)
    dz_rows = dz.reshape(trace.T, *batch, 4 * H)

    def walk(matmul, bound):
        def add_through_peephole(p, block, t, out):  # the gradient that a peephole passes back to C
            bound(np.add(out, p * bound(dz[t][..., block, :]), out=out))

        from_h, from_C = np.zeros(h.shape[1:], h.dtype), dC_T
        for t in reversed(range(trace.T)):
            bound(np.add(dh[t], from_h, out=h[t + 1]))
            np.multiply(slope[t][..., 3, :], h[t + 1], out=dz[t][..., 3, :])
            bound(np.add(h[t + 1] * through_tanh[t], from_C, out=C[t + 1]))
            if p_o is not None:
                add_through_peephole(p_o, 3, t, C[t + 1])
            np.multiply(slope[t][..., :3, :], C[t + 1][..., None, :], out=dz[t][..., :3, :])
            bound(dz[t])
            from_h = matmul(dz_rows[t], U, out=h[t])
            from_C = np.multiply(f[t], C[t + 1], out=C[t])
            if p_f is not None:
                add_through_peephole(p_f, 0, t, C[t])
                add_through_peephole(p_i, 1, t, C[t])

    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        walk(np.matmul, bound=lambda a: a)
        # Each later h and C is a factor in dz, so that one that is not finite shows there.
        if not all(np.isfinite(found).all() for found in (dz, h[0], C[0])):
            walk(saturating_matmul, bound=lambda a: finite(a, a))
    return dz, h, C
