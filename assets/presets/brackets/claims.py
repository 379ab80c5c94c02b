"""Proves what caption and question of this preset say from its trace: see `tests/claims.py`."""

from lstm_core.rounding import shown_ledger, text
from tests.claims import steps


def claims(experiment):
    trace, C = experiment.trace(), experiment.trace().C[:, 0]
    opens, closes = trace.x.T
    [first], [last] = steps(opens == 1, 1), steps(closes == 1, 1)
    shuts, late = shown_ledger(trace, last, 1), 20

    assert "".join(experiment.labels[k - 1] for k in (first, last)) == "()" and first < late < last
    assert (abs(C[: first - 1]) < 0.005).all() and (abs(C[last - 1 :]) < 0.005).all()
    assert (C[first - 1 : last - 1] > 0.9).all() and not trace.x[first : last - 1].any()
    assert (trace.f[closes == 0] > 0.99).all() and trace.f[last - 1, 0] < 0.005
    written, f = text(trace.written[first - 1, 0]), text(trace.f[last - 1, 0])
    caption = [written, first, last, f, text(shuts.erased), text(shuts.C)]
    return caption, [0, late, text(C[late - 1])]


NEAR_MISSES = {
    "does not see a bracket that closes": {"V_f.1.2": 0},
    "does not see one that opens": {"V_i.1.1": 0},
    "forgets between the brackets": {"b_f.1": 3},
    "another letter closes, too": {"x.15.2": 1},
}
