"""Proves what caption and question of this preset say from its trace: see `tests/claims.py`."""

import numpy as np

from lstm_core.rounding import text
from tests.claims import steps


def claims(experiment):
    trace, C = experiment.trace(), experiment.trace().C[:, 0]
    pulse, before = trace.x[:, 0], trace.C_prev[:, 0]
    first, *later = ones = steps(pulse == 1, 5)
    U_c = experiment.value("U_c.1.1")

    assert set(pulse) == {0, 1} and trace.h_prev[first - 1, 0] < 0.01
    assert all(np.sign(C[t - 1]) == -np.sign(before[t - 1]) and abs(C[t - 1]) > 0.9 for t in later)
    assert all(abs(C[t - 1] - before[t - 1]) < 0.02 for t in range(first + 1, len(C) + 1) if t not in ones)
    assert (abs(trace.kept[pulse == 1]) < 0.01).all()
    deaf = experiment.edited("U_c.1.1", 0).trace().C[:, 0]
    assert (deaf[first - 1 :] > 0.7).all()
    assert [address for address in experiment.addresses() if address[0] == "U" and
            experiment.value(address)] == ["U_c.1.1"]  # fmt: skip
    return [1, text(C[first - 1]), first, text(C[later[0] - 1]), later[0], text(U_c)[:2]], [0]


NEAR_MISSES = {
    "does not read h": {"U_c.1.1": 0},
    "keeps what it should erase": {"V_f.1.1": -4},
    "a gate reads h too": {"U_i.1.1": 0.1},
}
