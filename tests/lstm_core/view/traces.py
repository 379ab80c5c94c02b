"""Runs to draw: random ones, and random ones by Hypothesis."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from lstm_core import LSTMParams, forward


def random_trace(seed, H, D, T=3, scale=1.5, forget_gate=True, large=1.0):
    draw = np.random.default_rng(seed).normal
    params = LSTMParams(draw(0, scale, (4, H, H + D)), draw(0, 1, (4, H)), forget_gate)
    return forward(params, large * draw(0, 1, (T, D)), draw(0, 0.5, H), large * draw(0, 1, H))


traces = st.builds(
    random_trace,
    seed=st.integers(0, 10_000),
    H=st.integers(1, 4),
    D=st.integers(1, 4),
    scale=st.sampled_from([0.0, 0.5, 2.0, 20.0]),
    forget_gate=st.booleans(),
    large=st.sampled_from([0.0, 1.0, 300.0]),
)
