"""Changes of the solution with which this task has to fail, address -> number: see `tests/claims.py`."""

NEAR_MISSES = [
    {"b_f.1": 2}, {"V_f.1.2": -6}, {"V_f.1.2": 0}, {"b_i.1": -3}, {"b_i.1": 0}, {"V_i.1.2": 5},
    {"V_i.1.2": 0}, {"V_c.1.1": -1.2}, {"V_c.1.1": 0.5}, {"b_c.1": 0.5}, {"V_f.1.1": 6},
    {"V_i.1.1": 6},
]  # fmt: skip
