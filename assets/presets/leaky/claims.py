"""Proves what caption and question of this preset say from its trace: see `tests/claims.py`."""

import numpy as np
import pytest

from lstm_core.trace import half_life
from tests.claims import steps


def claims(experiment):
    trace, C = experiment.trace(), experiment.trace().C[:, 0]
    [write] = steps(trace.written[:, 0] != 0, 1)
    f = trace.f[0, 0]
    left = C[write - 1 :] / C[write - 1]

    assert (trace.f == f).all()
    assert left == pytest.approx(f ** np.arange(len(left)))
    assert left[5] > 0.5 > left[6] and left[10] > 0.25 > left[11]
    assert half_life(f) == pytest.approx(5.46, abs=0.005)
    return [write, f"{C[write - 1]:.2f}", f"{f:.2f}", f"{half_life(f):.1f}"], []


NEAR_MISSES = {
    "a longer memory": {"b_f.1": 2.1},
    "a forget gate that listens": {"V_f.1.1": 0.5},
    "a second write": {"x.9.1": 0.1},
}
