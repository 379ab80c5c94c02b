"""Backpropagation, each number by its name: trace, loss -> **backprop** -> the walk back, step by step.

`gradient.backward` says what all steps together come to. Here stands what happens on the way, in the order in
which it is computed: what arrives at h_t and C_t and from where, what each gate gets of it, what goes on to
step t−1, and what each weight gets at each step. Gers' thesis (2001) derives the equations in its appendix.
"""

from dataclasses import dataclass, replace

import numpy as np

from .gradient import walk_back
from .params import GATES
from .saturate import finite, finite_matmul
from .trace import LSTMTrace, checked_sequence, is_whole

LOSSES = ("C", "h", "all")
"""What is taken as the loss: C_T, h_T, or h of every step, each added up over the units."""

WAYS = ("both", "C")
"""Over what the gradient goes on to step t−1: C and h, or C alone, where the gates' h_{t−1} is detached."""


@dataclass(frozen=True, eq=False)
class Backprop:
    """The derivatives of a loss L along the walk back, of one sequence. Row t−1 of an array is step t.

    trace : the run. first : the step that is walked back to, from 1; nothing goes on to the one before it.
    through_h : whether the walk goes on through the h that the gates read, and not along C alone.
    All arrays are (T, H) unless they say otherwise, and 0 at steps before `first`.
    h_loss, C_loss : ∂L/∂h_t and ∂L/∂C_t directly.
    h_later, C_later (T+1, H) : what step t+1 hands back to h_t and C_t, in row t. Row first−1 is what reaches
        h0 and C0, or where `first` is not 1 what is not passed on.
    h, C : all that arrives, ∂L/∂h_t and ∂L/∂C_t. through_tanh, through_peephole : the parts of C that come
        from h_t, and through the output gate that sees C_t.
    f, i, C_tilde, o : ∂L/∂ of each gate; in a coupled cell i is a part of what f gets, because i = 1 − f.
    z (T, 4, H) : ∂L/∂ of the weighted sums of f, i, c, o; 0 for a gate that is given and not computed.
    """

    trace: LSTMTrace
    first: int
    through_h: bool
    h_loss: np.ndarray
    C_loss: np.ndarray
    h_later: np.ndarray
    C_later: np.ndarray
    h: np.ndarray
    C: np.ndarray
    through_tanh: np.ndarray
    through_peephole: np.ndarray
    f: np.ndarray
    i: np.ndarray
    C_tilde: np.ndarray
    o: np.ndarray
    z: np.ndarray

    def of_weights(self, unit: int) -> np.ndarray:
        """What each weight of a unit (from 1) gets at each step: (T, 4, H+D+2), blocks f, i, c, o.

        The columns are those of W, then the bias, then the peephole, which is 0 where there is none. The
        gradient of a weight is the sum over the steps.
        """
        trace, k = self.trace, unit - 1
        z, ones = self.z[:, :, k], np.ones((trace.T, 1), trace.kept.dtype)
        seen = np.zeros((trace.T, 4), z.dtype)
        if trace.params.peepholes is not None:
            seen[:, 0] = seen[:, 1] = trace.C_prev[:, k]
            seen[:, 3] = trace.C[:, k]
        read = np.concatenate([trace.hx[:-1], ones], axis=1)
        with np.errstate(over="ignore", under="ignore", invalid="ignore"):
            return finite(np.concatenate([z[:, :, None] * read[:, None, :], (z * seen)[:, :, None]], axis=2))

    def through_gates(self, t: int) -> np.ndarray:
        """What h_{t−1} would get through each gate at step t (from 1): (4, H), entry [g, j] for h_{t−1,j}.

        Where `through_h` holds, the sum over the gates is row t−1 of `h_later`.
        """
        H = self.trace.params.H
        rows = [
            finite_matmul(self.z[t - 1, block][None], np.ascontiguousarray(self.trace.params.W[block, :, :H]))
            for block in range(len(GATES))
        ]
        return np.concatenate(rows)


@np.errstate(over="ignore", under="ignore", invalid="ignore")
def backprop(trace: LSTMTrace, loss: str = "C", ways: str = "both", last: int = 0) -> Backprop:
    """Walk back from the last step of one sequence.

    loss : one of LOSSES. ways : one of WAYS.
    last : how many steps are walked back, as truncated backpropagation through time does; 0 for all. The
        loss is that of these steps alone, and h and C of the step before them are taken as given.

    Where the trace is covered (NaN), so is what depends on it. What would overflow stops at the largest
    float. Raises ValueError for a batch, another loss or way, and a number of steps that is none.
    """
    checked_sequence(trace)
    for name, value, known in (("loss", loss, LOSSES), ("ways", ways, WAYS)):
        if value not in known:
            raise ValueError(f"{name}: expected one of {', '.join(known)}, got {value!r:.40}")
    if not is_whole(last) or last < 0:
        raise ValueError(f"last: expected a whole number from 0, got {last!r:.40}")
    T, H = trace.kept.shape
    start = max(T - last, 0) if last else 0
    seen = _from_step(trace, start)
    dh, dC = np.zeros_like(seen.h), np.zeros_like(seen.C)
    if loss == "C":
        dC[-1] = 1
    else:
        dh[-1 if loss == "h" else slice(None)] = 1
    params, steps, U = seen.params, len(dh), np.ascontiguousarray(seen.params.W[:, :, :H]).reshape(4 * H, H)
    z, on_h, on_C = walk_back(seen, dh, dC[-1], through_h=ways == "both")
    h, C = on_h[1:], on_C[1:]
    i = finite(C * seen.C_tilde)
    f = finite(C * seen.C_prev)
    if params.coupled:  # where i is not pinned it is 1 − f
        f = finite(f - (i if seen.pinned is None else i * ~seen.pinned[:, 1]))
    C_later, h_later = np.zeros((2, steps + 1, H), h.dtype)
    C_later[:-1] = finite(seen.f * C)
    through_peephole = np.zeros_like(C)
    if params.peepholes is not None:
        for p, block in zip(params.peepholes[:2], (0, 1), strict=True):
            C_later[:-1] = finite(C_later[:-1] + finite(p * z[:, block]))
        through_peephole = finite(params.peepholes[2] * z[:, 3])
    if ways == "both":
        h_later[:-1] = finite_matmul(z.reshape(steps, 4 * H), U)
    found = {
        "h_loss": dh, "C_loss": dC, "h_later": h_later, "C_later": C_later, "h": h, "C": C,
        "through_tanh": finite(h * (seen.o * (1 - seen.tanh_C**2))), "through_peephole": through_peephole,
        "f": f, "i": i, "C_tilde": finite(C * seen.i), "o": finite(h * seen.tanh_C), "z": z,
    }  # fmt: skip
    before = {name: np.zeros((start, *array.shape[1:]), array.dtype) for name, array in found.items()}
    whole = {name: np.concatenate([before[name], array]) for name, array in found.items()}
    return Backprop(trace, start + 1, ways == "both", **whole)


def _from_step(trace: LSTMTrace, start: int) -> LSTMTrace:
    """The run from a step on, counted from 0; what comes before is given as its h0 and C0."""
    if start == 0:
        return trace
    parts = ("hx", "cells", "z", "gates", "kept", "written", "tanh_C", "pinned", "labels")
    return replace(
        trace, **{name: part[start:] for name in parts if (part := getattr(trace, name)) is not None}
    )
