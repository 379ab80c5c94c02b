"""Proves what caption and question of this preset say from its trace: see `tests/claims.py`."""

from tests.claims import steps


def claims(experiment):
    trace, C = experiment.trace(), experiment.trace().C[:, 0]
    value, flag = trace.x.T
    [write] = steps(flag == 1, 1)
    others = flag != 1
    noisy = len(C) - write

    assert (flag[others] != 0).all() and (abs(flag[others]) <= 0.3).all()
    assert noisy == 10 and abs(value[write:]).mean() > 0.5
    assert (abs(C[write:] / C[write - 1] - 1) < 0.05).all() and (abs(C[: write - 1]) < 0.05).all()
    steps(trace.i[write:, 0] == trace.i[write:, 0].max(), 1)
    return [write, f"{C[write - 1]:.2f}", noisy, 5], []


NEAR_MISSES = {
    "an input gate that lets noise in": {"b_i.1": -4},
    "a second flag": {"x.9.2": 1},
    "forgets": {"b_f.1": 4},
}
