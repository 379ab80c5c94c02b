"""Proves what caption and question of this preset say from its trace: see `tests/claims.py`."""

import numpy as np

from lstm_core.trace import provenance


def claims(experiment):
    trace, params = experiment.trace(), experiment.params
    numbers = np.concatenate([params.W.ravel(), params.b.ravel()])

    assert (abs(numbers) <= 1).all() and (abs(experiment.x) <= 1).all()
    # |z| <= |h_1| + |h_2| + |x_1| + |x_2| + |b| <= 5, and σ(5) = 0.9933
    gates = np.stack([trace.f, trace.i, trace.o])
    assert ((gates > 0.006) & (gates < 0.994)).all()
    assert np.ptp(trace.C, axis=0).max() > 0.05
    assert provenance(trace)[1, -1].any() and not np.signbit(numbers[numbers == 0]).any()
    return [numbers.size, -1, 1], [1, trace.T]


NEAR_MISSES = {
    "a weight out of range": {"V_f.1.1": 1.5},
}
