"""Items on a job in words and the gates that do it: how each gate has to stand, and which one went wrong."""

from functools import partial

from ...rounding import text
from ..case import OPEN, SHUT, Case, Draw, one_unit
from ..question import CHOOSE, Item

JOB = {"store": (0, 1, 0), "hold": (1, 0, 0), "show": (1, 0, 1), "spend": (0, 0, 1)}
"""Setting of the gates -> f, i and o."""

RULES = {"sum": (1.0, 1.0), "latest": (0.0, 1.0), "mean": (0.5, 0.5), "shut": (1.0, 0.0)}
"""What becomes of the candidates of several steps -> f and i that make it so, the same at each step."""


def _cell(x, C0: float = 0.0, bias: tuple[float, float, float] = (0, 0, 0), V: float = 1.5):
    """A cell whose gates have a bias alone, and whose candidate follows the input."""
    f, i, o = bias
    return one_unit("leaky", x, C0=C0, f=(f, 0), i=(i, 0), c=(0, V), o=(o, 0))


def _planned(draw: Draw) -> Case:
    """Take in the value of step s, keep it, show it at step e; asked is one of these steps."""
    s, e = draw.whole(2, 3), draw.whole(5, 6)
    t = draw.pick(s, draw.whole(s + 1, e - 1), e)
    x = [[draw.signed(0.4, 1)] for _ in range(7)]
    given = {"s": str(s), "e": str(e)}
    return Case(_cell(x, C0=draw.signed(0.8, 1.5)), t, given=given)


def _does_job(case: Case, setting: str) -> bool:
    """Whether a setting of the gates at the step of the question does the job, the others being right."""
    s, e = case.whole("s"), case.whole("e")
    at = {step: "store" if step == s else "show" if step == e else "hold" for step in range(s, e + 1)}
    at[case.t] = setting
    pins = {f"pin_{gate}.1.{step}": value for step, name in at.items()
            for gate, value in zip("fio", JOB[name], strict=True)}  # fmt: skip
    run = case.experiment.with_pins(pins).trace()
    kept = abs(run.C[e - 1, 0] - run.C_tilde[s - 1, 0]) < 0.1
    silent = bool((abs(run.h[s - 1 : e - 1, 0]) < 0.05).all())
    shown = bool(abs(run.h[e - 1, 0]) > 0.5 * abs(run.tanh_C[e - 1, 0]))
    return kept and silent and shown


def _faulty(draw: Draw) -> Case:
    """A cell that has to hold its value and to show it: it does, or one gate stands wrong."""
    f, i, o = draw.pick(
        (OPEN, SHUT, OPEN),
        (draw.number(-2, 0), SHUT, OPEN),
        (OPEN, draw.number(0.5, 2), OPEN),
        (OPEN, SHUT, SHUT),
    )
    t, held = draw.whole(2, 3), draw.signed(0.6, 1.2)
    # Up to this step the forget gate is open and no input comes, so that the value is still there.
    x = [[0.0, 0.0]] * (t - 1) + [[draw.signed(0.5, 1), 1.0]] + [[0.0, 0.0]] * 2
    gates = {"f": (OPEN, 0, f - OPEN), "i": (i, 0, 0), "c": (0, draw.number(1, 2), 0), "o": (o, 0, 0)}
    experiment = one_unit("noise", x, C0=held, **gates)
    case = Case(experiment, t)
    return case.told(
        before=case.at("C_prev"), now=case.at("C"), said=case.at("h"), f_was=case.at("f"),
        i_was=case.at("i"), o_was=case.at("o"),
    )  # fmt: skip


def _fault(case: Case) -> str | None:
    """The gate that stands wrong, "none", or None where it is not clear."""
    kept, written = case.at("kept") / case.at("C_prev"), abs(case.at("written"))
    loses, takes, mute = kept < 0.6, written > 0.35, case.at("o") < 0.1
    if sum((loses, takes, mute)) > 1:
        return None
    if not (loses or takes or mute):
        return "none" if kept > 0.95 and written < 0.02 and case.at("o") > 0.9 else None
    return "forget" if loses else "input" if takes else "output"


_STEPS = 4


def _ruled(draw: Draw) -> Case:
    """Four values through gates that stand the same at each step; what C is afterwards is told."""
    f, i = draw.pick((OPEN, OPEN), (SHUT, OPEN), (0, 0), (OPEN, SHUT))
    experiment = _cell([[draw.signed(0.3, 1)] for _ in range(_STEPS)], bias=(f, i, draw.number(0, 2)))
    run = experiment.trace()
    told = ", ".join(map(text, run.C_tilde[:, 0].tolist()))
    return Case(experiment, 1, given={"values": told, "now": float(run.C[-1, 0])})


def _made_by(case: Case, rule: str) -> bool:
    """Whether C is what f and i of a rule make of the candidates."""
    f, i = RULES[rule]
    C = 0.0
    for candidate in case.trace.C_tilde[:, 0].tolist():
        C = f * C + i * candidate
    return abs(C - case.given["now"]) < 0.03


ITEMS = (
    Item(
        "job_at_step", "cell_state", "all", CHOOSE, "overwriting", _planned,
        claims={setting: partial(_does_job, setting=setting) for setting in JOB},
        never=("spend",), hidden=("z_f", "z_i", "z_o"), shows={"spend": "C_for_h"},
    ),
    Item(
        "job_gone_wrong", "cell_state", "all", CHOOSE, "overwriting", _faulty,
        claims={
            gate: partial(lambda case, gate: _fault(case) == gate, gate=gate)
            for gate in ("forget", "input", "output", "none")
        },
        hidden=("z_f", "z_i", "z_o"), level=2,
    ),
    Item(
        "job_of_rule", "cell_state", "all", CHOOSE, "overwriting", _ruled,
        claims={rule: partial(_made_by, rule=rule) for rule in RULES},
        hidden=("z_f", "z_i"), level=3,
    ),
)  # fmt: skip
