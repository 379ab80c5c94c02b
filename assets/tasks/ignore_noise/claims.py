"""Changes of the solution with which this task has to fail, address -> number: see `tests/claims.py`."""

NEAR_MISSES = [
    {"b_i.1": -4}, {"b_i.1": -13}, {"V_i.1.2": 8}, {"V_i.1.2": 30}, {"V_i.1.2": 0}, {"b_f.1": 3},
    {"V_c.1.1": -1.5}, {"V_c.1.1": 0.4}, {"b_c.1": 0.8}, {"V_i.1.1": 6}, {"V_f.1.1": -6},
]  # fmt: skip
