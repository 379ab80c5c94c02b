"""Items on long runs: the memory without and with a forget gate, and the gradient that comes back."""

import math

from ...paths import cell_jacobian, direct_path
from ...rnn import rnn_forward, state_jacobian
from ..case import Case, Draw, one_unit
from ..question import CHOOSE, GRADIENT, TRUTH, VALUE, Item, Sum
from ..sums import WRITTEN, power, times

_SMALL = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def _climbing(draw: Draw) -> Case:
    """The cell of 1997, to which every step writes the same, from C = 0 on. Its b_f has no effect."""
    n = draw.whole(4, 9)
    gates = {"f": (draw.number(0.5, 2.5), 0), "i": (draw.number(-0.5, 1.5), 0),
             "c": (0, draw.signed(0.3, 1)), "o": (1, 0)}  # fmt: skip
    experiment = one_unit("runaway", [[1]] * (n + 1), forget_gate=False, **gates)
    return Case(experiment, 1, given={"n": str(n)})


def _after(case: Case) -> float:
    """C after n steps."""
    return float(case.trace.C[case.whole("n") - 1, 0])


def _gated(case: Case) -> float:
    """C after n steps if the cell had a forget gate, with the bias that its weights name."""
    return float(case.experiment.with_variant("lstm").trace().C[case.whole("n") - 1, 0])


def _settling(draw: Draw) -> Case:
    """A constant forget gate and the same write at each of so many steps that C no longer moves."""
    gates = {"f": (draw.number(-0.6, 1.3), 0), "i": (draw.number(-1, 1.5), 0),
             "c": (0, draw.signed(0.4, 1.5)), "o": (1, 0)}  # fmt: skip
    return Case(one_unit("leaky", [[1]] * 40, **gates), 2)


def _settled(case: Case) -> float:
    return float(case.trace.C[-1, 0])


def span(t: int, T: int) -> dict[str, str]:
    """The last step of a way back and how many steps it has; both ends also small, to stand at a symbol."""
    small = {name: str(step).translate(_SMALL) for name, step in (("at_t", t), ("at_T", T))}
    return small | {"T": str(T), "n": str(T - t)}


def _full(draw: Draw) -> Case:
    """The cell of 1997 with a large memory or a small one; only step 2 writes something."""
    gates = {
        "f": (0, 0),
        "i": (draw.number(0, 2), 0),
        "c": (0, draw.number(0.5, 2)),
        "o": (draw.number(1, 3), 0),
    }
    x = [[0], [draw.signed(0.5, 1)], [0], [0]]
    C0 = draw.pick(draw.signed(3.5, 5), draw.signed(0.1, 0.8))
    return Case(one_unit("runaway", x, C0=C0, forget_gate=False, **gates), 2)


def _move(case: Case) -> float:
    return case.at("h") - case.at("h_prev")


def _chain(draw: Draw) -> Case:
    """A constant forget gate and no weights of h, so that the gradient has the direct path alone."""
    n = draw.whole(2, 4)
    gates = {"f": (draw.number(0, 2.2), 0), "i": (1, 0), "c": (0, 1), "o": (1, 0)}
    x = [[value] for value in draw.numbers(n + 2, -1, 1)]
    return Case(one_unit("leaky", x, C0=1.0, **gates), 2, given=span(2, n + 2))


def _candidate_reads_h(draw: Draw) -> Case:
    """Of the weights of h, that of the candidate alone is not 0. Forget gate and output gate are constant."""
    n = draw.whole(2, 4)
    U = draw.signed(0.6, 1.6)
    # With the output gate shut h is 0, and nothing of C goes over it.
    o = draw.pick(-9, 1, 2)
    gates = {"f": (draw.number(-0.5, 2), 0), "i": (draw.number(0, 1.5), 0), "c": (0, 0.5), "o": (o, 0)}
    x = [[value] for value in draw.numbers(n + 1, -1, 1)]
    old = draw.pick(True, False)
    experiment = one_unit("runaway" if old else "leaky", x, (0, 0, U, 0), C0=draw.signed(0.2, 0.8),
                          forget_gate=not old, **gates)  # fmt: skip
    case = Case(experiment, 1, given={"U": U, **span(1, n + 1)})
    return case.told(direct=direct(case))


def _gated_and_reads_h(draw: Draw) -> Case | None:
    case = _candidate_reads_h(draw)
    return case if case.experiment.params.forget_gate else None


def _resting(draw: Draw) -> Case:
    """Inputs and biases of the candidate are 0, so that a plain RNN with its weights stays at h = 0."""
    n = draw.whole(2, 4)
    gates = {"f": (draw.number(0, 2), 0), "i": (0, 0), "c": (0, 1), "o": (1, 0)}
    U = draw.number(0.3, 1.6)
    experiment = one_unit("leaky", [[0]] * (n + 2), (0, 0, U, 0), C0=draw.signed(0.5, 1.5), **gates)
    return Case(experiment, 2, given={"U": U, **span(2, n + 2)})


