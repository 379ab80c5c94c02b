"""Changes of the solution with which this task has to fail, address -> number: see `tests/claims.py`."""

NEAR_MISSES = [
    {"V_c.1.1": 0.3}, {"V_c.1.1": 0.8}, {"V_c.1.1": -0.5}, {"b_f.1": 0}, {"b_f.1": 1}, {"b_f.1": 2},
    {"b_f.1": -6}, {"V_f.1.1": -9}, {"b_i.1": -3}, {"b_c.1": 0.3}, {"U_c.1.1": 3, "b_o.1": 6},
]  # fmt: skip
