"""Values as nobody should pass them to the core: refused by a sentence, and never a warning."""

import warnings

import numpy as np
import pytest

from lstm_core import LSTMParams, backward, cell_jacobian, forward, half_life, input_sensitivity, provenance
from lstm_core.memory import half_life_of_bias, largest_memory, life_of_part, stuck_steps
from lstm_core.paths import memory_paths
from lstm_core.workbench.presets import preset
from tests.collected import collected

TRACE = preset("latch").trace()

NO_UNIT = [0, -1, 99, 1.5, True, np.array([1]), np.array(True), [1], "1", None, float("nan"), 10**400, 1 + 0j]


@collected("of_unit", [stuck_steps, largest_memory, lambda trace, unit: life_of_part(trace, unit, 1, 2)])
@collected("unit", NO_UNIT)
def test_what_is_no_unit_is_refused_by_name(of_unit, unit):
    with pytest.raises(ValueError, match="unit"):
        of_unit(TRACE, unit)


@collected(
    "steps",
    [(1.5, 2), ("1", 2), (None, 2), (1, np.array([2])), ([1], 2), (2, 1), (0, 10**400), (float("nan"), 2)],
)
def test_steps_that_are_none_are_refused(steps):
    with pytest.raises(ValueError, match="s, t"):
        life_of_part(TRACE, 1, *steps)


@collected(
    "bias",
    ["x", None, [[1], [1, 2]], float("nan"), float("inf"), 10**400, 1j, {},
     np.ma.array([1.0, 2.0], mask=[0, 1])],
)  # fmt: skip
def test_what_is_no_bias_is_refused(bias):
    with pytest.raises(ValueError, match="b_f"):
        half_life_of_bias(bias)


@collected("argument", ["W", "b", "x", "h0", "f"])
def test_a_mask_is_refused_because_it_would_be_ignored(argument):
    own = {
        "W": np.zeros((4, 1, 2)),
        "b": np.zeros((4, 1)),
        "x": np.zeros((3, 1)),
        "h0": np.zeros(1),
        "f": np.ones(2),
    }
    hidden = np.ma.array(own[argument], mask=np.zeros(own[argument].shape))
    hidden[0] = np.ma.masked
    given = own | {argument: hidden}
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
