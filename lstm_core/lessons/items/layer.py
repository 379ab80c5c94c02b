"""Items on the layer: what its gates read, how many numbers there are, how frameworks store its biases."""

from __future__ import annotations

import numpy as np

from ...params import GATES, LSTMParams
from ...rounding import text
from ...workbench.experiment import Experiment
from ..case import Case, Draw, one_unit, ordinary
from ..question import CHOOSE, Item


def _layer(draw: Draw, H: int, D: int, T: int) -> Experiment:
    """A layer of H units with weights of h, over T steps of D inputs."""
    W = np.reshape(draw.numbers(4 * H * (H + D), -1, 1, 1), (4, H, H + D))
    b = np.reshape(draw.numbers(4 * H, -1, 1, 1), (4, H))
    x = np.reshape(draw.numbers(T * D, -1, 1), (T, D))
    return Experiment("random", LSTMParams(W, b), x, np.zeros(H), np.zeros(H))


def _sizes(draw: Draw) -> Case | None:
    H, D, T = draw.whole(2, 4), draw.whole(2, 4), draw.whole(5, 8)
    if H == D:
        return None
    given = {"H": str(H), "D": str(D), "T": str(T)}
    return Case(_layer(draw, H, D, T), draw.whole(2, 4), given=given)


def _two_weights(draw: Draw) -> Case | None:
    case = ordinary(draw)
    if abs(case.at("h_prev")) < 0.2:
        return None
    given = {name: case.experiment.value(f"{kind}_f.1{rest}")
             for name, kind, rest in (("U", "U", ".1"), ("V", "V", ".1"), ("b", "b", ""))}  # fmt: skip
    return Case(case.experiment, case.t, given=given)


def _one_negative(draw: Draw) -> Case | None:
    case = ordinary(draw)
    value = case.at("C_tilde")
    return Case(case.experiment, case.t, given={"value": value}) if value < -0.1 else None


def _one_pinned(draw: Draw) -> Case | None:
    """The forget gate of unit 1 is shut at step s; the question is about that step or the next."""
    T = 6
    base = _layer(draw, 2, 2, T)
    s = draw.whole(2, 4)
    later = draw.pick(0, 1)
    return Case(base, s + later, given={"s": str(s), "t": str(s + later)})


def _changes(case: Case) -> tuple[float, float]:
    """By how much C of unit 1 and of unit 2 changes, at the step of the question, with the gate shut."""
    pinned = case.experiment.pinned(f"pin_f.1.{case.given['s']}", 0.0).trace()
    first, second = abs(pinned.C[case.t - 1] - case.trace.C[case.t - 1])
    return float(first), float(second)


def _is_changed(change: float) -> bool | None:
    """Whether C changed; None for a change that is too small to be seen and yet not 0."""
    return True if change > 0.02 else False if change < 1e-9 else None


def _again(draw: Draw) -> Case | None:
    """Two steps, s and t, with equal inputs or with different ones. The weights of h are 0."""
    V = draw.signed(0.5, 2)
    x = draw.numbers(6, -1, 1)
    s, t = draw.whole(1, 2), draw.whole(3, 5)
    if draw.pick(True, False):
        x[t - 1] = x[s - 1]
    gates = {gate: (draw.number(-1, 1), draw.signed(0.3, 1.5)) for gate in GATES}
    experiment = one_unit("leaky", [[value] for value in x], C0=draw.signed(0.5, 1.5),
                          **(gates | {"f": (draw.number(-1, 1), V)}))  # fmt: skip
    case = Case(experiment, t)
    given = {"s": str(s), "V": V, "x_s": case.at("x", s - t), "f_s": case.at("f", s - t)}
    return Case(experiment, t, given=given | {"back": str(t - s)})


def _rise(case: Case) -> float:
    """By how much f is larger at step t than at step s."""
    return case.at("f") - case.at("f", -int(case.given["back"]))


def _still(biases: list[float], **given) -> Case:
    """A first step at which h and x are 0, so that each pre-activation is its bias; biases as f, i, c, o."""
    gates = {gate: (bias, weight) for gate, bias, weight in zip(GATES, biases, (1, 1, 2, 1), strict=True)}
    x = [[0], [1], [0], [-1]]
    return Case(one_unit("leaky", x, **gates), 1, given=given)


def _listed(numbers: list[float]) -> str:
    return ", ".join(text(number) for number in numbers)


