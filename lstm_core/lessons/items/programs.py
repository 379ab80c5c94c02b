"""Items on reading the code of a step: lines of NumPy and of PyTorch, and what they make of numbers."""

import math

from ...formula import sigma
from ...params import GATES
from ...rounding import text
from ..case import Case, Draw, one_unit, ordinary_if
from ..question import CHOOSE, TRUTH, VALUE, Item, Sum
from ..sums import times
from .counts import batch, run_of_batch

_line = ordinary_if(lambda case: abs(case.at("C_prev")) > 0.4)


def _two_lines(draw: Draw) -> Case | None:
    """A step; the tanh of c before it and of c after it are told."""
    case = _line(draw)
    if case is None:
        return None
    return case.told(tanh_before=math.tanh(case.at("C_prev")), tanh_after=case.at("tanh_C"))


def _split(draw: Draw) -> Case:
    """A step from h = 0 and x = 0, so that the four sums are the biases, told in PyTorch's order."""
    i, f, g, o = z = draw.numbers(4, -2, 2, 1)
    gates = {gate: (bias, 1) for gate, bias in zip(GATES, (f, i, g, o), strict=True)}
    experiment = one_unit("leaky", [[0], [1], [0]], C0=draw.signed(0.5, 1.5), **gates)
    given = {"z": ", ".join(map(text, z)), "first": i, "second": f, "third": g, "last": o}
    return Case(experiment, 1, given=given)


def _step(case: Case, f: str, i: str, g: str) -> float:
    """c after the step if f, i and g were taken from these places."""
    given = case.given
    return sigma(given[f]) * case.at("C_prev") + sigma(given[i]) * math.tanh(given[g])


ITEMS = (
    Item(
        "code_line", "cell_state", "all", VALUE, "reading_code", _line,
        truth=lambda case: case.at("C"),
        beliefs={
            "brackets": lambda case: case.at("f") * (case.at("C_prev") + case.at("written")),
            "left_to_right": lambda case: (case.at("kept") + case.at("i")) * case.at("C_tilde"),
            "replaced": lambda case: case.at("written"),
        },
        hidden=("kept", "written"), bounds=(-3.0, 3.0), tolerance=0.05,
        sums=(Sum(TRUTH, ("f", "C_prev", "i", "C_tilde"), lambda f, C, i, g: f * C + i * g),),
    ),
    Item(
        "code_order", "output_gate", "show", VALUE, "reading_code", _two_lines,
        truth=lambda case: case.at("o") * math.tanh(case.at("C_prev")),  # its line comes before that of c
        beliefs={
            "new_c": lambda case: case.at("h"),
            "no_tanh": lambda case: case.at("o") * case.at("C_prev"),
            "no_gate": lambda case: math.tanh(case.at("C_prev")),
        },
        hidden=("kept", "written"), bounds=(-2.0, 2.0), tolerance=0.05, level=2,
        shows={"no_tanh": "C_for_h", "no_gate": "C_for_h"},
        sums=(times("o", "tanh_before"),),
    ),
    Item(
        "code_output", "overview", "all", CHOOSE, "reading_code", batch,
        truth=lambda case: float(run_of_batch(case).h.size),  # which is what PyTorch returns first
        beliefs={
            "last_step": lambda case: float(case.whole("B") * case.H),
            "no_batch": lambda case: float(case.T * case.H),
            "inputs": lambda case: float(case.T * case.whole("B") * case.D),
            "both_states": lambda case: 2.0 * case.T * case.whole("B") * case.H,
            "every_box": lambda case: 4.0 * case.T * case.whole("B") * case.H,
            "no_units": lambda case: float(case.T * case.whole("B")),
        },
        decimals=0, level=2,
        shows={"no_batch": "batches", "every_box": "four_gates", "both_states": "C_for_h"},
    ),
    Item(
        "code_split", "forget_gate", "all", CHOOSE, "reading_code", _split,
        truth=lambda case: case.at("C"),
        beliefs={
            "our_order": lambda case: _step(case, "first", "second", "third"),
            "third_forgets": lambda case: _step(case, "third", "first", "last"),
            "no_sigma": lambda case: case.given["second"] * case.at("C_prev")
            + case.given["first"] * case.given["third"],
            "no_tanh": lambda case: case.at("kept") + case.at("i") * case.given["third"],
            "last_candidate": lambda case: _step(case, "second", "first", "last"),
            "kept": lambda case: case.at("kept"),
        },
        hidden=("b_f", "b_i", "b_c", "b_o"), level=3, signed=True,
        shows=dict.fromkeys(("our_order", "third_forgets", "last_candidate"), "framework_order")
        | dict.fromkeys(("no_tanh", "no_sigma"), "sigma_and_tanh"),
        sums=(Sum(TRUTH, ("second", "C_prev", "first", "third"),
                  lambda f, C, i, g: sigma(f) * C + sigma(i) * math.tanh(g)),),
    ),
)  # fmt: skip
