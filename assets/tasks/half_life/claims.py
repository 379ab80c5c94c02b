"""Changes of the solution with which this task has to fail, address -> number: see `tests/claims.py`."""

NEAR_MISSES = [
    {"b_f.1": 1.2}, {"b_f.1": 1.5}, {"b_f.1": 1}, {"b_f.1": 2}, {"b_f.1": 0}, {"b_f.1": 4},
    {"V_c.1.1": -2}, {"b_i.1": -4}, {"b_c.1": 0.1}, {"U_f.1.1": 1}, {"U_c.1.1": 0.3},
]  # fmt: skip
