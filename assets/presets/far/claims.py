"""Proves what caption and question of this preset say from its trace: see `tests/claims.py`."""

from lstm_core.paths import memory_paths
from lstm_core.rounding import slope_text, text
from lstm_core.workbench.focus import Focus
from tests.claims import steps


def claims(experiment):
    trace, C = experiment.trace(), experiment.trace().C[:, 0]
    [write] = steps(trace.x[:, 0] == 1, 1)
    U = Focus().recurrence
    paths = memory_paths(trace, 1, U)
    direct, full, rnn = (getattr(paths, name)[write - 1] for name in ("direct", "full", "rnn"))
    later = trace.T - write

    assert (trace.f > 0.98).all() and (abs(trace.written[write:]) < 0.02).all()
    assert C[-1] > 0.9 * C[write - 1]
    assert full - direct > 0.15 and direct > 30 * rnn
    numbers = [text(C[write - 1]), text(C[-1]), text(direct), text(full), slope_text(rnn), f"{U:g}"]
    return [write, write, later, *numbers], []


NEAR_MISSES = {
    "forgets": {"b_f.1": 2},
    "one path alone": {"U_c.1.1": 0},
    "a second pulse": {"x.9.1": 1},
}
