"""Proves what caption and question of this preset say from its trace: see `tests/claims.py`."""

from tests.claims import steps


def claims(experiment):
    trace, C, h = experiment.trace(), experiment.trace().C[:, 0], experiment.trace().h[:, 0]
    value, ask = trace.x.T
    [write] = steps(value != 0, 1)
    first, second = steps(ask == 1, 2)

    assert (abs(C[write - 1 :] / C[write - 1] - 1) < 0.05).all()
    assert (abs(h[ask == 0]) < 0.05).all() and (abs(h[ask == 1]) > 0.4).all()
    assert trace.f.std() == 0
    answers = [f"{h[t - 1]:.2f}" for t in (first, second)]
    return [write, f"{C[write - 1]:.2f}", "0.05", first, second, *answers], []


NEAR_MISSES = {
    "speaks early": {"b_o.1": -2},
    "never speaks": {"V_o.1.2": 2},
    "forgets": {"b_f.1": 4},
}