def of_rnn(case: Case) -> float:
    """∂h_T/∂h_t of the plain RNN, from the step of the question to the last."""
    run = rnn_forward(case.experiment.params, case.experiment.x)
    return float(state_jacobian(run)[case.t, 0, 0])


def all_paths(case: Case) -> float:
    """∂C_T/∂C_t from the step of the question to the last, over all paths."""
    return float(cell_jacobian(case.trace)[case.t, 0, 0])


def direct(case: Case) -> float:
    """The slope of the last C along the direct path alone."""
    return float(direct_path(case.trace, 1)[case.t])


def _reach(case: Case) -> int:
    """How many steps there are from the step of the question to the last."""
    return case.trace.T - case.t


ITEMS = (
    Item(
        "climbs", "why_forget", "write", CHOOSE, "forget_gate_1997", _climbing,
        truth=_after,
        beliefs={
            "one_write": lambda case: case.at("written"),
            "gated": _gated,
            "squeezed": lambda case: math.tanh(_after(case)),
            "one_too_few": lambda case: (case.whole("n") - 1) * case.at("written"),
            "one_too_many": lambda case: (case.whole("n") + 1) * case.at("written"),
            "no_gate": lambda case: case.whole("n") * case.at("C_tilde"),
            "gates": lambda case: math.copysign(case.whole("n") * case.at("i"), case.at("C_tilde")),
        },
        signed=True, sums=(WRITTEN, times("n", "written")),
    ),
    Item(
        "stuck", "why_forget", "output", CHOOSE, "saturation", _full,
        claims={
            "hardly": lambda case: abs(_move(case)) < 0.02,
            "moves": lambda case: abs(_move(case)) > 0.06 and case.at("h") * case.at("h_prev") > 0.005,
            "flips": lambda case: case.at("h") * case.at("h_prev") < -0.005,
            "passes": lambda case: abs(case.at("h")) > 1,
        },
        never=("passes",), hidden=("C",), level=2,
    ),
    Item(
        "settles", "why_forget", "write", CHOOSE, "memory_grows", _settling,
        truth=_settled,
        beliefs={
            "one_write": lambda case: case.at("written"),
            "kept": lambda case: case.at("f") * _settled(case),
            "swapped": lambda case: case.at("written") / case.at("f"),
            "bound": lambda case: math.copysign(1 / (1 - case.at("f")), case.at("written")),
            "never_stops": lambda case: case.trace.T * case.at("written"),
            "zero": lambda case: 0.0,
        },
        level=3, signed=True, sums=(Sum(TRUTH, ("written", "f"), lambda written, f: written / (1 - f)),),
    ),
    Item(
        "gradient_path", "gradient", "erase", VALUE, "gradient_never_shrinks", _chain,
        truth=all_paths,
        beliefs={
            "never_shrinks": lambda case: 1.0,
            "one_step": lambda case: case.at("f"),
            "straight": lambda case: max(0.0, 1 - _reach(case) * (1 - case.at("f"))),
        },
        hidden=(GRADIENT,), bounds=(0.0, 1.0), tolerance=0.05, level=2, sums=(power("f", "n"),),
    ),
    Item(
        "rnn_back", "gradient", "candidate", CHOOSE, "other_cells", _resting,
        truth=of_rnn,
        beliefs={
            "one_step": lambda case: case.given["U"],
            "never_shrinks": lambda case: 1.0,
            "added": lambda case: _reach(case) * case.given["U"],
            "as_lstm": direct,
            "one_too_many": lambda case: case.given["U"] ** (_reach(case) + 1),
        },
        hidden=(GRADIENT,), level=2, sums=(power("U", "n"),),
    ),
    Item(
        "path_through_h", "gradient", "candidate", CHOOSE, "gradient_through_h", _gated_and_reads_h,
        claims={
            "equal": lambda case: abs(all_paths(case) - direct(case)) < 0.002,
            "larger": lambda case: all_paths(case) > direct(case) + 0.03,
            "smaller": lambda case: all_paths(case) < direct(case) - 0.03,
        },
        hidden=(GRADIENT,), level=3, sums=(power("f", "n", result="direct"),),
    ),
    Item(
        "gradient_size", "gradient", "candidate", CHOOSE, "gradient_never_shrinks", _candidate_reads_h,
        claims={
            "shrinks": lambda case: abs(all_paths(case)) < 0.9,
            "one": lambda case: abs(all_paths(case) - 1) < 0.002,
            "grows": lambda case: abs(all_paths(case)) > 1.1,
        },
        hidden=(GRADIENT,), level=3, sums=(power("f", "n", result="direct"),),
    ),
)  # fmt: skip
