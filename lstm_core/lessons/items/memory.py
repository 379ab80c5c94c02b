"""Items on the memory over several steps: how it holds, fades and adds up, and what sets its length."""

from functools import partial

import numpy as np

from ...rounding import text
from ..case import Case, Draw, one_unit, ordinary
from ..question import CHOOSE, DRAW, TRUTH, VALUE, Item, Sum
from ..sums import KEPT, WRITTEN, of_sigma, power, total
from .gates import any_run

_DRAWN = 4  # steps that a reader draws


def next_C(case: Case, shares) -> tuple[float, ...]:
    """C of the step of the question, times each share."""
    return tuple(case.at("C") * share for share in shares)


def _faded(k: int, C: float, f: float) -> float:
    """C after k steps that each keep the share f of it."""
    return C * f**k


def _piled(k: int, C: float, written: float) -> float:
    """C after k steps that each write the same."""
    return C + k * written


def _fading(draw: Draw) -> Case:
    """A memory from the start under a constant forget gate; nothing is written."""
    gates = {"f": (draw.number(-0.6, 1.6), 0), "i": (draw.number(-1, 1), 0),
             "c": (0, draw.number(0.5, 2)), "o": (draw.number(0, 2), 0)}  # fmt: skip
    return Case(one_unit("leaky", [[0]] * 6, C0=draw.signed(1, 3.5), **gates), 2)


def _only_fades(case: Case) -> bool:
    """Whether f is the same from here on, at all steps that are drawn, and nothing is written there."""
    drawn = slice(case.t, case.t + _DRAWN)
    f, written = (getattr(case.trace, key)[drawn, case.unit - 1] for key in ("f", "written"))
    return len(f) == _DRAWN and bool((abs(f - case.at("f")) < 0.003).all() and (abs(written) < 0.003).all())


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
    """A first step that adds to the memory, or takes nearly all of it away."""
    case = ordinary(draw, 1, i=(draw.number(0, 2), draw.signed(0.3, 1.5)))
    left = draw.pick(draw.signed(0.1, 0.4), draw.signed(0.5, 2))
    C0 = round(left - draw.pick(0, 1) * case.at("written"), 1)
    return Case(case.experiment.with_variant("1997").edited("C0.1", C0), 1)


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


def _untrained(draw: Draw) -> Case:
    """A value is written at step 1 and none after it. One bias is not 0: that of f or that of i."""
    gate, b = draw.pick("f", "i"), draw.pick(-2, -1.5, -1, 1, 1.5, 2)
    n = draw.whole(4, 6)
    gates = {"f": (0, 0), "i": (0, 0), "c": (0, 2), "o": (0, 0)} | {gate: (b, 0)}
    x = [[draw.signed(0.5, 1)]] + [[0]] * (n - 1)
    return Case(one_unit("leaky", x, **gates), 1, given={"bias": f"$b_{gate}$", "b": text(b), "T": str(n)})


def _lasting(trace) -> float:
    """What share of what step 1 wrote is left at the last step."""
    return float(trace.C[-1, 0] / trace.C[0, 0])


def _change_of_bias(case: Case) -> tuple[float, float]:
    """What the bias does: to the amount that is written, and to the share that lasts, both as a factor."""
    with_bias, without = case.trace, case.experiment.edited("b_f.1", 0).edited("b_i.1", 0).trace()
    written = with_bias.written[0, 0] / without.written[0, 0]
    return float(written), _lasting(with_bias) / _lasting(without)


def _biased(draw: Draw) -> Case:
    b, n = draw.pick(-1, -0.5, 0.5, 1, 1.5, 2), draw.whole(2, 3)
    gates = {"f": (b, 0), "i": (draw.number(-1, 1), 0), "c": (0, 1), "o": (1, 0)}
    given = {"b": text(b), "n": str(n)}
    return Case(one_unit("leaky", [[0]] * 6, C0=draw.signed(0.5, 2), **gates), 1, given=given)


