"""Items on what a plain RNN lacks: it can't hold, it overwrites, and its gradient vanishes or explodes."""

import math
from functools import partial

from ...rnn import rnn_forward
from ..case import OPEN, SHUT, Case, Draw, clearly, of_two, one_unit
from ..question import CHOOSE, GRADIENT, TRUTH, VALUE, Item, Sum
from ..sums import power
from .long_runs import all_paths, direct, of_rnn, span


def _both_hold(draw: Draw) -> Case:
    """A value in C, and the same in h of the plain RNN; nothing comes in from then on."""
    U, bias, n = draw.number(0.4, 1.6), draw.number(0.2, 4), draw.whole(3, 6)
    gates = {"f": (bias, 0), "i": (SHUT, 0), "c": (0, 1), "o": (1, 0)}
    experiment = one_unit("leaky", [[0]] * (n + 1), (0, 0, U, 0), C0=draw.number(0.5, 0.9), **gates)
    rnn = rnn_forward(experiment.params, experiment.x, experiment.C0)  # from the value that C had
    left = {"rnn_left": float(rnn.h[n - 1, 0]), "lstm_left": float(experiment.trace().C[n - 1, 0])}
    return Case(experiment, 1, given={"U": U, "n": str(n), **left})


def _holds(case: Case, left: str) -> bool | None:
    """Whether more than half of the value is left; None where it is about half."""
    return clearly(case.given[left] / case.at("C_prev"), 0.58, 0.42)


def _one_comes(draw: Draw) -> Case:
    """Both networks hold a value at a step at which an input comes, or none."""
    held = draw.number(0.5, 0.9)
    # With this weight a plain RNN that gets no input keeps its h: tanh(U·h) = h.
    U = round(math.atanh(held) / held, 1)
    x = draw.pick(0.0, draw.signed(0.5, 1))
    gates = {"f": (OPEN, 0), "i": (draw.pick(OPEN, SHUT), 0), "c": (0, draw.number(1.5, 3)), "o": (1, 0)}
    experiment = one_unit("leaky", [[x], [0], [0]], (0, 0, U, 0), C0=held, h0=held, **gates)
    case = Case(experiment, 1, given={"held": held, "U": U, "V": experiment.value("V_c.1.1")})
    rnn = rnn_forward(experiment.params, experiment.x, experiment.h0)
    return case.told(rnn=float(rnn.h[0, 0]), lstm=case.at("C"))


def _moved(case: Case, which: str) -> bool | None:
    """Whether a network no longer has its value; None where that is not clear."""
    return clearly(abs(case.given[which] - case.given["held"]), 0.25, 0.06)


def _resting(draw: Draw, low: float, high: float) -> Case:
    """A plain RNN that stays at h = 0, beside an LSTM whose forget gate is the same at each step."""
    n, U = draw.whole(2, 4), draw.number(low, high)
    gates = {"f": (draw.number(0, 3), 0), "i": (0, 0), "c": (0, 1), "o": (1, 0)}
    experiment = one_unit("leaky", [[0]] * (n + 1), (0, 0, U, 0), C0=draw.signed(0.5, 1.5), **gates)
    return Case(experiment, 1, given={"U": U, **span(1, n + 1)})


def _over_h(draw: Draw) -> Case:
    """C that is written to or not, and an output gate that shows it or not: what grows, C or its gradient?"""
    n = draw.whole(4, 6)
    writes, shows = draw.pick(True, False), draw.pick(True, False)
    U = draw.number(1.2, 2)
    forgets = not writes and not shows
    gates = {
        "f": (draw.number(0.5, 2) if forgets else OPEN, 0),
        "i": (draw.number(0.5, 1.5), 0),
        "c": (0, draw.number(0.5, 1.2)),
        "o": (draw.number(0.5, 1.5) if shows else SHUT, 0),
    }
    x = [[1.0 if writes else 0.0]] * (n + 1)
    experiment = one_unit("leaky", x, (0, 0, U, 0), C0=draw.number(0.02, 0.05, 2), **gates)
    return Case(experiment, 1, given={"U": U, **span(1, n + 1)})


