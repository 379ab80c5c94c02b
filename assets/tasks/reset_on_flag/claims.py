"""Changes of the solution with which this task has to fail, address -> number: see `tests/claims.py`."""

NEAR_MISSES = [
    {"V_f.1.3": 0}, {"V_f.1.3": -6}, {"V_f.1.3": 6}, {"b_f.1": 2}, {"b_i.1": -3}, {"V_i.1.2": 5},
    {"V_c.1.1": -1.5}, {"V_c.1.1": 0}, {"b_c.1": 0.5}, {"V_f.1.1": 6}, {"V_i.1.3": 12},
]  # fmt: skip
