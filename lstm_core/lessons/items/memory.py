"""Items on the memory over several steps: how it holds, fades and adds up, and how far gradients reach."""

from __future__ import annotations

import numpy as np

from ...paths import cell_jacobian
from ...rounding import text
from ..case import Case, Draw, one_unit, ordinary
from ..question import CHOOSE, DRAW, GRADIENT, VALUE, Item

_DRAWN = 4  # steps that a reader draws


def next_C(case: Case, shares) -> tuple[float, ...]:
    """C of the step of the question, times each share."""
    return tuple(case.at("C") * share for share in shares)


def _fading(draw: Draw) -> Case:
    """A memory from the start under a constant forget gate; nothing is written."""
    gates = {"f": (draw.number(-0.6, 1.6), 0), "i": (draw.number(-1, 1), 0),
             "c": (0, draw.number(0.5, 2)), "o": (draw.number(0, 2), 0)}  # fmt: skip
    return Case(one_unit("leaky", [[0]] * 6, C0=draw.signed(1, 3.5), **gates), 2)


def _holding(draw: Draw) -> Case | None:
    """One value is stored with the store flag up; the values after it come with the flag down."""
    values = [draw.signed(0.4, 0.9) for _ in range(7)]
    flags = [0, 1, *[0] * 5]
    gates = {"f": (8, 0, 0), "i": (-8, 0, 12), "c": (0, draw.number(1, 2), 0), "o": (2, 0, 0)}
    x = list(zip(values, flags, strict=True))
    return Case(one_unit("noise", x, **gates), 2)


def _piling(draw: Draw) -> Case:
    """The cell of 1997, to which every step writes the same. Its b_f has no effect."""
    gates = {"f": (draw.number(0.6, 1.5), 0), "i": (draw.number(0.5, 2), 0),
             "c": (0, draw.signed(0.6, 1.2)), "o": (1, 0)}  # fmt: skip
    return Case(one_unit("runaway", [[1]] * 7, forget_gate=False, **gates), 2)


def _step_of_1997(draw: Draw) -> Case:
    case = ordinary(draw)
    old = case.experiment.with_variant("1997")
    return Case(old, case.t)


def _levels_off(case: Case) -> tuple[float, ...]:
    """The next values of C if the cell had a forget gate, with the bias that its weights name."""
    f, C, curve = _gate_of_bias(case), case.at("C"), []
    for k in range(1, _DRAWN + 1):
        C = f * C + case.at("written", k)
        curve.append(C)
    return tuple(curve)


def _gate_of_bias(case: Case) -> float:
    """f at the step of the question if the cell had a forget gate."""
    return float(case.experiment.with_variant("lstm").trace().f[case.t - 1, case.unit - 1])


def _chain(draw: Draw) -> Case:
    """A constant forget gate and no weights of h, so that the gradient has the direct path alone."""
    n = draw.whole(2, 4)
    gates = {"f": (draw.number(0, 2.2), 0), "i": (1, 0), "c": (0, 1), "o": (1, 0)}
    x = [[value] for value in draw.numbers(n + 2, -1, 1)]
    return Case(one_unit("leaky", x, C0=1.0, **gates), 2, given={"n": str(n), "T": str(n + 2)})


def _direct(case: Case) -> float:
    """∂C_T/∂C_t from the step of the question to the last."""
    return float(cell_jacobian(case.trace)[case.t, 0, 0])


def _reach(case: Case) -> int:
    """How many steps there are from the step of the question to the last."""
    return case.trace.T - case.t


def _untrained(draw: Draw) -> Case:
    """A value is written at step 1 and none after it. Of the biases only that of the forget gate is not 0."""
    b = draw.pick(-2, -1, 1, 1, 1, 2)
    n = draw.whole(4, 6)
    gates = {"f": (b, 0), "i": (0, 0), "c": (0, 2), "o": (0, 0)}
    x = [[draw.signed(0.5, 1)]] + [[0]] * (n - 1)
    return Case(one_unit("leaky", x, **gates), 1, given={"b": text(b), "T": str(n)})


def _without_bias(case: Case):
    return case.experiment.edited("b_f.1", 0).trace()


def _longer(case: Case) -> float:
    """C at the last step, as a multiple of what it is with a forget bias of 0."""
    return float(case.trace.C[-1, 0] / _without_bias(case).C[-1, 0])


def _biased(draw: Draw) -> Case:
    b, n = draw.pick(1, 1, 1.5, 2), draw.whole(2, 3)
    gates = {"f": (b, 0), "i": (draw.number(-1, 1), 0), "c": (0, 1), "o": (1, 0)}
    given = {"b": text(b), "n": str(n)}
    return Case(one_unit("leaky", [[0]] * 6, C0=draw.signed(0.5, 2), **gates), 1, given=given)