def _torch(draw: Draw) -> Case:
    """`bias_ih` and `bias_hh` of PyTorch, both in the order i, f, g, o. The bias of a gate is their sum."""
    first, second = draw.numbers(4, -2, 2, 1), draw.numbers(4, -2, 2, 1)
    i, f, g, o = (round(a + b, 1) for a, b in zip(first, second, strict=True))
    case = _still([f, i, g, o], ih=_listed(first), hh=_listed(second))
    return Case(case.experiment, 1, given=case.given | {"ih_f": first[1], "hh_f": second[1], "sum_i": i})


def _keras(draw: Draw) -> Case:
    """`bias` of Keras: one number for each gate, in the order i, f, c, o."""
    i, f, c, o = bias = draw.numbers(4, -2, 2, 1)
    return Case(_still([f, i, c, o]).experiment, 1, given={"bias": _listed(bias), "first": i, "third": c})


ITEMS = (
    Item(
        "joined", "overview", "concatenate", CHOOSE, "lines_add", _sizes,
        truth=lambda case: float(case.trace.hx.shape[-1]),
        beliefs={
            "added": lambda case: float(max(case.experiment.H, case.experiment.D)),
            "product": lambda case: float(case.experiment.H * case.experiment.D),
            "one_of_them": lambda case: float(min(case.experiment.H, case.experiment.D)),
        },
        decimals=0,
    ),
    Item(
        "joined_sum", "forget_gate", "forget", CHOOSE, "lines_add", _two_weights,
        truth=lambda case: case.at("z_f"),
        beliefs={
            "added": lambda case: case.given["V"] * (case.at("h_prev") + case.at("x")) + case.given["b"],
            "only_x": lambda case: case.given["V"] * case.at("x") + case.given["b"],
            "no_weights": lambda case: case.at("h_prev") + case.at("x") + case.given["b"],
        },
        hidden=("z_f",),
    ),
    Item(
        "same_input", "overview", "forget", CHOOSE, "weights_each_step", _again,
        claims={
            "same": lambda case: abs(_rise(case)) < 1e-9,
            "larger": lambda case: _rise(case) > 0.03,
            "smaller": lambda case: _rise(case) < -0.03,
            "unknown": lambda case: case.trace.params.W.ndim > 3,  # weights with an axis of steps
        },
        hidden=("z_f",),
    ),
    Item(
        "not_a_gate", "overview", "candidate", CHOOSE, "four_gates", _one_negative,
        claims={
            key: lambda case, key=key: abs(case.at(key) - case.given["value"]) < 0.02
            for key in ("f", "i", "C_tilde", "o")
        },
        hidden=("f", "i", "C_tilde", "o"),
    ),
    Item(
        "how_many", "overview", "forget", CHOOSE, "units_steps_gates", _sizes,
        truth=lambda case: float(case.trace.f[case.t - 1].size),
        beliefs={
            "one": lambda case: 1.0,
            "inputs": lambda case: float(case.experiment.D),
            "steps": lambda case: float(case.trace.T),
        },
        decimals=0,
    ),
    Item(
        "units_apart", "cell_state", "erase", CHOOSE, "units_steps_gates", _one_pinned,
        claims={
            "one": lambda case: [_is_changed(change) for change in _changes(case)] == [True, False],
            "both": lambda case: [_is_changed(change) for change in _changes(case)] == [True, True],
            "none": lambda case: [_is_changed(change) for change in _changes(case)] == [False, False],
        },
    ),
    Item(
        "torch_bias", "forget_gate", "forget", CHOOSE, "framework_order", _torch,
        truth=lambda case: case.at("z_f"),
        beliefs={
            "first_alone": lambda case: case.given["ih_f"],
            "second_alone": lambda case: case.given["hh_f"],
            "our_order": lambda case: case.given["sum_i"],
        },
        hidden=("b_f", "b_i", "b_c", "b_o"),
    ),
    Item(
        "keras_bias", "forget_gate", "forget", CHOOSE, "framework_order", _keras,
        truth=lambda case: case.at("z_f"),
        beliefs={
            "our_order": lambda case: case.given["first"],
            "third": lambda case: case.given["third"],
            "twice": lambda case: 2 * case.at("z_f"),
        },
        hidden=("b_f", "b_i", "b_c", "b_o"),
    ),
)  # fmt: skip
