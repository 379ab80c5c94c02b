"""One recurrent layer and a linear readout: weights, batch -> **network** -> loss, gradient."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..cell import forward
from ..gradient import backward
from ..params import LSTMParams
from ..rnn import RNNTrace, rnn_forward
from ..trace import LSTMTrace
from .batch import Batch
from .setup import Setup


@dataclass(frozen=True, eq=False)
class Network:
    """A layer of H units that reads D inputs, and K outputs y_t = W_y·h_t + b_y.

    params : the layer. W_y : (K, H). b_y : (K,).
    plain : True makes the layer the plain RNN, which has the candidate's weights of `params` alone.
    """

    params: LSTMParams
    W_y: np.ndarray
    b_y: np.ndarray
    plain: bool = False

    @property
    def weights(self) -> np.ndarray:
        """(N,): all weights, one after the other: W, b, peepholes where there are some, W_y, b_y."""
        return np.concatenate([part.reshape(-1) for part in self._parts()])

    def with_weights(self, weights: np.ndarray) -> Network:
        """The same network with other weights, (N,)."""
        ends = np.cumsum([part.size for part in self._parts()])[:-1]
        parts = [
            new.reshape(old.shape) for new, old in zip(np.split(weights, ends), self._parts(), strict=True)
        ]
        W, b, *peepholes, W_y, b_y = parts
        params = replace(self.params, W=W, b=b, peepholes=peepholes[0] if peepholes else None)
        return Network(params, W_y, b_y, self.plain)

    def _parts(self) -> list[np.ndarray]:
        peepholes = [] if self.params.peepholes is None else [self.params.peepholes]
        return [self.params.W, self.params.b, *peepholes, self.W_y, self.b_y]

    def run(self, x, h0=0.0, C0=0.0, labels=()) -> LSTMTrace | RNNTrace:
        """Every number of the layer's run over x (T, D) or (T, B, D), whose T steps may have labels."""
        if self.plain:
            return rnn_forward(self.params, x, h0)
        return forward(self.params, x, h0, C0, labels=labels)

    def read_out(self, h: np.ndarray) -> np.ndarray:
        """The outputs (T, …, K) for hidden states (T, …, H)."""
        return h @ self.W_y.T + self.b_y

    def gradient(self, trace: LSTMTrace | RNNTrace, dy: np.ndarray) -> np.ndarray:
        """(N,), the gradient on `weights` of a loss whose gradient on the outputs is dy (T, …, K).

        All of it is NaN where the way back begins with numbers beyond every float.
        """
        dy_rows, h_rows = dy.reshape(-1, len(self.b_y)), trace.h.reshape(-1, self.params.H)
        dW_y, db_y = dy_rows.T @ h_rows, dy_rows.sum(axis=0)
        dh = dy @ self.W_y  # the readout's own path; `backward` adds what comes back through time
        if not np.isfinite(dh).all():
            return np.full(len(self.weights), np.nan)
        if isinstance(trace, RNNTrace):
            parts = _rnn_backward(trace, dh)
        else:
            on = backward(trace, dh)
            parts = [on.W, on.b] + ([] if on.peepholes is None else [on.peepholes])
        return np.concatenate([part.reshape(-1) for part in (*parts, dW_y, db_y)])


def _rnn_backward(trace: RNNTrace, dh: np.ndarray) -> list[np.ndarray]:
    """∂L/∂W and ∂L/∂b through all steps of the plain RNN; all but the candidate's blocks are 0."""
    params, slope = trace.params, 1 - trace.h**2
    dz, from_later = np.empty_like(dh), 0.0
    for t in reversed(range(len(dh))):
        dz[t] = (dh[t] + from_later) * slope[t]
        from_later = dz[t] @ params.U_c
    dz_rows = dz.reshape(-1, params.H)
    dW, db = np.zeros_like(params.W), np.zeros_like(params.b)
    dW[2] = dz_rows.T @ trace.hx[:-1].reshape(len(dz_rows), -1)
    db[2] = dz_rows.sum(axis=0)
    return [dW, db]


def starting_network(setup: Setup, D: int, K: int, T: int, random: np.random.Generator) -> Network:
    """The network before its first update, by `setup.start`.

    `uniform` draws every weight and bias from ±1/√H, as PyTorch does. The others draw the weights like
    that, and their biases are 0 but for the forget gate's, which is 0, 1 or 3 (`bias0`, `bias1`,
    `bias3`), or is drawn so that the memories last from 1 to T steps, with the input gate's as its
    negative (`chrono`; Tallec & Ollivier, "Can recurrent neural networks warp time?", ICLR 2018).
    """
    H, most = setup.H, 1 / np.sqrt(setup.H)
    W, b = random.uniform(-most, most, (4, H, H + D)), random.uniform(-most, most, (4, H))
    W_y, b_y = random.uniform(-most, most, (K, H)), random.uniform(-most, most, K)
    if setup.start != "uniform":
        b[:], b_y[:] = 0, 0
    if setup.start == "chrono":
        b[0] = np.log(random.uniform(1, max(T - 1, 2), H))
        b[1] = -b[0]
    elif setup.start.startswith("bias"):
        b[0] = float(setup.start.removeprefix("bias"))
    if setup.cell == "rnn":
        W[[0, 1, 3]], b[[0, 1, 3]] = 0, 0  # it has no gates
    params = LSTMParams(W, b)
    if setup.cell != "rnn":
        params = params.with_variant(setup.cell)
    return Network(params, W_y, b_y, setup.cell == "rnn")


def square_loss(y: np.ndarray, batch: Batch) -> tuple[float, np.ndarray]:
    """Mean of (y − target)² over the steps that count, and its gradient on y (T, B, K)."""
    n = max(batch.counts.sum(), 1) * y.shape[-1]  # a short stream may ask for nothing
    error = (y - batch.target) * batch.counts[..., None]
    return float((error**2).sum() / n), 2 / n * error


def cross_entropy(y: np.ndarray, batch: Batch) -> tuple[float, np.ndarray]:
    """Mean of −ln softmax(y) of the next symbol over the steps that count, in nats, and its gradient."""
    n = max(batch.counts.sum(), 1)
    above = y - y.max(axis=-1, keepdims=True)
    powers = np.exp(above)
    total = powers.sum(axis=-1, keepdims=True)
    target = batch.target * batch.counts[..., None]
    loss = ((np.log(total) - above) * target).sum() / n
    return float(loss), (powers / total * batch.counts[..., None] - target) / n
