"""Gradients by finite differences: a function of numbers -> **its slopes**, to compare with the library's."""

import numpy as np

from lstm_core import cell_jacobian, forward


def slopes(function, at, step=1e-5):
    """Central differences of `function`, whose values may be arrays, in each entry of `at`."""
    result = []
    for entry in range(at.size):
        moved = [at.astype(float), at.astype(float)]
        moved[0].flat[entry] += step
        moved[1].flat[entry] -= step
        result.append((function(moved[0]) - function(moved[1])) / (2 * step))
    return np.array(result)


def hidden(trace, t, C):
    """What h_t would be, were C_t another: a peephole of the output gate sees it too."""
    o = trace.o[t - 1]
    if trace.params.peepholes is not None:
        seeing = 1 / (1 + np.exp(-trace.z_o[t - 1] - trace.params.p_o * (C - trace.C[t - 1])))
        o = seeing if trace.pinned is None else np.where(trace.pinned[t - 1, 3], o, seeing)
    return o * np.tanh(C)


def jacobian_equals_finite_differences(experiment, pins=None):
    params, x, _, _ = experiment
    trace = forward(*experiment, pins)
    jacobian = cell_jacobian(trace)
    np.testing.assert_array_equal(jacobian[-1], np.eye(params.H))
    for t in range(len(x)):

        def last_cell(C, t=t):
            # C_t is moved before the output gate shows it, so h_t moves with it
            h = trace.h_prev[0] if t == 0 else hidden(trace, t, C)
            return forward(params, x[t:], h, C, None if pins is None else pins[t:]).C[-1]

        theirs = slopes(last_cell, trace.C_prev[t]).T
        np.testing.assert_allclose(jacobian[t], theirs, rtol=1e-5, atol=1e-6, err_msg=f"t = {t}")
