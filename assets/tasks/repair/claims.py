"""Changes of the solution with which this task has to fail, address -> number: see `tests/claims.py`."""

NEAR_MISSES = [
    {"b_f.1": 2}, {"b_f.1": 5.9}, {"V_f.1.3": 0}, {"b_i.1": -2}, {"V_i.1.2": 3}, {"V_c.1.1": -1.5},
    {"V_f.1.1": 6}, {"V_f.1.2": -0.1}, {"b_o.1": 1}, {"U_c.1.1": 0.05}, {"b_c.1": 0.2},
]  # fmt: skip
