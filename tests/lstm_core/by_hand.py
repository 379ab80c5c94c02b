"""The cell written out in plain Python, and many variants of every item of a lesson."""

from functools import cache
from math import exp, tanh

from lstm_core.lessons.items import ITEMS, make
from lstm_core.params import GATES
from tests.collected import collected
from tests.nightly import examples, sample

VARIANTS = range(examples(5, 200))
"""Seeds. All 200 of every item take half a minute to make, so the night has them."""


@cache
def variant(key, seed):
    return make(key, seed)


def variants(key, seeds=VARIANTS):
    """Each is made once in a process, and none that no test asks for."""
    return [variant(key, seed) for seed in seeds]


each_item = collected("key", ITEMS)
"""Decorates a test of `key`, which then runs for every item."""

some_items = collected("key", sample(ITEMS, 12))
"""The same for what does not depend on how an item is made: by night every item, and for a change a few."""


# -- the cell, written out ------------------------------------------------------------------------


def sigma(z):
    return 1 / (1 + exp(-z))


def by_hand(experiment, shut=None, bias=None) -> list[list[dict]]:
    """The run in plain Python, [step][unit] -> numbers. `shut` (step, unit) has f = 0 there."""
    params, H = experiment.params, experiment.H
    C, h, steps = list(experiment.C0), list(experiment.h0), []
    for t, x in enumerate(experiment.x):
        reads, row = [*h, *x], []
        for k in range(H):
            z = {}
            for g, gate in enumerate(GATES):
                b = params.b[g, k] if bias is None or gate != "f" else bias
                z[gate] = sum(w * r for w, r in zip(params.W[g, k], reads, strict=True)) + b
            f = sigma(z["f"]) if params.forget_gate else 1.0
            f = 0.0 if shut == (t + 1, k + 1) else f
            i = 1 - f if params.coupled else sigma(z["i"])
            c, o = tanh(z["c"]), sigma(z["o"])
            now = f * C[k] + i * c
            row.append({"z_f": z["f"], "z_i": z["i"], "z_c": z["c"], "f": f, "i": i, "C_tilde": c, "o": o,
                        "x": x[0], "C_prev": C[k], "h_prev": h[k], "C": now, "h": o * tanh(now)})  # fmt: skip
        steps.append(row)
        C, h = [unit["C"] for unit in row], [unit["h"] for unit in row]
    return steps


def at(q, by=0, unit=None, **how):
    """The numbers of a unit, that of the question if none is named, `by` steps after its step."""
    return by_hand(q.experiment, **how)[q.case.t - 1 + by][(unit or q.case.unit) - 1]
