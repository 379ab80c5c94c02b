"""Items on the three gates and the candidate: what each number does to the memory at one step."""

import math

from ...formula import sigma
from ...params import GATES
from ..case import Case, Draw, one_unit, ordinary, ordinary_if
from ..question import CHOOSE, TRUTH, VALUE, Item, Sum
from ..sums import KEPT, of_sigma, of_tanh, times


def _extreme(draw: Draw) -> Case | None:
    case = ordinary(draw, 1, f=(draw.pick(-8, 0, 8), 0))  # at step 1, as earlier steps would show what f does
    x, params = case.experiment.x, case.experiment.params
    without_h = {gate: (params.b[k, 0], params.W[k, 0, 1]) for k, gate in enumerate(GATES)}
    still = one_unit("leaky", x, C0=case.experiment.C0[0], **without_h)
    return Case(still, case.t) if abs(case.at("C_prev")) > 0.4 else None


def any_run(case: Case) -> bool:
    """For an item that suits every run: whether its answer is clear at a place is all that counts."""
    return True


def has_forget_gate(case: Case) -> bool:
    """Whether f follows from its sum; in the cell of 1997 it is 1."""
    return case.experiment.params.forget_gate


def _memory_and_sum(case: Case) -> bool:
    return has_forget_gate(case) and abs(case.at("C_prev")) > 0.3 and 0.3 <= abs(case.at("z_f")) <= 2


def _silence(draw: Draw) -> Case:
    """A memory from the start and nothing written; forget gate and output gate are open or shut at step t."""
    keep, show = draw.pick((9, -9), (-9, 9), (9, 9))
    t = draw.whole(2, 4)
    # Before step t the forget gate is open, so that there is still a memory at step t.
    x = [[0.0]] * 6
    x[t - 1] = [2.0]
    gates = {
        "f": (9, (keep - 9) / 2),
        "i": (-9, 0),
        "c": (0, draw.number(0.5, 1.5)),
        "o": (0, show / 2),
    }
    return Case(one_unit("leaky", x, C0=draw.signed(0.8, 1.6), **gates), t)


def _stays(case: Case) -> bool:
    """Whether C is after the step what it was before."""
    return abs(case.at("C") - case.at("C_prev")) < 0.02


def _share(case: Case) -> float:
    """What share of C_prev is kept."""
    return case.at("kept") / case.at("C_prev")


def _tanh_share(case: Case) -> float:
    """What share of C_prev would be kept if the forget gate used tanh in place of σ."""
    return math.tanh(case.at("z_f"))


