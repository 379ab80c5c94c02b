"""The page of equations: params -> **forward** -> trace.

Hochreiter & Schmidhuber, "Long Short-Term Memory", Neural Computation 9(8), 1997, with the
forget gate of Gers, Schmidhuber & Cummins, "Learning to Forget", Neural Computation 12(10), 2000;
`LSTMParams` names the sources of peepholes and coupled gates.
"""

from itertools import repeat

import numpy as np

from .arrays import checked
from .formula import sigma
from .labels import checked_labels
from .params import LSTMParams
from .saturate import add_product, affine_for
from .trace import LSTMTrace

# One stable form serves all four: s·tanh(s·z) + (1 − s) is σ(z) with s = ½ and tanh(z) with s = 1.
S = np.array([0.5, 0.5, 1.0, 0.5])


def step(params: LSTMParams, x, h_prev, C_prev) -> tuple[np.ndarray, np.ndarray]:
    """One step of the cell as its equations read, (h_t, C_t): the reference that `forward` is tested against.

    x (D,), h_prev and C_prev (H,). `forward` computes the same, faster, records it, and stops at the largest
    float.
    """
    p_f, p_i, p_o = np.zeros((3, params.H)) if params.peepholes is None else params.peepholes
    z_f, z_i, z_c, z_o = params.W @ np.concatenate([h_prev, x]) + params.b  # W·[h_{t-1}, x_t] + b
    f = sigma(z_f + p_f * C_prev) if params.forget_gate else 1.0
    i = 1 - f if params.coupled else sigma(z_i + p_i * C_prev)
    C_tilde = np.tanh(z_c)
    C = f * C_prev + i * C_tilde
    o = sigma(z_o + p_o * C)
    return o * np.tanh(C), C


def forward(params: LSTMParams, x, h0=0.0, C0=0.0, pinned=None, labels=()) -> LSTMTrace:
    """Run the cell over a sequence and record every number on the way.

    x : (T, D) one sequence, or (T, B, D) a batch of B.
    h0, C0 : state before the first step, a number, (H,) or (B, H).
    pinned : (T, …, 4, H), values that replace f, i, C̃ and o, NaN where they are computed as usual;
        gates within [0, 1], the candidate within [−1, 1]. z is still computed from the weights. In
        a coupled cell a pinned f gives i = 1 − f, and a pinned i
        leaves f as computed.
    labels : a name for each of the T steps, or a text of T letters, for pictures and files: `labels="hello"`.

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
    pins = _pins(pinned, params, (T, *batch, 4, H))
    affine, P, coupled = affine_for(W, b, hx), params.peepholes, params.coupled
    of_f, of_i, of_c, of_o = (np.s_[..., k * H : (k + 1) * H] for k in range(4))
    f, i, C_tilde, o = gates[of_f], gates[of_i], gates[of_c], gates[of_o]
    # fmt: off
    steps = zip(  # one view of each array a step, which is faster than indexing
        z, hx, gates, f, i, C_tilde, o, cells, kept, written, cells[1:], tanh_C, hx[1:, ..., :H],
        repeat(None) if pins is None else pins, strict=False,
    )
    with np.errstate(under="ignore"):
        for (z_t, hx_t, g_t, f_t, i_t, C_tilde_t, o_t, C_prev, kept_t, written_t, C_t, tanh_C_t, h_t,
             pin) in steps:
            affine(hx_t, W, b, z_t)                  # z_t = W·[h_{t-1}, x_t] + b
            if P is not None:
                add_product(P[0], C_prev, z_t[of_f])  # z_f += p_f ⊙ C_{t-1}
                add_product(P[1], C_prev, z_t[of_i])  # z_i += p_i ⊙ C_{t-1}
            np.multiply(z_t, s, g_t)
            np.tanh(g_t, g_t)
            np.multiply(g_t, s, g_t)
            np.add(g_t, shift, g_t)                  # f_t, i_t = σ(z_t), C̃_t = tanh(z_t), o_t = σ(z_t)
            if pin is not None:
                np.copyto(g_t, pin, where=pin == pin)
            if coupled:                              # i_t = 1 − f_t
                np.subtract(1, f_t, i_t, where=pin is None or np.isnan(pin[of_i]))
            np.multiply(f_t, C_prev, kept_t)         # f_t ⊙ C_{t-1}
            np.multiply(i_t, C_tilde_t, written_t)   # i_t ⊙ C̃_t
            np.add(kept_t, written_t, C_t)           # C_t = kept + written
            np.tanh(C_t, tanh_C_t)
            if P is not None:                        # o_t = σ(z_o + p_o ⊙ C_t)
                add_product(P[2], C_t, z_t[of_o])
                np.copyto(o_t, sigma(z_t[of_o]), where=pin is None or np.isnan(pin[of_o]))
            np.multiply(o_t, tanh_C_t, h_t)          # h_t = o_t ⊙ tanh(C_t)
    # fmt: on
    z, gates = z.reshape(T, *batch, 4, H), gates.reshape(T, *batch, 4, H)
    is_pinned = None if pins is None else ~np.isnan(pins.reshape(gates.shape))
    return LSTMTrace(params, hx, cells, z, gates, kept, written, tanh_C, is_pinned, checked_labels(labels, T))


def _pins(pinned, params: LSTMParams, shape: tuple[int, ...]) -> np.ndarray | None:
    """Values that replace the gates, (T, …, 4·H), NaN where they are computed; None if all are.

    The cell of 1997 is that of 2000 with every forget gate pinned to 1.
    """
    if pinned is None and params.forget_gate:
        return None
    pins = np.full(shape, np.nan, params.dtype)
    if pinned is not None:
        pins[...] = checked("pinned", pinned, shape, dtype=params.dtype, nan=True)
        outside = (pins > 1) | (pins < np.array([0, 0, -1, 0])[:, None])
        if outside.any():
            raise ValueError(
                f"pinned: expected gates within [0, 1] and candidates within [-1, 1], got {pins[outside][0]}"
            )
    if not params.forget_gate:
        pins[..., 0, :] = 1
    return pins.reshape(*shape[:-2], -1)
