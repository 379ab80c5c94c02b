"""Make a question of an item: item, seed, run -> a place with one clear right answer -> **question**."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from ..quantities import QUANTITIES, quantities_of
from ..rounding import ShownNumbers, text
from ..workbench.experiment import Experiment
from . import choices
from .case import Case, Draw
from .question import CHOOSE, DRAW, SEEDS, TRUTH, Item, Numbers, Question, after

_TRIES = 2000  # most cases that are drawn to find one whose answer is clear


def question(item: Item, seed: int) -> Question:
    """The variant of an item that a seed stands for. It is the same each time, and has one right answer.

    Raises ValueError for a seed that is not in SEEDS.
    """
    draw = Draw(item.key, _checked(seed))
    for _ in range(_TRIES):
        case = item.draw(draw)
        if case is None or (item.suits and not item.suits(case)):
            continue
        asked = _posed(item, int(seed), case)
        if asked:
            return asked
    raise AssertionError(f"{item.key}: no variant for seed {seed}")  # a test makes 200 variants of each item


def question_of(item: Item, seed: int, run: str, found: Sequence[Case]) -> Question:
    """The item asked of a run that was brought along, at the one of its places that the seed draws.

    run : the word of the run. found : its `places`.
    Raises ValueError for a seed that is not in SEEDS, and where the run has no place for the item.
    """
    if not found:
        raise ValueError(f"run: expected one that has a place for {item.key}, got {run!r:.40}")
    order = np.random.default_rng([9, _checked(seed), *item.key.encode()]).permutation(len(found))
    in_turn = (_posed(item, int(seed), found[k], run) for k in order)
    in_order = (_posed(item, int(seed), found[k], run, in_turn=False) for k in order)
    asked = next(filter(None, in_turn), None) or next(filter(None, in_order), None)
    # No place of the run may have numbers that come out at two digits; then the texts show more of them.
    asked = asked or _posed(item, int(seed), found[order[0]], run, in_turn=False, as_it_is=True)
    assert asked is not None, "a place is where the item can be asked"
    return asked


def places(item: Item, experiment: Experiment) -> tuple[Case, ...]:
    """The steps and units of a run at which the item has one clear right answer."""
    if item.suits is None:
        return ()
    first = Case(experiment, 1)
    every = (first.moved(t, k) for t in range(1, experiment.T + 1) for k in range(1, experiment.H + 1))
    return tuple(case for case in every if item.suits(case) and _answers(item, 0, case, in_turn=False))


def _checked(seed: int) -> int:
    if isinstance(seed, bool) or not isinstance(seed, (int, np.integer)) or seed not in SEEDS:
        raise ValueError(f"seed: expected a whole number from {SEEDS[0]} to {SEEDS[-1]}, got {seed!r:.40}")
    return int(seed)


@dataclass(frozen=True)
class _Answers:
    """What can be answered to a question, under the names that `Question` has for it."""

    truth: Any
    options: tuple[str, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)
    beliefs: dict[str, Any] = field(default_factory=dict)


def _posed(
    item: Item, seed: int, case: Case, run: str = "", in_turn: bool = True, as_it_is: bool = False
) -> Question | None:
    """The question about a case; None where `_answers` has none, or the numbers don't come out as shown.

    as_it_is : whether the numbers may need more than two decimals to come out.
    """
    found = _answers(item, seed, case, in_turn)
    if found is None:
        return None
    values = _values(case)
    shown = values | _shown_truth(found)
    if not all(one.adds_up(shown) for one in item.sums):
        if not as_it_is:
            return None
        values |= _more_digits(item, case, shown)
    steps = tuple(range(case.t + 1, case.t + 1 + item.steps))
    covered = after(quantities_of(case.experiment.params), *item.hidden)
    return Question(
        item, seed, case, covered, found.options, found.labels, steps, values, found.truth,
        found.beliefs, run,
    )  # fmt: skip


def _shown_truth(found: _Answers) -> dict[str, str]:
    """The right answer as texts show it; of a curve also each of its numbers, `truth_1` and so on."""
    if found.labels:
        return {TRUTH: found.labels[TRUTH]}
    if isinstance(found.truth, tuple):
        return {f"{TRUTH}_{k}": text(number) for k, number in enumerate(found.truth, 1)}
    return {} if isinstance(found.truth, str) else {TRUTH: text(found.truth)}


def _more_digits(item: Item, case: Case, shown: dict[str, str]) -> dict[str, str]:
    """The numbers that go into the sums of an item, with as many decimals as it takes to come out."""
    names = {name for one in item.sums for name in one.terms} - {one.result for one in item.sums}
    exact = {name: case.exact(name) for name in names}
    for decimals in (3, 4, 5):
        finer = {name: text(value, decimals=decimals) for name, value in exact.items() if value is not None}
        if all(one.adds_up(shown | finer) for one in item.sums):
            return finer
    return {}


def _answers(item: Item, seed: int, case: Case, in_turn: bool = True) -> _Answers | None:
    """The right answer and the others; None where there would be no right one, or more than one.

    in_turn : also None where the right answer is not the one, or not at the place, whose turn it is.
    """
    if item.claims:
        holding = [option for option, holds in item.claims.items() if holds(case)]
        if len(holding) != 1 or holding[0] in item.never:
            return None
        if in_turn and holding[0] != choices.wanted(item.key, seed, tuple(item.claims), item.never):
            return None
        return _Answers(holding[0], tuple(item.claims))
    assert item.truth is not None, "an item has claims, or a truth"
    truth: Any = item.truth(case)
    beliefs: dict[str, Any] = {key: belief(case) for key, belief in item.beliefs.items()}
    if item.kind != CHOOSE:
        return _Answers(truth, beliefs=beliefs) if _clear(item, [truth, *beliefs.values()]) else None
    wrong = choices.offered(
        item.key, seed, truth, beliefs, lambda every: _clear(item, every), item.signed, in_turn
    )
    if wrong is None:
        return None
    beliefs = {key: beliefs[key] for key in wrong}
    numbers = {TRUTH: truth} | beliefs
    options = tuple(sorted(numbers, key=numbers.__getitem__))
    labels = {key: text(numbers[key], decimals=item.decimals) for key in options}
    return _Answers(TRUTH, options, labels, beliefs)


def _clear(item: Item, every: Sequence[Numbers]) -> bool:
    """Whether all numbers lie within the bounds, and any two differ by more than twice the tolerance."""
    gap, bounds = 2 * item.tolerance, item.bounds
    if item.kind != DRAW:
        ordered = sorted(map(float, every))  # type: ignore[arg-type]
        inside = not bounds or (bounds[0] <= ordered[0] and ordered[-1] <= bounds[1])
        return inside and all(b - a > gap + 0.01 for a, b in pairwise(ordered))
    rows = np.array([np.atleast_1d(numbers) for numbers in every])
    if bounds and ((rows < bounds[0]) | (rows > bounds[1])).any():
        return False
    return all(
        abs(rows[a] - rows[b]).max() > gap + 0.01  # so that they differ at two decimals too
        for a in range(len(rows))
        for b in range(a)
    )


def _values(case: Case) -> dict[str, str]:
    """All numbers of the step of the question, as they are shown, by their keys."""
    trace, t, unit = case.trace, case.t, case.unit
    shown = ShownNumbers(trace)
    numbers = {key: text(shown.at(key, t, unit)) for key, q in QUANTITIES.items()
               if q.in_trace and key != "x"}  # fmt: skip
    inputs = {f"x_{d + 1}": text(value) for d, value in enumerate(trace.x[t - 1])}
    every = ", ".join(inputs.values())
    inputs["x"] = every if len(inputs) == 1 else f"({every})"
    given = {name: value if isinstance(value, str) else text(value) for name, value in case.given.items()}
    return numbers | inputs | {"t": str(t), "unit": str(unit)} | given
