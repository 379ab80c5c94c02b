"""Items on learning: how an update moves a weight, and what the curves of real trainings do."""

from ...formula import sigma
from ...training.as_experiment import experiment_of
from ...training.curve import smoothed
from ...training.shipped import shipped
from ..case import Case, Draw, ordinary
from ..question import CHOOSE, TRUTH, VALUE, Item, Sum
from ..sums import of_sigma, ratio


def _weight(draw: Draw, **given) -> Case:
    """A cell whose forget bias has one decimal, at a step."""
    bias = draw.signed(0.3, 2)
    case = ordinary(draw, f=(bias, draw.signed(0.3, 1)))
    return case.told(b=bias, **given)


def _way(draw: Draw) -> Case:
    """The forget gate is half-open, or so far open or shut that its σ is flat."""
    bias = draw.pick(draw.signed(0.3, 2), draw.signed(0.3, 2), draw.pick(-9.0, 9.0))
    case = ordinary(draw, f=(bias, draw.signed(0.3, 1)))
    return case.told(b=bias, g=draw.signed(0.6, 2.5), rate=0.5)


def _long(draw: Draw) -> Case:
    norm = float(draw.whole(3, 8))
    return _weight(draw, norm=norm, g=draw.number(1.2, norm - 0.5) * draw.pick(-1, 1))


def _gain(case: Case) -> float:
    """By how much f at the step is larger after the update."""
    after = case.experiment.value("b_f.1") - case.given["rate"] * case.given["g"]
    return float(case.experiment.edited("b_f.1", after).trace().f[case.t - 1, 0]) - case.at("f")


def _course(name: str, n: int, **given: str) -> Case:
    """A training up to update n: the share it gets right, and its loss there as a share of the first ones."""
    course = shipped(name)
    loss = smoothed(course)
    start = experiment_of(shipped(course.problem.key), 0)
    score = float(course.scores[course.scored_at <= n][-1])
    numbers = {
        "score": score,
        "right": str(round(100 * score)),
        "fell": float(loss[n - 1] / loss[9]),
        "half": str(n // 2),
        "fell_at_half": float(loss[n // 2 - 1] / loss[9]),
    }
    return Case(start, 1, given={"n": str(n), "T": str(course.problem.T), **given, **numbers})


def _bias(draw: Draw) -> Case:
    name, bias = draw.pick(("recall_bias0", "0"), ("recall", "1"))
    case = _course(name, draw.whole(100, 700), bias=bias)
    return case.told(f_0=sigma(float(bias)))


def _plain(draw: Draw) -> Case:
    name, first = draw.pick(("recall_rnn", 400), ("near_rnn", 100))
    return _course(name, draw.whole(first, 700))


def _stream(draw: Draw) -> Case:
    name, year = draw.pick(("stream_1997", "1997"), ("stream", "2000"))
    return _course(name, draw.whole(100, 1500), year=year)


# The options name the limits, and no score lies near one of them.
_SCORES = {
    "nearly_all": lambda case: case.given["score"] >= 0.92,
    "some": lambda case: 0.33 <= case.given["score"] <= 0.77,
    "few": lambda case: case.given["score"] <= 0.17,
}

ITEMS = (
    Item(
        "update_bias", "learning", "forget", VALUE, "update_direction",
        lambda draw: _weight(draw, g=draw.signed(0.5, 2.5), rate=draw.pick(0.1, 0.2, 0.5)),
        truth=lambda case: case.given["b"] - case.given["rate"] * case.given["g"],
        beliefs={
            "uphill": lambda case: case.given["b"] + case.given["rate"] * case.given["g"],
            "whole": lambda case: case.given["b"] - case.given["g"],
            "replaced": lambda case: -case.given["rate"] * case.given["g"],
        },
        bounds=(-5.0, 5.0), tolerance=0.05,
        sums=(Sum(TRUTH, ("b", "rate", "g"), lambda b, rate, g: b - rate * g),),
    ),
    Item(
        "update_gate", "learning", "forget", CHOOSE, "update_direction", _way,
        claims={
            "opens": lambda case: _gain(case) > 0.03,
            "shuts": lambda case: _gain(case) < -0.03,
            "stays": lambda case: abs(_gain(case)) < 0.005,
        },
        level=2,
    ),
    Item(
        "clipping", "learning", "forget", VALUE, "update_direction", _long,
        truth=lambda case: case.given["g"] / case.given["norm"],
        beliefs={
            "cut": lambda case: 1.0 if case.given["g"] > 0 else -1.0,
            "untouched": lambda case: case.given["g"],
            "gone": lambda case: 0.0,
        },
        bounds=(-8.0, 8.0), tolerance=0.05, sums=(ratio("g", "norm"),),
    ),
    Item(
        "curve_bias", "learning", "forget", CHOOSE, "forget_bias", _bias, claims=_SCORES, level=3,
        sums=(of_sigma("bias", "f_0"),),
    ),
    Item(
        "curve_rnn", "learning", "forget", CHOOSE, "gradient_never_shrinks", _plain,
        claims={
            "falls": lambda case: case.given["fell"] < 0.2,
            "halves": lambda case: 0.35 < case.given["fell"] < 0.65,
            "stays": lambda case: 0.75 < case.given["fell"] < 1.3,
        },
        level=3,
    ),
    Item("curve_stream", "learning", "forget", CHOOSE, "forget_gate_1997", _stream, claims=_SCORES, level=3),
)  # fmt: skip
