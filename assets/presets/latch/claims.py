"""Proves what caption and question of this preset say from its trace: see `tests/claims.py`."""

import numpy as np

from tests.claims import steps


def claims(experiment):
    trace, C = experiment.trace(), experiment.trace().C[:, 0]
    value, store, reset = trace.x.T
    first, second = steps(store == 1, 2)
    [drop] = steps(reset == 1, 1)
    held = C[first : drop - 1]

    assert abs(C[first - 1] - value[first - 1]) < 0.05 and abs(C[second - 1] - value[second - 1]) < 0.05
    assert len(held) == 10 and (abs(held / C[first - 1] - 1) < 0.10).all()
    assert abs(C[drop - 1]) < 0.05 and abs(C[drop]) < 0.05
    assert (abs(np.diff(value[:drop])) > 0).all() and (abs(np.diff(C[first - 1 : drop - 1])) < 0.04).all()
    assert (trace.f[reset == 0] > 0.99).all() and (trace.f[reset == 1] < 0.05).all()
    assert (trace.i[store == 0] < 0.05).all() and (trace.i[store == 1] > 0.95).all()
    assert (np.sign(trace.C_tilde[:, 0]) == np.sign(value)).all()
    return [first, f"{value[first - 1]:.1f}", len(held), 10, drop], [first + 1, drop - 1]


NEAR_MISSES = {
    "no store flag": {"x.2.2": 0},
    "stored in one step of hold too": {"x.7.2": 1},
    "no reset flag": {"x.13.3": 0},
    "a reset flag that nobody heeds": {"V_f.1.3": 0},
    "an input gate that is never shut": {"b_i.1": -2},
    "a forget gate of 0.98": {"b_f.1": 4},
}
