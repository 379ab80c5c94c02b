"""Proves what caption and question of this preset say from its trace: see `tests/claims.py`."""

import numpy as np

from lstm_core.rounding import shown_ledger, text
from tests.claims import steps


def claims(experiment):
    trace, C = experiment.trace(), experiment.trace().C[:, 0]
    value, flag = trace.x.T
    flags = steps(flag == 1, 3)
    first, second, last = flags
    ledger = shown_ledger(trace, second, 1)

    assert min(ledger.kept, ledger.erased, ledger.written) > 0.2 and set(flag) == {0, 1}
    assert (np.sign(C[np.array(flags) - 1]) == np.sign(value[np.array(flags) - 1])).all()
    for at in flags[1:]:
        assert trace.erased[at - 1, 0] > 0.6 * C[at - 2] > 0
    for start, end in zip(flags, [*flags[1:], len(C) + 1], strict=True):
        assert (abs(C[start - 1 : end - 1] - C[start - 1]) < 0.06).all()
    moved = [text(number) for number in (ledger.kept, ledger.C_prev, ledger.erased, ledger.written)]
    assert trace.f[last - 1, 0] == trace.f[second - 1, 0] and trace.i[last - 1, 0] == trace.i[second - 1, 0]
    assert C[last - 1] < 0 < C[second - 1]
    return [second, *moved, "0.06"], [last, second]


NEAR_MISSES = {
    "erases hardly anything": {"V_f.1.2": -1},
    "forgets between flags": {"b_f.1": 2},
    "one flag less": {"x.10.2": 0},
    "takes no negative value": {"x.10.1": 0.6},
}
