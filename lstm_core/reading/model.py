"""A network that says the next letter, as it is trained: letters -> **model** -> loss, gradient.

One LSTM layer of H units reads one of V signs a step; a linear layer says how likely each sign is next. The
equations are those of `lstm_core/cell.py`, for many texts at a time and in float32: here all four gates are
one product, and a one-hot input picks a row of its weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from ..params import LSTMParams


class Model:
    """The weights, in float32, by name in `weights`.

    U (H, 4·H), V (V, 4·H), b (4·H,): the blocks f, i, c, o are beside each other, and V has a row for each
    sign. W_y (H, V), b_y (V,): the outputs.
    """

    def __init__(self, weights: dict[str, np.ndarray]):
        self.weights = weights
        self.H, self.letters = weights["W_y"].shape

    @classmethod
    def started(cls, H: int, letters: int, seed: int) -> Model:
        """Before the first update: weights drawn from ±1/√H, as PyTorch does, and a forget bias of 1."""
        random, most = np.random.default_rng(seed), 1 / np.sqrt(H)
        shapes = {"U": (H, 4 * H), "V": (letters, 4 * H), "W_y": (H, letters)}
        weights = {
            name: random.uniform(-most, most, shape).astype(np.float32) for name, shape in shapes.items()
        }
        weights["b"] = np.zeros(4 * H, np.float32)
        weights["b"][:H] = 1
        weights["b_y"] = np.zeros(letters, np.float32)
        return cls(weights)

    @property
    def params(self) -> LSTMParams:
        """The layer as the rest of the app reads it."""
        H = self.H
        rows = np.concatenate([self.weights["U"], self.weights["V"]])  # (H+V, 4·H)
        W = rows.T.reshape(4, H, H + self.letters)
        return LSTMParams(W, self.weights["b"].reshape(4, H))


class Run:
    """One run of a model over signs (T, B) from a state h, C (B, H), with all that its gradient needs.

    h, C : (T+1, B, H). gates : (T, B, 4·H). logits : (T, B, V).
    held : unit (from 0) -> the number that its C is at every step, whatever is written; it has no gradient
    then.
    """

    def __init__(
        self,
        model: Model,
        signs: np.ndarray,
        h0: np.ndarray,
        C0: np.ndarray,
        held: Mapping[int, float] | None = None,
    ):
        w, H, (T, B) = model.weights, model.H, signs.shape
        self.model, self.signs = model, signs
        self.h, self.C = np.empty((2, T + 1, B, H), np.float32)
        self.h[0], self.C[0] = h0, C0
        self.tanh_C = np.empty((T, B, H), np.float32)
        self.gates = (w["V"] + w["b"])[signs]  # z without h, and then the gates in its place
        scale = np.repeat(np.array([0.5, 0.5, 1, 0.5], np.float32), H)  # σ(z) = ½·tanh(½·z) + ½
        shift, product = 1 - scale, np.empty((B, 4 * H), np.float32)
        written = np.empty((B, H), np.float32)
        for t in range(T):
            g, C = self.gates[t], self.C[t + 1]
            np.matmul(self.h[t], w["U"], out=product)
            g += product
            g *= scale
            np.tanh(g, out=g)
            g *= scale
            g += shift
            np.multiply(g[:, :H], self.C[t], out=C)
            np.multiply(g[:, H : 2 * H], g[:, 2 * H : 3 * H], out=written)
            C += written
            for unit, value in (held or {}).items():
                C[:, unit] = value
            np.tanh(C, out=self.tanh_C[t])
            np.multiply(g[:, 3 * H :], self.tanh_C[t], out=self.h[t + 1])
        self.logits = (self.h[1:].reshape(T * B, H) @ w["W_y"] + w["b_y"]).reshape(T, B, -1)

    def loss(self, following: np.ndarray) -> float:
        """Mean of −ln of the odds given to the signs that follow (T, B)."""
        return self._cross_entropy(following)[0]

    def gradient(self, following: np.ndarray) -> tuple[float, dict[str, np.ndarray]]:
        """The loss, and its gradient on each of the weights, back to the first step of this run and no
        further."""
        w, H, (T, B) = self.model.weights, self.model.H, self.signs.shape
        loss, on_logits = self._cross_entropy(following)
        h_rows = self.h[1:].reshape(T * B, H)
        dh_all = (on_logits @ w["W_y"].T).reshape(T, B, H)
        dz = np.empty_like(self.gates)
        dC, from_h = np.zeros((2, B, H), np.float32)
        U_back = np.ascontiguousarray(w["U"].T)
        for t in reversed(range(T)):
            g, dz_t, tanh_C = self.gates[t], dz[t], self.tanh_C[t]
            f, i, c, o = (g[:, k * H : (k + 1) * H] for k in range(4))
            dh = dh_all[t]
            dh += from_h
            dC += dh * o * (1 - tanh_C * tanh_C)
            np.multiply(dC * self.C[t], f * (1 - f), out=dz_t[:, :H])
            np.multiply(dC * c, i * (1 - i), out=dz_t[:, H : 2 * H])
            np.multiply(dC * i, 1 - c * c, out=dz_t[:, 2 * H : 3 * H])
            np.multiply(dh * tanh_C, o * (1 - o), out=dz_t[:, 3 * H :])
            dC *= f
            np.matmul(dz_t, U_back, out=from_h)
        rows = dz.reshape(T * B, 4 * H)
        return loss, {
            "U": self.h[:-1].reshape(T * B, H).T @ rows,
            "V": _by_sign(rows, self.signs.reshape(-1), self.model.letters),
            "b": rows.sum(0),
            "W_y": h_rows.T @ on_logits,
            "b_y": on_logits.sum(0),
        }

    def _cross_entropy(self, following: np.ndarray) -> tuple[float, np.ndarray]:
        """The loss, and its gradient on the logits as rows (T·B, V)."""
        rows = self.logits.reshape(following.size, -1)
        odds = np.exp(rows - rows.max(axis=1, keepdims=True))
        odds /= odds.sum(axis=1, keepdims=True)
        which = np.arange(len(odds)), following.reshape(-1)
        loss = float(-np.log(np.maximum(odds[which], 1e-30)).mean())
        odds[which] -= 1
        odds /= np.float32(len(odds))
        return loss, odds


def _by_sign(rows: np.ndarray, signs: np.ndarray, letters: int) -> np.ndarray:
    """(V, N): the sum of the rows (n, N) at which each sign was read."""
    order = np.argsort(signs, kind="stable")
    there, starts = np.unique(signs[order], return_index=True)
    sums = np.zeros((letters, rows.shape[1]), rows.dtype)
    sums[there] = np.add.reduceat(rows[order], starts)
    return sums


def lanes(signs: np.ndarray, count: int, steps: int) -> Iterator[tuple[np.ndarray, np.ndarray, bool]]:
    """One pass over a text (N,), read at `count` places at once, `steps` signs at a time.

    Yields signs (steps, count), those that follow, and whether this is where each lane begins.
    """
    length = (len(signs) - 1) // count
    here = signs[: length * count].reshape(count, length).T
    following = signs[1 : length * count + 1].reshape(count, length).T
    for start in range(0, length - steps + 1, steps):
        yield here[start : start + steps], following[start : start + steps], start == 0