ITEMS = (
    Item(
        "open_or_shut", "forget_gate", "erase", CHOOSE, "f_1_forgets", _extreme,
        claims={
            "keeps_all": lambda case: abs(_share(case) - 1) < 0.01,
            "loses_all": lambda case: abs(_share(case)) < 0.01,
            "halves": lambda case: abs(_share(case) - 0.5) < 0.01,
        },
        hidden=("kept",), suits=lambda case: abs(case.at("C_prev")) > 0.1, sums=(KEPT,),
    ),
    Item(
        "keep_share", "forget_gate", "erase", VALUE, "f_1_forgets", ordinary,
        truth=lambda case: case.at("kept"),
        beliefs={
            "erased": lambda case: case.at("erased"),
            "of_input": lambda case: case.at("f") * case.at("x"),
            "all": lambda case: case.at("C_prev"),
        },
        hidden=("kept",), bounds=(-2.0, 2.0), tolerance=0.05, suits=any_run,
        sums=(times("f", "C_prev"),),
    ),
    Item(
        "gate_on_what", "forget_gate", "erase", CHOOSE, "f_acts_on_input", ordinary,
        truth=lambda case: case.at("kept"),
        beliefs={
            "input": lambda case: case.at("f") * case.at("x"),
            "hidden": lambda case: case.at("f") * case.at("h_prev"),
            "candidate": lambda case: case.at("f") * case.at("C_tilde"),
            "erased": lambda case: case.at("erased"),
            "whole": lambda case: case.at("C_prev"),
            "both": lambda case: case.at("f") * (case.at("C_prev") + case.at("x")),
        },
        hidden=("kept",), signed=True, suits=any_run, sums=(times("f", "C_prev"),),
    ),
    Item(
        "gate_between", "forget_gate", "forget", VALUE, "gates_are_switches",
        ordinary_if(lambda case: 0.5 <= abs(case.at("z_f")) <= 1.6),
        truth=lambda case: case.at("f"),
        beliefs={
            "switch": lambda case: float(case.at("z_f") > 0),
            "other_way": lambda case: 1 - case.at("f"),
            "half": lambda case: 0.5,
        },
        hidden=("f",), bounds=(0.0, 1.0), tolerance=0.05, suits=has_forget_gate, sums=(of_sigma("z_f"),),
        shows={"other_way": "f_1_forgets"},
    ),
    Item(
        "gate_tanh", "forget_gate", "forget", CHOOSE, "sigma_and_tanh", ordinary,
        truth=lambda case: _tanh_share(case) * case.at("C_prev"),
        beliefs={
            "sigma": lambda case: case.at("kept"),
            "no_sign": lambda case: abs(_tanh_share(case)) * case.at("C_prev"),
            "erased": lambda case: (1 - _tanh_share(case)) * case.at("C_prev"),
            "sum": lambda case: case.at("z_f") * case.at("C_prev"),
            "gate_alone": _tanh_share,
            "whole": lambda case: case.at("C_prev"),
        },
        hidden=("kept",), level=2, signed=True, suits=_memory_and_sum,
        sums=(Sum(TRUTH, ("z_f", "C_prev"), lambda z, C: math.tanh(z) * C),),
    ),
    Item(
        "candidate_sign", "input_gate", "candidate", VALUE, "sigma_and_tanh",
        ordinary_if(lambda case: 0.4 <= abs(case.at("z_c")) <= 1.4),
        truth=lambda case: case.at("C_tilde"),
        beliefs={
            "sigma": lambda case: sigma(case.at("z_c")),
            "other_sign": lambda case: -case.at("C_tilde"),
            "switch": lambda case: math.copysign(1.0, case.at("z_c")),
        },
        hidden=("C_tilde",), bounds=(-1.0, 1.0), tolerance=0.05, suits=any_run, sums=(of_tanh("z_c"),),
    ),
    Item(
        "write_value", "input_gate", "write", VALUE, "four_gates", ordinary,
        truth=lambda case: case.at("written"),
        beliefs={
            "candidate": lambda case: case.at("C_tilde"),
            "gate": lambda case: case.at("i"),
            "on_memory": lambda case: case.at("C_tilde") * case.at("C_prev"),
        },
        hidden=("written",), bounds=(-1.5, 1.5), tolerance=0.05, suits=any_run,
        sums=(times("i", "C_tilde"),),
    ),
    Item(
        "c_or_h", "output_gate", "show", CHOOSE, "C_for_h",
        ordinary_if(lambda case: abs(case.at("C")) > 0.8 and 0.25 <= case.at("o") <= 0.9),
        truth=lambda case: case.at("h"),
        beliefs={
            "memory": lambda case: case.at("C"),
            "no_gate": lambda case: case.at("tanh_C"),
            "no_tanh": lambda case: case.at("o") * case.at("C"),
            "swapped": lambda case: (1 - case.at("o")) * case.at("tanh_C"),
            "only_new": lambda case: case.at("o") * math.tanh(case.at("written")),
            "only_old": lambda case: case.at("o") * math.tanh(case.at("kept")),
            "gate": lambda case: case.at("o"),
        },
        hidden=("tanh_C",), level=2, signed=True, suits=any_run,
        sums=(Sum(TRUTH, ("o", "C"), lambda o, C: o * math.tanh(C)), times("o", "tanh_C")),
    ),
    Item(
        "silent", "output_gate", "output", CHOOSE, "C_for_h", _silence,
        claims={
            "silent_keeps": lambda case: abs(case.at("h")) < 0.05 and _stays(case),
            "silent_forgets": lambda case: abs(case.at("h")) < 0.05 and abs(case.at("C")) < 0.05,
            "speaks_keeps": lambda case: abs(case.at("h")) > 0.3 and _stays(case),
            "speaks_spends": lambda case: abs(case.at("h")) > 0.3 and not _stays(case),
        },
        never=("speaks_spends",), hidden=("kept", "written"), level=2,
        suits=lambda case: abs(case.at("C_prev")) > 0.3 and abs(case.at("written")) < 0.02,
    ),
)  # fmt: skip
