"""Items on reading the equations: which product is which, other cells, the output layer."""

from dataclasses import replace
from functools import partial
from itertools import product

import numpy as np

from ...formula import sigma
from ...workbench.experiment import Experiment
from ..case import Case, Draw, one_unit, ordinary
from ..question import CHOOSE, TRUTH, VALUE, Item, Sum
from ..sums import KEPT, WRITTEN, of_sigma, of_tanh, times, total
from .gates import any_run, has_forget_gate
from .layer import layer, rise_of_f

_OPEN, _SHUT = 6, -6  # biases that open and shut a gate

SETTINGS = {"overwrite": (0, 1), "hold": (1, 0), "add": (1, 1), "clear": (0, 0)}
"""What a cell does with its memory -> f and i that make it do so."""


def _gates_apart(case: Case) -> bool:
    """Whether f and i each follow from a sum of their own."""
    return has_forget_gate(case) and not case.experiment.params.coupled


def _one_product(draw: Draw) -> Case:
    case = ordinary(draw)
    key = draw.pick("kept", "erased", "written")
    return case.told(value=case.at(key))


def _is_value(case: Case, number: float) -> bool:
    """Whether the number of the question is this one, as it is shown."""
    return abs(number - case.given["value"]) < 0.015


def _two_units(draw: Draw) -> Case:
    """Two units that hold something; the question is about unit 2."""
    base = layer(draw, 2, 2, 4)
    experiment = replace(base, C0=np.array([draw.signed(0.5, 2), draw.signed(0.5, 2)]))
    case = Case(experiment, 2, unit=2)
    of_units = {f"{name}_{k}": case.at(key, unit=k)
                for name, key in (("f", "f"), ("C", "C_prev")) for k in (1, 2)}  # fmt: skip
    return Case(experiment, 2, unit=2, given=of_units)


def _gates_at_their_ends(draw: Draw) -> Case:
    """A first step at which f and i are each open or shut; what C is afterwards is told."""
    f, i = draw.pick(*product((_OPEN, _SHUT), repeat=2))
    x = [[value] for value in draw.numbers(4, 0.4, 1)]
    gates = {"f": (f, 0), "i": (i, 0), "c": (0, draw.signed(0.8, 2)), "o": (draw.number(0, 2), 0)}
    case = Case(one_unit("leaky", x, C0=draw.signed(0.4, 1.5), **gates), 1)
    return case.told(now=case.at("C"))


def _comes_from(case: Case, setting: str) -> bool:
    """Whether C after the step is what a setting of the gates makes of C_prev and the candidate."""
    f, i = SETTINGS[setting]
    return abs(f * case.at("C_prev") + i * case.at("C_tilde") - case.at("C")) < 0.1


def _two_sums(draw: Draw) -> Case:
    """Constant sums of the forget gate and the input gate, of which one may be far from 0."""
    a = draw.number(-5, 5)
    b = draw.pick(draw.number(-5, 5), round(-1 - a, 1))
    gates = {"f": (a, 0), "i": (b, 0), "c": (0, draw.number(0.5, 2)), "o": (1, 0)}
    x = [[value] for value in draw.numbers(5, -1, 1)]
    return Case(one_unit("leaky", x, C0=draw.signed(0.5, 1.5), **gates), draw.whole(2, 3))


def _rise(case: Case, key: str) -> float:
    """By how much a gate rises when its sum rises by 1."""
    return sigma(case.at(key) + 1) - sigma(case.at(key))


def _same_x(draw: Draw) -> Case | None:
    """Two steps with the same input, before which h was not the same. f may read h or not."""
    U = draw.pick(0.0, draw.signed(0.5, 2))
    gates = {gate: (draw.number(-1, 1), draw.signed(0.3, 1.5)) for gate in "fico"}
    x = draw.numbers(6, -1, 1)
    s, t = draw.whole(1, 2), draw.whole(3, 5)
    x[t - 1] = x[s - 1]
    experiment = one_unit("leaky", [[v] for v in x], (U, 0, 0, 0), C0=draw.signed(0.5, 1.5), **gates)
    case = Case(experiment, t)
    if abs(case.at("h_prev") - case.at("h_prev", s - t)) < 0.2:
        return None
    return case.told(s=str(s), U=U, h_s=case.at("h_prev", s - t), f_s=case.at("f", s - t), back=str(t - s))


def _coupled(draw: Draw) -> Case:
    case = ordinary(draw)
    experiment: Experiment = case.experiment.with_variant("coupled")
    return Case(experiment, case.t)


def _with_output_layer(draw: Draw) -> Case | None:
    case = ordinary(draw)
    if abs(case.at("C")) < 0.5:
        return None
    return case.told(w=draw.signed(0.5, 3), v=draw.number(-1, 1), squeezed=case.at("tanh_C"))


def output_of(case: Case, read: float) -> float:
    """What the output layer makes of the number that it reads."""
    return case.given["w"] * read + case.given["v"]


