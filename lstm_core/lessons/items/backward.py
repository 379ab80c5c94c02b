"""Items on one step of backpropagation by hand: a gradient comes in, and is followed back through one part.

All right answers are read off `lstm_core/gradient.py`, which goes back over a run of the one step.
"""

import numpy as np

from ...cell import forward
from ...gradient import backward, walk_back
from ...trace import LSTMTrace
from ..case import Case, Draw, ordinary
from ..question import CHOOSE, TRUTH, VALUE, Item, Sum
from ..sums import times


def _comes_back(draw: Draw) -> Case | None:
    """A step at which all gates are half-open, and the gradient g that arrives there."""
    case = ordinary(draw)
    if abs(case.at("C_prev")) < 0.4 or not 0.2 < case.at("f") < 0.85:
        return None
    return case.told(g=draw.signed(0.5, 2))


def _step(case: Case) -> LSTMTrace:
    """The step of the question alone, from the state before it."""
    trace, t = case.trace, case.t
    return forward(trace.params, trace.x[t - 1 : t], trace.h_prev[t - 1], trace.C_prev[t - 1])


def _on_C(case: Case, dh: float, dC: float) -> list[float]:
    """The gradient with respect to C before the step and after it, out of these at h and C after it."""
    return backward(_step(case), np.full((1, 1), dh), dC).C[:, 0].tolist()


def _on_z_f(case: Case) -> float:
    """The gradient with respect to the forget gate's weighted sum of the step, out of g at C."""
    dz, _, _ = walk_back(_step(case), np.zeros((1, 1)), np.array([case.given["g"]]))
    return float(dz[0, 0, 0])


ITEMS = (
    Item(
        "back_to_C", "cell_state", "erase", VALUE, "chain_rule", _comes_back,
        truth=lambda case: _on_C(case, 0, case.given["g"])[0],
        beliefs={
            "all": lambda case: case.given["g"],
            "erased": lambda case: (1 - case.at("f")) * case.given["g"],
            "memory": lambda case: case.at("C_prev") * case.given["g"],
        },
        bounds=(-5.0, 5.0), tolerance=0.05, sums=(times("g", "f"),),
        shows={"erased": "f_1_forgets", "all": "gradient_never_shrinks"},
    ),
    Item(
        "back_to_f", "forget_gate", "forget", CHOOSE, "chain_rule", _comes_back,
        truth=lambda case: _on_z_f(case) / (case.at("f") * (1 - case.at("f"))),  # without the slope of σ
        beliefs={
            "gate": lambda case: case.at("f") * case.given["g"],
            "after": lambda case: case.at("C") * case.given["g"],
            "all": lambda case: case.given["g"],
            "kept": lambda case: case.at("kept") * case.given["g"],
            "candidate": lambda case: case.at("C_tilde") * case.given["g"],
        },
        level=2, signed=True, sums=(times("g", "C_prev"),),
    ),
    Item(
        "back_from_h", "output_gate", "show", VALUE, "chain_rule", _comes_back,
        truth=lambda case: _on_C(case, case.given["g"], 0)[1],
        beliefs={
            "no_slope": lambda case: case.at("o") * case.given["g"],
            "no_gate": lambda case: (1 - case.at("tanh_C") ** 2) * case.given["g"],
            "all": lambda case: case.given["g"],
        },
        bounds=(-2.5, 2.5), tolerance=0.05, level=2, shows={"all": "gradient_never_shrinks"},
        sums=(Sum(TRUTH, ("g", "o", "tanh_C"), lambda g, o, tanh_C: g * o * (1 - tanh_C * tanh_C)),),
    ),
    Item(
        "back_to_z", "forget_gate", "forget", VALUE, "chain_rule", _comes_back,
        truth=_on_z_f,
        beliefs={
            "no_slope": lambda case: case.at("C_prev") * case.given["g"],
            "gate": lambda case: case.at("f") * case.at("C_prev") * case.given["g"],
            "erased": lambda case: (1 - case.at("f")) * case.at("C_prev") * case.given["g"],
        },
        bounds=(-5.0, 5.0), tolerance=0.05, level=3,
        sums=(Sum(TRUTH, ("g", "C_prev", "f"), lambda g, C, f: g * C * f * (1 - f)),),
    ),
)  # fmt: skip
