"""The page of equations: params -> **forward** -> trace.

Hochreiter & Schmidhuber, "Long Short-Term Memory", Neural Computation 9(8), 1997, with the
forget gate of Gers, Schmidhuber & Cummins, "Learning to Forget", Neural Computation 12(10), 2000.
"""

from __future__ import annotations

import numpy as np

from .params import LSTMParams, checked
from .saturate import affine_for
from .trace import LSTMTrace

# One stable form serves all four: s·tanh(s·z) + (1 − s) is σ(z) with s = ½ and tanh(z) with s = 1.
S = np.array([0.5, 0.5, 1.0, 0.5])


def forward(params: LSTMParams, x, h0=0.0, C0=0.0) -> LSTMTrace:
    """Run the cell over a sequence and record every number on the way.

    x : (T, D) one sequence, or (T, B, D) a batch of B.
    h0, C0 : state before the first step, a number, (H,) or (B, H).

    Everything is computed in the precision of `params`. For any finite input every number of
    the trace is finite: what would overflow stops at the largest float. Raises ValueError that
    names the argument for shapes that do not fit and for anything that is no finite real number.
    """
    if not isinstance(params, LSTMParams):
        raise ValueError(f"params: expected LSTMParams, got {type(params).__name__}")
    H, D, dtype = params.H, params.D, params.dtype
    x = checked("x", x, ("T", D), ("T", "B", D), dtype=dtype)
    T, batch = len(x), x.shape[1:-1]
    state_shapes = [(), (H,), (*batch, H)][: 2 + len(batch)]

    # hx[t] is [h_{t-1}, x_t]; its last row holds h_T alone. cells[t] is C_t, row 0 is C0.
    hx = np.zeros((T + 1, *batch, H + D), dtype)
    hx[:T, ..., H:] = x
    hx[0, ..., :H] = checked("h0", h0, *state_shapes, dtype=dtype)
    cells = np.empty((T + 1, *batch, H), dtype)
    cells[0] = checked("C0", C0, *state_shapes, dtype=dtype)
    z, gates = np.empty((2, T, *batch, 4 * H), dtype)
    kept, written, tanh_C = np.empty((3, T, *batch, H), dtype)

    s = np.repeat(S, H).astype(dtype)
    W, b, shift = params.W.reshape(4 * H, H + D).T, params.b.reshape(4 * H), 1 - s
    blocks = [slice(k * H, (k + 1) * H) for k in range(4)]
    affine = affine_for(W, b, hx)
    with np.errstate(under="ignore"):
        for t in range(T):
            g, h, C = gates[t], hx[t + 1, ..., :H], cells[t + 1]
            f, i, C_tilde, o = [g[..., block] for block in blocks]
            # fmt: off
            affine(hx[t], W, b, z[t])                # z_t = W·[h_{t-1}, x_t] + b
            np.multiply(z[t], s, g)
            np.tanh(g, g)
            np.multiply(g, s, g)
            np.add(g, shift, g)                      # f, i = σ(z), C̃ = tanh(z), o = σ(z)
            if not params.forget_gate:
                f[...] = 1                           # the cell of 1997
            np.multiply(f, cells[t], kept[t])        # f_t ⊙ C_{t-1}
            np.multiply(i, C_tilde, written[t])      # i_t ⊙ C̃_t
            np.add(kept[t], written[t], C)           # C_t = kept + written
            np.tanh(C, tanh_C[t])
            np.multiply(o, tanh_C[t], h)             # h_t = o_t ⊙ tanh(C_t)
            # fmt: on
    z, gates = z.reshape(T, *batch, 4, H), gates.reshape(T, *batch, 4, H)
    return LSTMTrace(params, hx, cells, z, gates, kept, written, tanh_C)
