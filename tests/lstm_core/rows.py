"""Rows of a trace CSV, computed again from what stands in them."""

import numpy as np
import pandas as pd
import pytest


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def obeys_the_equations(frame: pd.DataFrame, params) -> None:
    """Every row of one sequence, computed again from what stands in the row and the rows before it."""
    U, V = params.W[:, :, : params.H], params.W[:, :, params.H :]
    inputs = [f"x_{d + 1}" for d in range(params.D)]
    by_step = frame.set_index(["t", "unit"])
    for (t, unit), row in by_step.iterrows():
        units = by_step.loc[t]
        for block, gate in enumerate("fico"):
            z = (
                U[block, unit - 1] @ units["h_prev"].to_numpy()
                + V[block, unit - 1] @ row[inputs].to_numpy()
                + params.b[block, unit - 1]
            )
            if params.peepholes is not None and gate != "c":
                seen = row.C if gate == "o" else row.C_prev
                z += getattr(params, f"p_{gate}")[unit - 1] * seen
            assert row[f"z_{gate}"] == pytest.approx(z, rel=1e-9, abs=1e-9)
        assert row.f == pytest.approx(sigmoid(row.z_f) if params.forget_gate else 1.0)
        i = 1 - row.f if params.coupled else sigmoid(row.z_i)
        assert (row.i, row.o) == pytest.approx((i, sigmoid(row.z_o)))
        assert row.C_tilde == pytest.approx(np.tanh(row.z_c))
        assert row.kept == row.f * row.C_prev and row.written == row.i * row.C_tilde
        assert row.kept + row.written == row.C
        assert row.kept + row.erased == pytest.approx(row.C_prev)
        assert row.tanh_C == pytest.approx(np.tanh(row.C)) and row.h == row.o * row.tanh_C
        if t > 1:
            before = by_step.loc[(t - 1, unit)]
            assert (row.h_prev, row.C_prev) == (before.h, before.C)