def _grown(draw: Draw) -> Case:
    case = _over_h(draw)
    return case.told(last=float(case.trace.C[-1, 0]), slope=all_paths(case))


def _grows(case: Case) -> tuple[bool | None, bool | None]:
    """Whether C passes 2, and whether its gradient passes 1; None for what is near."""
    return clearly(case.given["last"], 2.3, 1.7), clearly(case.given["slope"], 1.2, 1.01)


def _one_step_back(draw: Draw) -> Case:
    """A cell that rests at C = 0, where tanh has slope 1, with a candidate that reads h."""
    U = draw.number(0.8, 3)
    gates = {gate: (draw.number(-0.5, 2), 0) for gate in ("f", "i", "o")} | {"c": (0, 1)}
    experiment = one_unit("leaky", [[0], [0]], (0, 0, U, 0), **gates)
    case = Case(experiment, 1, given={"U": U})
    return case.told(f_next=case.at("f", 1), i_next=case.at("i", 1))


_BOTH_OR_NEITHER = {"both": (True, True), "neither": (False, False)}

ITEMS = (
    Item(
        "rnn_holds", "overview", "all", CHOOSE, "rnn_instead", _both_hold,
        claims=of_two(
            lambda case: (_holds(case, "lstm_left"), _holds(case, "rnn_left")),
            lstm=(True, False), rnn=(False, True), **_BOTH_OR_NEITHER,
        ),
        hidden=("C",),
    ),
    Item(
        "rnn_overwrites", "input_gate", "write", CHOOSE, "rnn_instead", _one_comes,
        claims=of_two(
            lambda case: (_moved(case, "rnn"), _moved(case, "lstm")),
            rnn=(True, False), lstm=(False, True), **_BOTH_OR_NEITHER,
        ),
        hidden=("written",), level=2,
    ),
    Item(
        "rnn_against_lstm", "gradient", "all", CHOOSE, "rnn_instead", partial(_resting, low=0.3, high=0.8),
        truth=lambda case: direct(case) / of_rnn(case),
        beliefs={
            "one_step": lambda case: case.at("f") / case.given["U"],
            "same": lambda case: 1.0,
            "added": lambda case: case.whole("n") * case.at("f") / case.given["U"],
            "lstm_alone": direct,
            "difference": lambda case: direct(case) - of_rnn(case),
            "one_too_many": lambda case: (case.at("f") / case.given["U"]) ** (case.whole("n") + 1),
        },
        hidden=(GRADIENT,), level=3,
        sums=(Sum(TRUTH, ("f", "U", "n"), lambda f, U, n: (f / U) ** n),),
        shows={"one_too_many": None},
    ),
    Item(
        "explodes", "gradient", "all", VALUE, "exploding", partial(_resting, low=1.2, high=1.6),
        truth=of_rnn,
        beliefs={
            "never_grows": lambda case: 1.0,
            "one_step": lambda case: case.given["U"],
            "added": lambda case: case.whole("n") * case.given["U"],
        },
        hidden=(GRADIENT,), bounds=(0.0, 8.0), tolerance=0.05,
        sums=(power("U", "n"),),
    ),
    Item(
        "lstm_step_back", "gradient", "all", VALUE, "exploding", _one_step_back,
        truth=all_paths,
        beliefs={
            "direct": lambda case: case.at("f", 1),
            "no_output": lambda case: case.at("f", 1) + case.at("i", 1) * case.given["U"],
            "multiplied": lambda case: case.at("f", 1) * case.at("i", 1) * case.given["U"] * case.at("o"),
        },
        hidden=(GRADIENT,), bounds=(0.0, 4.0), tolerance=0.05, level=2,
        sums=(Sum(TRUTH, ("f_next", "i_next", "U", "o"), lambda f, i, U, o: f + i * U * o),),
    ),
    Item(
        "what_grows", "why_forget", "write", CHOOSE, "exploding", _grown,
        claims=of_two(_grows, state=(True, False), gradient=(False, True), **_BOTH_OR_NEITHER),
        hidden=("C", GRADIENT), level=3,
    ),
)  # fmt: skip
