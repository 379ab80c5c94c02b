"""Items on how many numbers there are: in the weights of a layer, in one matrix, in a batch."""

import numpy as np

from ...cell import forward
from ...trace import LSTMTrace
from ..case import Case, Draw
from ..question import CHOOSE, Item
from .layer import sizes


def batch(draw: Draw) -> Case | None:
    """A layer that runs on a batch of B sequences."""
    case = sizes(draw)
    B = draw.whole(2, 9)
    if case is None or B in (case.H, case.D, case.T):
        return None
    return case.told(B=str(B))


def run_of_batch(case: Case) -> LSTMTrace:
    """The run of the layer on a batch."""
    return forward(case.experiment.params, np.zeros((case.T, case.whole("B"), case.D)))


ITEMS = (
    Item(
        "matrix_size", "overview", "concatenate", CHOOSE, "parameter_count", sizes,
        truth=lambda case: float(case.experiment.params.W_f.size),
        beliefs={
            "only_h": lambda case: float(case.H ** 2),
            "only_x": lambda case: float(case.H * case.D),
            "list": lambda case: float(case.H + case.D),
            "square": lambda case: float((case.H + case.D) ** 2),
            "every_box": lambda case: 4.0 * case.experiment.params.W_f.size,
            "every_step": lambda case: float(case.T * case.experiment.params.W_f.size),
        },
        decimals=0, level=2,
    ),
    Item(
        "parameters", "overview", "all", CHOOSE, "parameter_count", sizes,
        truth=lambda case: float(case.experiment.params.W.size + case.experiment.params.b.size),
        beliefs={
            "one_box": lambda case: float(case.H * (case.H + case.D + 1)),
            "three_boxes": lambda case: 3.0 * case.H * (case.H + case.D + 1),
            "no_bias": lambda case: float(case.experiment.params.W.size),
            "no_h": lambda case: 4.0 * case.H * (case.D + 1),
            "two_biases": lambda case: 4.0 * case.H * (case.H + case.D + 2),
            "every_step": lambda case: 4.0 * case.T * case.H * (case.H + case.D + 1),
            "square": lambda case: 4.0 * (case.H + case.D) * (case.H + case.D + 1),
        },
        decimals=0, level=3, shows={"three_boxes": "four_gates", "one_box": "four_gates"},
    ),
    Item(
        "batch_shape", "overview", "all", CHOOSE, "batches", batch,
        truth=lambda case: float(run_of_batch(case).C[case.t - 1].size),
        beliefs={
            "one_sequence": lambda case: float(case.H),
            "one_each": lambda case: float(case.whole("B")),
            "inputs": lambda case: float(case.whole("B") * case.D),
            "list": lambda case: float(case.whole("B") * (case.H + case.D)),
            "every_step": lambda case: float(case.T * case.whole("B") * case.H),
            "no_batch": lambda case: float(case.T * case.H),
        },
        decimals=0, level=3, shows={"every_step": "units_steps_gates"},
    ),
)  # fmt: skip
