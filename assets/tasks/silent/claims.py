"""Changes of the solution with which this task has to fail, address -> number: see `tests/claims.py`."""

NEAR_MISSES = [
    {"b_o.1": 2}, {"b_o.1": 0}, {"b_o.1": -2}, {"b_o.1": -9}, {"V_o.1.2": 0}, {"V_o.1.2": 3},
    {"V_o.1.2": -8}, {"b_f.1": 3}, {"V_c.1.1": 0}, {"V_c.1.1": -1.5}, {"b_c.1": 0.1},
    {"V_f.1.2": -9},
]  # fmt: skip