ITEMS = (
    Item(
        "next_memory", "cell_state", "all", VALUE, "f_1_forgets", ordinary,
        truth=lambda case: case.at("C"),
        beliefs={
            "swapped": lambda case: case.at("erased") + case.at("written"),
            "no_erasing": lambda case: case.at("C_prev") + case.at("written"),
            "no_writing": lambda case: case.at("kept"),
        },
        hidden=("kept", "written"), bounds=(-3.0, 3.0), tolerance=0.08, level=2, suits=any_run,
        sums=(KEPT, WRITTEN, total("kept", "written")), shows={"no_writing": None},
    ),
    Item(
        "draw_hold", "cell_state", "write", DRAW, "f_acts_on_input", _holding,
        truth=lambda case: tuple(case.at("C", k) for k in range(1, _DRAWN + 1)),
        beliefs={
            "follows": lambda case: tuple(case.at("x", k) for k in range(1, _DRAWN + 1)),
            "gone": lambda case: (0.0,) * _DRAWN,
            "fades": lambda case: next_C(case, 0.5 ** np.arange(1, _DRAWN + 1)),
        },
        bounds=(-1.0, 1.0), tolerance=0.1, steps=_DRAWN, level=2,
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
        bounds=(-3.0, 3.0), tolerance=0.1, steps=_DRAWN, level=2, suits=_only_fades,
        sums=tuple(Sum(f"{TRUTH}_{k}", ("C", "f"), partial(_faded, k)) for k in range(1, _DRAWN + 1)),
    ),
    Item(
        "gate_1997", "cell_state", "write", CHOOSE, "forget_gate_1997", _step_of_1997,
        truth=lambda case: case.at("C"),
        beliefs={
            "gated": lambda case: _gate_of_bias(case) * case.at("C_prev") + case.at("written"),
            "replaced": lambda case: case.at("written"),
            "squeezed": lambda case: float(np.tanh(case.at("C"))),
            "frozen": lambda case: case.at("C_prev"),
            "no_gates": lambda case: case.at("C_prev") + case.at("C_tilde"),
        },
        hidden=("kept", "written"), level=2, signed=True, sums=(WRITTEN, total("C_prev", "written")),
        suits=lambda case: case.experiment.variant == "1997",
    ),
    Item(
        "draw_1997", "cell_state", "write", DRAW, "forget_gate_1997", _piling,
        truth=lambda case: tuple(case.at("C", k) for k in range(1, _DRAWN + 1)),
        beliefs={
            "levels_off": _levels_off,
            "stays": lambda case: next_C(case, [1.0] * _DRAWN),
            "replaced": lambda case: tuple(case.at("written", k) for k in range(1, _DRAWN + 1)),
        },
        bounds=(-5.0, 5.0), tolerance=0.2, steps=_DRAWN, level=2,
        sums=tuple(Sum(f"{TRUTH}_{k}", ("C", "written"), partial(_piled, k)) for k in range(1, _DRAWN + 1)),
    ),
    Item(
        "bias_of_one", "forget_gate", "forget", CHOOSE, "forget_bias", _untrained,
        claims={
            "lasts_longer": lambda case: _change_of_bias(case)[1] > 1.2,
            "lasts_shorter": lambda case: _change_of_bias(case)[1] < 0.8,
            "more_written": lambda case: _change_of_bias(case)[0] > 1.05,
            "less_written": lambda case: _change_of_bias(case)[0] < 0.95,
        },
        hidden=("f", "i"), level=2,
    ),
    Item(
        "share_left", "forget_gate", "erase", CHOOSE, "forget_bias", _biased,
        truth=lambda case: case.at("C", case.whole("n") - 1) / case.at("C_prev"),
        beliefs={
            "bias_is_gate": lambda case: 1.0,
            "one_step": lambda case: case.at("f"),
            "no_bias": lambda case: 0.5 ** case.whole("n"),
            "swapped": lambda case: (1 - case.at("f")) ** case.whole("n"),
            "one_too_many": lambda case: case.at("f") ** (case.whole("n") + 1),
        },
        hidden=("f",), tolerance=0.02, level=2, sums=(of_sigma("b", "f"), power("f", "n")),
    ),
)  # fmt: skip
