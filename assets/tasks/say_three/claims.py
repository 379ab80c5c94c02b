"""Changes of the solution with which this task has to fail, address -> number: see `tests/claims.py`."""

NEAR_MISSES = [
    {"V_c.1.1": 0.1}, {"V_c.1.1": 1}, {"V_c.1.1": -0.3}, {"b_f.1": 3}, {"V_i.1.1": 0},
    {"U_c.2.1": 6}, {"b_c.2": -10}, {"b_i.2": -11}, {"b_f.2": 6}, {"b_o.2": -3}, {"b_o.1": -2},
    {"b_c.1": 0.2},
]  # fmt: skip
