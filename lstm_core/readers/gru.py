"""The GRU, which “Your network” runs beside the LSTM: params -> **gru_forward** -> trace.

Cho et al., "Learning Phrase Representations using RNN Encoder-Decoder", 2014. Its memory is h itself, and
the ledger holds: h_t = kept + written, with kept = z ⊙ h_{t-1} and written = (1 − z) ⊙ n. Here z keeps, as in
PyTorch, Keras and ONNX; in the paper of Chung et al. (2014) the z of the same name writes.
"""

from dataclasses import dataclass

import numpy as np

from ..arrays import checked, part
from ..formula import sigma
from ..labels import checked_labels
from ..quantities import GATE, SIGNED, Quantity
from ..saturate import add_product, affine_for

GRU_QUANTITIES = {
    "z": Quantity("z", "z_t", "z", "t", GATE, "f"),
    "r": Quantity("r", "r_t", "r", "t", GATE, "o"),
    "n": Quantity("n", "n_t", "n", "t", SIGNED, "C_tilde"),
}
"""What a GRU has and an LSTM has not; z keeps, as f does there, and has its colour."""

GRU_GATES = tuple(GRU_QUANTITIES)
"""The three blocks of `W` and `b`: update gate, reset gate, candidate."""

GRU_KEYS = ("h_prev", *GRU_GATES, "kept", "erased", "written", "h")
"""The quantities of a table, in the order of computation."""


@dataclass(frozen=True, eq=False)
class GRUParams:
    """Weights and biases of one GRU layer with H units that reads D inputs.

    W : (3, H, H+D), blocks z, r, n; row k holds the weights of unit k, columns are `[h_prev, x]`.
    b : (3, H).
    b_h : (H,), a second bias of the candidate, which the reset gate scales; 0 without `reset_after`.
    reset_after : whether the reset gate scales U_n·h_{t-1} + b_h (PyTorch, Keras 2 and later, ONNX with
        linear_before_reset) or h_{t-1} before the product (Cho et al.; ONNX by default).

    Raises ValueError for shapes that do not fit and for numbers that are not finite.
    """

    W: np.ndarray
    b: np.ndarray
    b_h: np.ndarray
    reset_after: bool = True

    forget_gate, coupled, peepholes, variant = True, False, None, "gru"

    def __post_init__(self):
        W = np.asarray(self.W)
        if W.ndim != 3 or W.shape[0] != 3 or not 0 < W.shape[1] < W.shape[2]:
            raise ValueError(f"W: expected shape (3, H, H+D), got {W.shape}")
        H, dtype = W.shape[1], np.float32 if W.dtype == np.float32 else np.float64
        for name, shape in (("W", W.shape), ("b", (3, H)), ("b_h", (H,))):
            array = checked(name, getattr(self, name), shape, dtype=dtype).copy()
            array.flags.writeable = False
            object.__setattr__(self, name, array)
        if not isinstance(self.reset_after, bool):
            raise ValueError(f"reset_after: expected True or False, got {self.reset_after!r:.40}")

    def __eq__(self, other) -> bool:
        """Whether all numbers are the same."""
        if not isinstance(other, GRUParams):
            return NotImplemented
        same = all(np.array_equal(getattr(self, name), getattr(other, name)) for name in ("W", "b", "b_h"))
        return same and self.reset_after is other.reset_after

    @property
    def H(self) -> int:
        """Number of units."""
        return self.W.shape[1]

    @property
    def D(self) -> int:
        """Number of inputs."""
        return self.W.shape[2] - self.H

    @property
    def dtype(self) -> np.dtype:
        """float32 or float64, in which everything is computed."""
        return self.W.dtype


@dataclass(frozen=True, eq=False)
class GRUTrace:
    """What `gru_forward` recorded. Step t of the equations is row t-1 of every array.

    states : (T+1, …, H); row t is h_t, row 0 is h0. x : (T, …, D). gates : (T, …, 3, H); z, r, n.
    reset : (T, …, H), what the reset gate lets through into the candidate: r ⊙ (U_n·h_{t-1} + b_h), or
        U_n·(r ⊙ h_{t-1}).
    kept, written : (T, …, H); `kept + written == h` exactly.
    labels : the name of each step, or ().
    """

    params: GRUParams
    x: np.ndarray
    states: np.ndarray
    gates: np.ndarray
    reset: np.ndarray
    kept: np.ndarray
    written: np.ndarray
    labels: tuple[str, ...] = ()

    @property
    def T(self) -> int:
        """Number of steps."""
        return len(self.gates)

    h_prev = property(lambda self: self.states[:-1])
    h = property(lambda self: self.states[1:])
    z, r, n = (part("gates", ..., k, slice(None)) for k in range(3))

    @property
    @np.errstate(under="ignore")
    def erased(self) -> np.ndarray:
        """(1 − z_t) ⊙ h_{t-1}: what the update gate took away, with the sign of h_{t-1}."""
        return (1 - self.z) * self.h_prev

    # The names under which the ledger of an LSTM is rounded: the memory of a GRU is h.
    cells = property(lambda self: self.states)
    C_prev, C = h_prev, h


