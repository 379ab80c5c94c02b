"""∂h/∂C as it is written: its numbers are those of the run, and what they come to is the slope of h."""

import re

import numpy as np
import pytest

from lstm_core.rounding import text
from lstm_core.view.origin import slope_of_h
from lstm_core.workbench.presets import PRESETS, preset
from tests.collected import collected
from tests.lstm_core.slopes import hidden


def plain(latex: str) -> str:
    return re.sub(r"\\textcolor\{#\w+\}\{([^}]*)\}", r"\1", latex)


@collected("key", PRESETS)
@pytest.mark.parametrize("cell", ["lstm", "peephole", "1997"])
def test_what_it_comes_to_is_the_slope_of_h(key, cell):
    experiment = preset(key).with_variant(cell)
    if cell == "peephole":
        experiment = experiment.edited("p_o.1", 0.7)
    trace = experiment.trace()
    for t in (1, 2, trace.T):
        C, step = trace.C[t - 1], np.full(trace.params.H, 1e-6)
        slope = ((hidden(trace, t, C + step) - hidden(trace, t, C - step)) / 2e-6)[0]
        written = plain(slope_of_h(trace, t, 1))
        [comes_to] = re.findall(r" (−?\d+\.\d\d) \\end\{aligned\}$", written)
        assert float(comes_to.replace("−", "-")) == pytest.approx(slope, abs=0.0051)
        o, tanh_C = text(trace.o[t - 1, 0]), text(trace.tanh_C[t - 1, 0])
        assert rf"&= {o}\,(1 - {f'({tanh_C})' if tanh_C[0] == '−' else tanh_C}^2)" in written
        assert ("p_o" in written) == (cell == "peephole")
        assert cell == "peephole" or 0 <= slope <= 1


def test_an_equals_sign_stands_where_the_shown_numbers_give_the_shown_result():
    for t in range(1, 17):
        trace = preset("latch").trace()
        o, tanh_C = (round(float(values[t - 1, 0]), 2) for values in (trace.o, trace.tanh_C))
        true = round(float(trace.o[t - 1, 0] * (1 - trace.tanh_C[t - 1, 0] ** 2)), 2)
        is_equal = abs(o * (1 - tanh_C**2) - true) < 0.005
        assert (r"\approx" in slope_of_h(trace, t, 1)) != is_equal
