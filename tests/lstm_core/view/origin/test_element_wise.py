"""The element-wise product in columns: one row a unit, in numbers that add up as they are shown."""

import re

import pytest

from lstm_core.rounding import shown_ledger, text
from lstm_core.view.origin.element_wise import element_wise
from lstm_core.view.origin.split import MOST
from lstm_core.workbench.presets import preset
from tests.collected import collected
from tests.lstm_core.view.pictures import SOME, TRACES


def columns(latex: str) -> list[list[str]]:
    return [inside.split(r" \\ ") for inside in re.findall(r"\\begin{bmatrix} (.*?) \\end{bmatrix}", latex)]


@pytest.mark.parametrize("t", [1, 5, 12])
def test_each_row_is_one_unit_and_adds_up(t):
    trace = preset("random").trace()
    f, C_prev, i, C_tilde, kept, written, C = columns(element_wise(trace, t))
    for unit in (1, 2):
        k, ledger = unit - 1, shown_ledger(trace, t, unit)
        assert f[k] == text(trace.f[t - 1, k]) and C_prev[k] == text(ledger.C_prev)
        assert i[k] == text(trace.i[t - 1, k]) and C_tilde[k] == text(trace.C_tilde[t - 1, k])
        assert (kept[k], written[k], C[k]) == (text(ledger.kept), text(ledger.written), text(ledger.C))
        assert round(ledger.kept + ledger.written, 2) == round(ledger.C, 2)


@collected("name", SOME)
def test_a_large_layer_is_cut_with_dots(name):
    trace = TRACES[name]
    for column in columns(element_wise(trace, 1)):
        assert len(column) == min(trace.params.H, MOST + 1)
        assert ("\\vdots" in column) == (trace.params.H > MOST)
