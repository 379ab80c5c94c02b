"""Proves what caption and question of this preset say from its trace: see `tests/claims.py`."""

import numpy as np
import pytest

from lstm_core.rounding import text


def claims(experiment):
    trace, C = experiment.trace(), experiment.trace().C[:, 0]
    opens, closes = trace.x.T
    depth = np.cumsum(opens - closes)

    assert depth.min() == 0 and depth.max() == 2 and depth[-1] == 0 and opens.sum() > 2
    assert pytest.approx(depth, abs=0.005) == C
    assert trace.f.min() > 0.995
    up, down = trace.written[opens == 1, 0], trace.written[closes == 1, 0]
    assert len({text(v) for v in up}) == len({text(v) for v in down}) == 1
    return [text(up[0]), text(down[0]), text(C.max()), text(abs(C[-1]))], [text(trace.f.min())]


NEAR_MISSES = {
    "erases where a bracket closes": {"V_f.1.2": -12},
    "does not see a bracket that closes": {"V_i.1.2": 0},
    "writes +1 there, too": {"V_c.1.2": 4},
    "a letter opens a bracket that is none": {"x.3.1": 1},
}