def _left(case: Case) -> float:
    """What share of the first C_prev is left after n steps."""
    n = int(case.given["n"])
    return case.at("C", n - 1) / case.at("C_prev")


ITEMS = (
    Item(
        "next_memory", "cell_state", "all", VALUE, "f_1_forgets", ordinary,
        truth=lambda case: case.at("C"),
        beliefs={
            "swapped": lambda case: case.at("erased") + case.at("written"),
            "no_erasing": lambda case: case.at("C_prev") + case.at("written"),
            "no_writing": lambda case: case.at("kept"),
        },
        hidden=("kept", "written"), bounds=(-3.0, 3.0), tolerance=0.08,
    ),
    Item(
        "draw_hold", "cell_state", "write", DRAW, "f_acts_on_input", _holding,
        truth=lambda case: tuple(case.at("C", k) for k in range(1, _DRAWN + 1)),
        beliefs={
            "follows": lambda case: tuple(case.at("x", k) for k in range(1, _DRAWN + 1)),
            "gone": lambda case: (0.0,) * _DRAWN,
            "fades": lambda case: next_C(case, 0.5 ** np.arange(1, _DRAWN + 1)),
        },
        bounds=(-1.0, 1.0), tolerance=0.1, steps=_DRAWN,
    ),
    Item(
        "draw_fade", "cell_state", "erase", DRAW, "gates_are_switches", _fading,
        truth=lambda case: tuple(case.at("C", k) for k in range(1, _DRAWN + 1)),
        beliefs={
            "keeps": lambda case: next_C(case, [1.0] * _DRAWN),
            "gone": lambda case: (0.0,) * _DRAWN,
            "straight": lambda case: next_C(
                case, [max(0.0, 1 - k * (1 - case.at("f"))) for k in range(1, _DRAWN + 1)]
            ),
            "swapped": lambda case: next_C(case, [(1 - case.at("f")) ** k for k in range(1, _DRAWN + 1)]),
        },
        bounds=(-3.0, 3.0), tolerance=0.1, steps=_DRAWN,
    ),
    Item(
        "gate_1997", "cell_state", "write", CHOOSE, "forget_gate_1997", _step_of_1997,
        truth=lambda case: case.at("C"),
        beliefs={
            "gated": lambda case: _gate_of_bias(case) * case.at("C_prev") + case.at("written"),
            "replaced": lambda case: case.at("written"),
            "squeezed": lambda case: float(np.tanh(case.at("C"))),
        },
        hidden=("kept", "written"),
    ),
    Item(
        "draw_1997", "cell_state", "write", DRAW, "forget_gate_1997", _piling,
        truth=lambda case: tuple(case.at("C", k) for k in range(1, _DRAWN + 1)),
        beliefs={
            "levels_off": _levels_off,
            "stays": lambda case: next_C(case, [1.0] * _DRAWN),
            "replaced": lambda case: tuple(case.at("written", k) for k in range(1, _DRAWN + 1)),
        },
        bounds=(-5.0, 5.0), tolerance=0.2, steps=_DRAWN,
    ),
    Item(
        "gradient_path", "cell_state", "erase", VALUE, "gradient_never_shrinks", _chain,
        truth=_direct,
        beliefs={
            "never_shrinks": lambda case: 1.0,
            "one_step": lambda case: case.at("f"),
            "straight": lambda case: max(0.0, 1 - _reach(case) * (1 - case.at("f"))),
        },
        hidden=(GRADIENT,), bounds=(0.0, 1.0), tolerance=0.05,
    ),
    Item(
        "bias_of_one", "forget_gate", "forget", CHOOSE, "forget_bias", _untrained,
        claims={
            "longer": lambda case: _longer(case) > 1.2,
            "shorter": lambda case: _longer(case) < 0.8,
            "writes": lambda case: abs(case.at("written")) > 1.05 * abs(_without_bias(case).written[0, 0]),
            "all": lambda case: bool((case.trace.f > 0.99).all()),
        },
        hidden=("f",),
    ),
    Item(
        "share_left", "forget_gate", "erase", CHOOSE, "forget_bias", _biased,
        truth=_left,
        beliefs={
            "bias_is_gate": lambda case: 1.0,
            "one_step": lambda case: case.at("f"),
            "no_bias": lambda case: 0.5 ** int(case.given["n"]),
            "swapped": lambda case: (1 - case.at("f")) ** int(case.given["n"]),
        },
        hidden=("f",), tolerance=0.02,
    ),
)  # fmt: skip