ITEMS = (
    Item(
        "which_product", "overview", "all", CHOOSE, "equations", _one_product,
        claims={
            "kept": lambda case: _is_value(case, case.at("kept")),
            "erased": lambda case: _is_value(case, case.at("erased")),
            "written": lambda case: _is_value(case, case.at("written")),
            "mixed": lambda case: _is_value(case, case.at("i") * case.at("C_prev")),
        },
        never=("mixed",), hidden=("kept", "written"), sums=(KEPT, WRITTEN),
    ),
    Item(
        "elementwise", "cell_state", "erase", CHOOSE, "equations", _two_units,
        truth=lambda case: case.at("kept"),
        beliefs={
            "sum": lambda case: case.at("kept", unit=1) + case.at("kept"),
            "other_unit": lambda case: case.at("kept", unit=1),
            "one_gate": lambda case: case.at("f", unit=1) * case.at("C_prev"),
            "gate_on_all": lambda case: case.at("f") * (case.at("C_prev", unit=1) + case.at("C_prev")),
            "erased": lambda case: case.at("erased"),
        },
        hidden=("kept",), level=2, signed=True, sums=(times("f_2", "C_2"),),
    ),
    Item(
        "sum_to_one", "input_gate", "write", VALUE, "gates_sum_to_one", ordinary,
        truth=lambda case: case.at("i"),
        beliefs={
            "rest": lambda case: 1 - case.at("f"),
            "same": lambda case: case.at("f"),
            "switch": lambda case: float(case.at("z_i") > 0),
        },
        hidden=("i",), bounds=(0.0, 1.0), tolerance=0.05, suits=_gates_apart, sums=(of_sigma("z_i"),),
    ),
    Item(
        "which_setting", "cell_state", "all", CHOOSE, "overwriting", _gates_at_their_ends,
        claims={key: partial(_comes_from, setting=key) for key in SETTINGS},
        hidden=("b_f", "b_i"), level=2,
    ),
    Item(
        "which_moves", "forget_gate", "forget", CHOOSE, "saturation", _two_sums,
        claims={
            "forget": lambda case: _rise(case, "z_f") > _rise(case, "z_i") + 0.05,
            "input": lambda case: _rise(case, "z_i") > _rise(case, "z_f") + 0.05,
            "alike": lambda case: abs(_rise(case, "z_f") - _rise(case, "z_i")) < 0.002,
        },
        level=3, suits=_gates_apart,
    ),
    Item(
        "through_h", "forget_gate", "concatenate", CHOOSE, "h_feeds_back", _same_x,
        claims={
            "same": lambda case: abs(rise_of_f(case)) < 1e-9,
            "larger": lambda case: rise_of_f(case) > 0.03,
            "smaller": lambda case: rise_of_f(case) < -0.03,
        },
        hidden=("z_f",), level=2,
    ),
    Item(
        "rnn_step", "overview", "candidate", CHOOSE, "other_cells", ordinary,
        truth=lambda case: case.at("C_tilde"),
        beliefs={
            "no_tanh": lambda case: case.at("z_c"),
            "sigma": lambda case: sigma(case.at("z_c")),
            "input_gate": lambda case: case.at("written"),
            "output_gate": lambda case: case.at("o") * case.at("C_tilde"),
            "adds_up": lambda case: case.at("h_prev") + case.at("C_tilde"),
            "as_lstm": lambda case: case.at("C"),
        },
        hidden=("C_tilde",), level=2, signed=True, suits=any_run, sums=(of_tanh("z_c"),),
    ),
    Item(
        "coupled", "cell_state", "write", CHOOSE, "other_cells", _coupled,
        truth=lambda case: case.at("C"),
        beliefs={
            "all_written": lambda case: case.at("kept") + case.at("C_tilde"),
            "own_gate": lambda case: case.at("kept") + sigma(case.at("z_i")) * case.at("C_tilde"),
            "swapped": lambda case: case.at("erased") + case.at("f") * case.at("C_tilde"),
            "kept_alone": lambda case: case.at("kept"),
            "same_gate": lambda case: case.at("f") * (case.at("C_prev") + case.at("C_tilde")),
        },
        hidden=("i", "kept"), level=3, signed=True,
        sums=(Sum("i", ("f",), lambda f: 1 - f), KEPT, WRITTEN, total("kept", "written")),
        suits=lambda case: case.experiment.variant == "coupled",
    ),
    Item(
        "output_layer", "output_gate", "output", CHOOSE, "output_layer", _with_output_layer,
        truth=lambda case: output_of(case, case.at("h")),
        beliefs={
            "memory": lambda case: output_of(case, case.at("C")),
            "no_gate": lambda case: output_of(case, case.at("tanh_C")),
            "gate": lambda case: output_of(case, case.at("o")),
            "no_layer": lambda case: case.at("h"),
            "no_bias": lambda case: case.given["w"] * case.at("h"),
        },
        hidden=("h",), level=2, signed=True,
        sums=(
            times("o", "squeezed", result="h"),
            Sum(TRUTH, ("w", "h", "v"), lambda w, h, v: w * h + v),
        ),
    ),
)  # fmt: skip
