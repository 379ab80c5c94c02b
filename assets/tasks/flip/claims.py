"""Changes of the solution with which this task has to fail, address -> number: see `tests/claims.py`."""

NEAR_MISSES = [
    {"U_c.1.1": 0}, {"U_c.1.1": 6}, {"U_c.1.1": -1}, {"b_c.1": 0}, {"b_c.1": -1}, {"b_c.1": 5},
    {"b_o.1": -3}, {"b_o.1": -1}, {"b_f.1": 2}, {"V_f.1.1": 0}, {"b_i.1": 0}, {"V_i.1.1": 0},
]  # fmt: skip
