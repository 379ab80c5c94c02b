"""Items on the layer: what its gates read, how many numbers there are, how frameworks store its biases."""

import numpy as np

from ...params import GATES, LSTMParams
from ...quantities import QUANTITIES
from ...rounding import text
from ...workbench.experiment import Experiment
from ..case import Case, Draw, clearly, of_two, one_unit, ordinary
from ..question import CHOOSE, TRUTH, Item, Sum
from ..sums import total


def layer(draw: Draw, H: int, D: int, T: int) -> Experiment:
    """A layer of H units with weights of h, over T steps of D inputs."""
    W = np.reshape(draw.numbers(4 * H * (H + D), -1, 1, 1), (4, H, H + D))
    b = np.reshape(draw.numbers(4 * H, -1, 1, 1), (4, H))
    x = np.reshape(draw.numbers(T * D, -1, 1), (T, D))
    return Experiment("random", LSTMParams(W, b), x, np.zeros(H), np.zeros(H))


def sizes(draw: Draw) -> Case | None:
    """A layer whose numbers of units, inputs and steps are three different ones."""
    H, D, T = draw.whole(2, 4), draw.whole(2, 4), draw.whole(2, 9)
    if len({H, D, T}) < 3:
        return None
    given = {"H": str(H), "D": str(D), "T": str(T)}
    return Case(layer(draw, H, D, T), draw.whole(1, T - 1), given=given)


def _two_weights(draw: Draw) -> Case | None:
    case = ordinary(draw)
    if abs(case.at("h_prev")) < 0.2:
        return None
    given = {name: case.experiment.value(f"{kind}_f.1{rest}")
             for name, kind, rest in (("U", "U", ".1"), ("V", "V", ".1"), ("b", "b", ""))}  # fmt: skip
    return Case(case.experiment, case.t, given=given)


def _noted(draw: Draw) -> Case:
    """A number that somebody noted: negative, between 0 and 1, or outside −1 to 1."""
    case = ordinary(draw)
    value = draw.pick(draw.number(-0.95, -0.05, 2), draw.number(0.05, 0.95, 2), draw.signed(1.05, 2, 2))
    return case.told(value=value)


def _can_be(case: Case, key: str) -> bool:
    """Whether the number could be a value of a quantity."""
    bounds = QUANTITIES[key].range
    return bounds is None or bounds[0] < case.given["value"] < bounds[1]


def _one_pinned(draw: Draw) -> Case:
    """The forget gate of unit 1 is shut at step s; asked is that step, the next or the one before."""
    base = layer(draw, 2, 2, 6)
    s = draw.whole(2, 4)
    t = s + draw.pick(-1, 0, 1)
    return Case(base, t, given={"s": str(s), "t": str(t), "after": str(s + 1)})


def _changes(case: Case) -> tuple[bool | None, bool | None]:
    """Whether C of unit 1 and of unit 2 changes, at the step of the question, with the gate shut."""
    pinned = case.experiment.pinned(f"pin_f.1.{case.given['s']}", 0.0).trace()
    first, second = abs(pinned.C[case.t - 1] - case.trace.C[case.t - 1])
    return clearly(first, 0.02, 1e-9), clearly(second, 0.02, 1e-9)


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
    return case.told(s=str(s), V=V, x_s=case.at("x", s - t), f_s=case.at("f", s - t), back=str(t - s))


def rise_of_f(case: Case) -> float:
    """By how much f is larger at step t than at step s."""
    return case.at("f") - case.at("f", -case.whole("back"))


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
    return case.told(ih_f=first[1], hh_f=second[1], sum_i=i, sum_g=g)


def _keras(draw: Draw) -> Case:
    """`bias` of Keras: one number for each gate, in the order i, f, c, o."""
    i, f, c, o = bias = draw.numbers(4, -2, 2, 1)
    given = {"bias": _listed(bias), "first": i, "third": c, "last": o}
    return Case(_still([f, i, c, o]).experiment, 1, given=given)


ITEMS = (
    Item(
        "joined", "overview", "concatenate", CHOOSE, "lines_add", sizes,
        truth=lambda case: float(case.trace.hx.shape[-1]),
        beliefs={
            "one": lambda case: 1.0,
            "added": lambda case: float(max(case.H, case.D)),
            "one_of_them": lambda case: float(min(case.H, case.D)),
            "product": lambda case: float(case.H * case.D),
            "with_bias": lambda case: float(case.H + case.D + 1),
            "every_box": lambda case: 4.0 * (case.H + case.D),
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
            "no_bias": lambda case: case.at("z_f") - case.given["b"],
        },
        hidden=("z_f",), level=2, signed=True,
        sums=(Sum(TRUTH, ("U", "h_prev", "V", "x_1", "b"), lambda U, h, V, x, b: U * h + V * x + b),),
    ),
    Item(
        "same_input", "overview", "forget", CHOOSE, "weights_each_step", _again,
        claims={
            "same": lambda case: abs(rise_of_f(case)) < 1e-9,
            "larger": lambda case: rise_of_f(case) > 0.03,
            "smaller": lambda case: rise_of_f(case) < -0.03,
            "unknown": lambda case: case.trace.params.W.ndim > 3,  # weights with an axis of steps
        },
        never=("unknown",), hidden=("z_f",), level=2,
    ),
    Item(
        "not_a_gate", "overview", "candidate", CHOOSE, "four_gates", _noted,
        claims={
            "candidate": lambda case: _can_be(case, "C_tilde") and not _can_be(case, "f"),
            "any": lambda case: _can_be(case, "C_tilde") and _can_be(case, "f"),
            "none": lambda case: not _can_be(case, "C_tilde"),
            "gate": lambda case: _can_be(case, "f") and not _can_be(case, "C_tilde"),
        },
        never=("gate",), hidden=("f", "i", "C_tilde", "o"),
    ),
    Item(
        "how_many", "overview", "forget", CHOOSE, "units_steps_gates", sizes,
        truth=lambda case: float(case.trace.f[case.t - 1].size),
        beliefs={
            "one": lambda case: 1.0,
            "inputs": lambda case: float(case.D),
            "steps": lambda case: float(case.trace.T),
            "list": lambda case: float(case.trace.hx.shape[-1]),
            "every_gate": lambda case: 3.0 * case.H,
        },
        decimals=0, shows={"list": "lines_add"},
    ),
    Item(
        "units_apart", "cell_state", "erase", CHOOSE, "units_steps_gates", _one_pinned,
        claims=of_two(_changes, one=(True, False), both=(True, True), none=(False, False)),
        level=3,
    ),
    Item(
        "torch_bias", "forget_gate", "forget", CHOOSE, "framework_order", _torch,
        truth=lambda case: case.at("z_f"),
        beliefs={
            "first_alone": lambda case: case.given["ih_f"],
            "second_alone": lambda case: case.given["hh_f"],
            "our_order": lambda case: case.given["sum_i"],
            "third": lambda case: case.given["sum_g"],
        },
        hidden=("b_f", "b_i", "b_c", "b_o"), level=3, signed=True, sums=(total("ih_f", "hh_f"),),
    ),
    Item(
        "keras_bias", "forget_gate", "forget", CHOOSE, "framework_order", _keras,
        truth=lambda case: case.at("z_f"),
        beliefs={
            "our_order": lambda case: case.given["first"],
            "third": lambda case: case.given["third"],
            "last": lambda case: case.given["last"],
            "twice": lambda case: 2 * case.at("z_f"),
        },
        hidden=("b_f", "b_i", "b_c", "b_o"), level=3, signed=True,
    ),
)  # fmt: skip
