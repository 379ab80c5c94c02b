"""Items on disturbing a unit: its C is set to 0, and what follows at once and later is predicted."""

from dataclasses import replace

import numpy as np

from ...cell import forward
from ...trace import LSTMTrace
from ...workbench.experiment import Experiment
from ..case import OPEN, SHUT, Case, Draw, clearly, of_two, one_unit
from ..question import CHOOSE, TRUTH, Item, Sum
from .layer import layer


def disturbed(experiment: Experiment, t: int, unit: int) -> LSTMTrace:
    """The steps after step t where C of a unit was set to 0 there, and its h with it."""
    run, k = experiment.trace(), unit - 1
    C, h = run.C[t - 1].copy(), run.h[t - 1].copy()
    C[k] = h[k] = 0.0
    return forward(experiment.params, experiment.x[t:], h, C)


def _quiet(draw: Draw) -> Case:
    """A memory, or none, behind an output gate that is open or shut."""
    C0 = draw.pick(draw.signed(0.5, 1.5), draw.signed(0.5, 1.5), 0.0)
    gates = {"f": (OPEN, 0), "i": (SHUT, 0), "c": (0, 1), "o": (draw.pick(OPEN, SHUT), 0)}
    x = [[value] for value in draw.numbers(5, -1, 1)]
    return Case(one_unit("leaky", x, C0=C0, **gates), draw.whole(2, 3))


def _by_zero(case: Case) -> tuple[bool | None, bool | None]:
    """Whether C and h of the step change if C is set to 0 before h is computed."""
    return clearly(abs(case.at("C")), 0.2, 0.01), clearly(abs(case.at("h")), 0.2, 0.01)


def _read_by_layer(draw: Draw) -> Case | None:
    """Two units that an output layer reads."""
    experiment = replace(layer(draw, 2, 2, 4), C0=np.array([draw.signed(0.5, 2), draw.signed(0.5, 2)]))
    case = Case(experiment, 2)
    h1, h2 = case.at("h"), case.at("h", unit=2)
    if min(abs(h1), abs(h2)) < 0.15:
        return None
    w1, w2 = draw.signed(0.5, 2.5), draw.signed(0.5, 2.5)
    given = {"w_1": w1, "w_2": w2, "h_1": h1, "h_2": h2, "C_1": case.at("C")}
    return Case(experiment, 2, given=given)


def _answer_changes(case: Case) -> float:
    """By how much the output layer's answer changes if C of unit 1 is set to 0 at this step."""
    w = np.array([case.given["w_1"], case.given["w_2"]])
    whole = case.trace.h[case.t - 1]
    off = whole * np.array([0.0, 1.0])  # o · tanh(0) = 0
    return float(w @ off - w @ whole)


def _spreading(draw: Draw) -> Case | None:
    """Two units. Unit 2 reads h of unit 1 or does not; f of unit 1 is shut at the next step or open."""
    base = layer(draw, 2, 2, 6)
    s = draw.whole(2, 3)
    t = s + draw.whole(1, 2)
    shut = draw.pick(True, False, False)
    reads = draw.pick(True, False)
    x = base.x.copy()
    x[:, 1] = 0.0
    x[s, 1] = 1.0 if shut else 0.0
    W, b = base.params.W.copy(), base.params.b.copy()
    W[:, 0, :2] = 0.0  # unit 1 reads no h
    W[:, 1, 0] = draw.signed(1, 2) if reads else 0.0
    W[0, 0, 2:], b[0, 0] = (0.0, -12.0), 6.0  # the second input shuts f of unit 1
    W[1:, 0, 3] = 0.0
    W[:, 1, 3] = 0.0
    params = replace(base.params, W=W, b=b)
    experiment = replace(base, params=params, x=x, C0=np.array([draw.signed(0.8, 2), draw.signed(0.5, 2)]))
    case = Case(experiment, t)
    if abs(experiment.trace().h[s - 1, 0]) < 0.2:
        return None
    given = {"s": str(s), "next": str(s + 1), "f_next": float(experiment.trace().f[s, 0]), "U": W[0, 1, 0]}
    return Case(case.experiment, t, given=given)


def _differs(case: Case) -> tuple[bool | None, bool | None]:
    """Whether C of each unit is another one at the step, after C of unit 1 was set to 0 at step s."""
    s = case.whole("s")
    now = disturbed(case.experiment, s, 1).C[case.t - s - 1]
    first, second = abs(now - case.trace.C[case.t - 1])
    return clearly(first, 0.03, 0.005), clearly(second, 0.03, 0.005)


ITEMS = (
    Item(
        "unit_silent", "output_gate", "output", CHOOSE, "disturbing", _quiet,
        claims=of_two(_by_zero, at_once=(True, True), inside=(True, False), nothing=(False, False)),
        hidden=("tanh_C",), shows={"inside": "C_for_h"},
    ),
    Item(
        "unit_read", "output_gate", "show", CHOOSE, "disturbing", _read_by_layer,
        truth=_answer_changes,
        beliefs={
            "other_sign": lambda case: -_answer_changes(case),
            "other_unit": lambda case: -case.given["w_2"] * case.given["h_2"],
            "both": lambda case: _answer_changes(case) - case.given["w_2"] * case.given["h_2"],
            "memory": lambda case: -case.given["w_1"] * case.given["C_1"],
            "weight": lambda case: -case.given["w_1"],
            "nothing": lambda case: 0.0,
        },
        level=2, signed=True, shows={"memory": "C_for_h"},
        sums=(Sum(TRUTH, ("w_1", "h_1"), lambda w, h: -w * h),),
    ),
    Item(
        "unit_spreads", "cell_state", "all", CHOOSE, "disturbing", _spreading,
        claims=of_two(
            _differs, one=(True, False), both=(True, True), second=(False, True), none=(False, False)
        ),
        level=3, shows={"both": "units_steps_gates"},
    ),
)  # fmt: skip