def gru_step(params: GRUParams, x, h_prev) -> np.ndarray:
    """One step as its equations read: h_t. The reference that `gru_forward` is tested against.

    x (…, D), h_prev (…, H).
    """
    H = params.H
    (U_z, U_r, U_n), (V_z, V_r, V_n) = params.W[:, :, :H], params.W[:, :, H:]
    b_z, b_r, b_n = params.b
    z = sigma(h_prev @ U_z.T + x @ V_z.T + b_z)
    r = sigma(h_prev @ U_r.T + x @ V_r.T + b_r)
    reset = r * (h_prev @ U_n.T + params.b_h) if params.reset_after else (r * h_prev) @ U_n.T
    n = np.tanh(x @ V_n.T + b_n + reset)
    return z * h_prev + (1 - z) * n


def gru_forward(params: GRUParams, x, h0=0.0, labels=()) -> GRUTrace:
    """Run the GRU over a sequence and record every number on the way.

    x : (T, D), or (T, B, D) for a batch of B. h0 : a number, (H,) or (B, H). labels : a name for each step.

    Everything is computed in the precision of `params`, and finite, as in `cell.forward`. Raises ValueError
    that names the argument for anything that does not fit.
    """
    if not isinstance(params, GRUParams):
        raise ValueError(f"params: expected GRUParams, got {type(params).__name__}")
    H, D, dtype = params.H, params.D, params.dtype
    x = checked("x", x, ("T", D), ("T", "B", D), dtype=dtype)
    T, batch = len(x), x.shape[1:-1]
    states = np.empty((T + 1, *batch, H), dtype)
    states[0] = checked("h0", h0, *[(), (H,), (*batch, H)][: 2 + len(batch)], dtype=dtype)
    gates = np.empty((T, *batch, 3, H), dtype)
    reset, kept, written = np.empty((3, T, *batch, H), dtype)

    W_zr = params.W[:2].reshape(2 * H, H + D).T.copy()
    U_n, V_n = params.W[2, :, :H].T.copy(), params.W[2, :, H:].T.copy()
    b_zr, b_n, nothing = params.b[:2].reshape(2 * H), params.b[2], np.zeros(H, dtype)
    hx, z_zr = np.empty((*batch, H + D), dtype), np.empty((*batch, 2 * H), dtype)
    read, z_n = np.empty((2, *batch, H), dtype)
    largest = max(1.0, float(np.abs(states[0]).max()))
    of_hx = affine_for(W_zr, b_zr, np.append(x.ravel(), dtype.type(largest))[None])
    of_h = affine_for(U_n, params.b_h, np.full((1, 1), largest, dtype))
    of_x = affine_for(V_n, b_n, x)
    with np.errstate(under="ignore"):
        for t in range(T):
            h_prev = states[t]
            hx[..., :H], hx[..., H:] = h_prev, x[t]
            of_hx(hx, W_zr, b_zr, z_zr)
            z, r = gates[t, ..., 0, :], gates[t, ..., 1, :]
            z[...], r[...] = sigma(z_zr[..., :H]), sigma(z_zr[..., H:])
            if params.reset_after:
                of_h(h_prev, U_n, params.b_h, read)  # U_n·h_{t-1} + b_h
                np.multiply(r, read, reset[t])  # scaled by the reset gate
            else:
                of_h(r * h_prev, U_n, nothing, reset[t])  # U_n·(r_t ⊙ h_{t-1})
            of_x(x[t], V_n, b_n, z_n)  # V_n·x_t + b_n
            add_product(np.ones_like(z_n), reset[t], z_n)
            gates[t, ..., 2, :] = np.tanh(z_n)
            np.multiply(z, h_prev, kept[t])  # kept = z_t ⊙ h_{t-1}
            np.multiply(1 - z, gates[t, ..., 2, :], written[t])  # written = (1 − z_t) ⊙ n_t
            np.add(kept[t], written[t], states[t + 1])  # h_t = kept + written
    return GRUTrace(params, x, states, gates, reset, kept, written, checked_labels(labels, T))
