"""Items on what a network answers, one answer to a sequence or one to each step, and from which numbers."""

import numpy as np

from ...rounding import text
from ...trace import LSTMTrace
from ..case import Case, Draw
from ..question import CHOOSE, TRUTH, Item, Sum
from .equations import output_of
from .layer import layer, sizes


def _classes(draw: Draw) -> Case | None:
    """A layer whose output layer has so many classes."""
    case, K = sizes(draw), draw.whole(3, 12)
    if case is None or K in (case.H, case.D, case.T):
        return None
    return case.told(K=str(K))


def _answers(case: Case, h: np.ndarray) -> float:
    """How many numbers an output layer gives that reads these h, at one step or at each."""
    return float((h @ np.zeros((case.H, case.whole("K")))).size)


def _read(draw: Draw) -> Case | None:
    """A layer of one unit over four steps, and an output layer that answers once, at the end."""
    experiment = layer(draw, 1, 1, 4)
    w, v = draw.signed(0.5, 3), draw.number(-1, 1)
    trace: LSTMTrace = experiment.trace()
    h = trace.h[:, 0]
    if min(abs(h)) < 0.05:
        return None
    given = {"w": w, "v": v, "hs": ", ".join(map(text, h.tolist())), "last": float(h[-1])}
    return Case(experiment, 4, given=given)


ITEMS = (
    Item(
        "one_answer", "output_gate", "show", CHOOSE, "one_or_many", _classes,
        truth=lambda case: _answers(case, case.trace.h[-1]),
        beliefs={
            "each_step": lambda case: float(case.T * case.whole("K")),
            "units": lambda case: float(case.H),
            "steps": lambda case: float(case.T),
            "pairs": lambda case: float(case.H * case.whole("K")),
            "one": lambda case: 1.0,
            "sum": lambda case: float(case.H + case.whole("K")),
        },
        decimals=0, shows={"units": "units_steps_gates", "steps": "units_steps_gates"},
    ),
    Item(
        "many_answers", "output_gate", "show", CHOOSE, "one_or_many", _classes,
        truth=lambda case: _answers(case, case.trace.h),
        beliefs={
            "at_the_end": lambda case: float(case.whole("K")),
            "units": lambda case: float(case.T * case.H),
            "steps": lambda case: float(case.T),
            "every_pair": lambda case: float(case.T * case.H * case.whole("K")),
            "twice": lambda case: float(case.T * (case.H + case.whole("K"))),
            "added": lambda case: float(case.T + case.whole("K")),
        },
        decimals=0, level=2,
    ),
    Item(
        "which_h", "output_gate", "show", CHOOSE, "one_or_many", _read,
        truth=lambda case: output_of(case, case.at("h")),
        beliefs={
            "first": lambda case: output_of(case, float(case.trace.h[0, 0])),
            "mean": lambda case: output_of(case, float(case.trace.h[:, 0].mean())),
            "sum": lambda case: output_of(case, float(case.trace.h[:, 0].sum())),
            "memory": lambda case: output_of(case, case.at("C")),
            "largest": lambda case: output_of(case, float(case.trace.h[:, 0].max())),
            "no_layer": lambda case: case.at("h"),
        },
        level=3, signed=True, shows={"memory": "C_for_h", "no_layer": "output_layer"},
        sums=(Sum(TRUTH, ("w", "last", "v"), lambda w, h, v: w * h + v),),
    ),
)  # fmt: skip
