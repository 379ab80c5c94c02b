"""Proves what caption and question of this preset say from its trace: see `tests/claims.py`."""

import numpy as np
import pytest

from tests.claims import steps


def claims(experiment):
    trace, C, h = experiment.trace(), experiment.trace().C[:, 0], experiment.trace().h[:, 0]
    gated = experiment.with_variant("lstm").trace()
    growth, turn = np.diff(C, prepend=0), steps(trace.x[:, 0] == -1)[0]
    passes, sticks = steps(C > 5)[0], steps(trace.tanh_C[:, 0] > 0.999)
    bound = (abs(gated.written) / (1 - gated.f)).max()

    assert not experiment.params.forget_gate and (trace.f == 1).all() and (trace.x[: turn - 1] == 1).all()
    assert growth[: turn - 1] == pytest.approx(0.50, abs=2e-4)
    assert sticks == list(range(sticks[0], len(C) + 1)) and np.ptp(h[sticks[0] - 1 :]) < 0.001
    assert (abs(gated.C) < bound).all() and bound < 1.86 and abs(gated.C).max() > 1.8
    assert gated.h[-1, 0] < -0.5
    return [1, f"{growth[0]:.2f}", 5, passes, sticks[0], "0.999", f"{bound:.2f}"], [turn, -1]


NEAR_MISSES = {
    "slower": {"V_c.1.1": 0.4},
    "comes back": {"x.14.1": -1, "x.13.1": -1},
    "no bound with the gate": {"b_f.1": 3},
}
