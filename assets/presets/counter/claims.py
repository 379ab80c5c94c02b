"""Proves what caption and question of this preset say from its trace: see `tests/claims.py`."""

import numpy as np
import pytest

from tests.claims import steps


def claims(experiment):
    trace, C, h = experiment.trace(), experiment.trace().C[:, 0], experiment.trace().h[:, 0]
    pulse = trace.x[:, 0]
    growth = np.diff(C, prepend=0)
    ones = steps(pulse == 1)

    assert set(pulse) == {0, 1} and growth[pulse == 1] == pytest.approx(0.50, abs=2e-4)
    assert growth[pulse == 0] == pytest.approx(0, abs=1e-4)
    assert f"{C[-1]:.2f}" == f"{len(ones) * 0.5:.2f}"
    assert C[-1] - C[ones[3] - 1] > 1.4 and h[-1] - h[ones[3] - 1] < 0.04
    return [f"{growth[ones[0] - 1]:.2f}", 1, 0, len(ones), f"{C[-1]:.2f}"], [1]


NEAR_MISSES = {
    "forgets": {"b_f.1": 5},
    "writes at 0": {"b_c.1": 0.1},
    "another amount": {"V_c.1.1": 0.7},
}
