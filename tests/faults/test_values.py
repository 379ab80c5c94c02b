"""Values as nobody should pass them to the core: refused by a sentence, and never a warning."""

import re
import warnings

import numpy as np
import pytest

from lstm_core import LSTMParams, backward, cell_jacobian, forward, half_life, input_sensitivity, provenance
from lstm_core.memory import half_life_of_bias, largest_memory, life_of_part, stuck_steps
from lstm_core.paths import memory_paths
from lstm_core.workbench.presets import preset
from tests.collected import collected

TRACE = preset("latch").trace()


@collected(
    "function, value, name",
    [
        *((stuck_steps, unit, "unit") for unit in (0, 99, 1.5, True, "1", None, float("nan"), 10**400)),
        (largest_memory, 0, "unit"),
        (lambda trace, steps: life_of_part(trace, 1, *steps), (2, 1), "s, t"),
        (lambda trace, steps: life_of_part(trace, 1, *steps), (1.5, 2), "s, t"),
        (lambda trace, steps: life_of_part(trace, 1, *steps), (0, 10**400), "s, t"),
        *(
            (lambda trace, bias: half_life_of_bias(bias), bias, "b_f")
            for bias in ("x", None, float("nan"), 10**400, 1j, np.ma.array([1.0, 2.0], mask=[0, 1]))
        ),
    ],
)
def test_what_is_no_unit_no_step_and_no_bias_is_refused_by_name(function, value, name):
    with pytest.raises(ValueError, match=re.escape(name)):
        function(TRACE, value)


@collected("argument", ["W", "b", "x", "h0", "f"])
def test_a_mask_is_refused_because_it_would_be_ignored(argument):
    shapes = {"W": (4, 1, 2), "b": (4, 1), "x": (3, 1), "h0": (1,), "f": (2,)}
    given = {name: np.ones(shape) for name, shape in shapes.items()}
    given[argument] = np.ma.array(given[argument], mask=True)
    with pytest.raises(ValueError, match=f"^{argument}: .*mask"):
        forward(LSTMParams(given["W"], given["b"]), given["x"], h0=given["h0"])
        half_life(given["f"])


def test_numbers_too_small_for_a_float_give_no_warning_whatever_the_caller_has_set():
    b = np.array([[36.0, 36], [-300, -300], [0, 0], [-300, -300]])
    tiny = LSTMParams(np.full((4, 2, 3), 1e-200), b)
    with warnings.catch_warnings(), np.errstate(all="warn"):
        warnings.simplefilter("error")
        trace = forward(tiny, np.full((40, 1), 1e-300), C0=1e-300)
        assert np.isfinite(trace.erased).all()
        backward(trace, np.full(trace.h.shape, 1e-200), dC=1e-200)
        cell_jacobian(trace), input_sensitivity(trace), provenance(trace), memory_paths(trace, 1)
