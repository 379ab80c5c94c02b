"""Predict, lock, reveal: item and seed -> **question** -> answer -> verdict. The items: `items.py`."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from ..explain import BEFORE
from ..quantities import QUANTITIES, Quantity, quantities_of
from ..rounding import shown_at, text
from ..workbench.experiment import Experiment
from .case import Case, Draw

CHOOSE, VALUE, DRAW = KINDS = ("choose", "value", "draw")

TRUTH = "truth"
"""The option of a question that asks for a number which is the right one."""

OTHER = "other"
"""The belief behind a wrong number that none of the known beliefs leads to."""

GRADIENT = "gradient"
"""What an item may cover beside the quantities of the table: the gradient along the cell state."""

SEEDS = range(10_000)
"""The seeds of the variants of an item."""

_TRIES = 2000

Numbers = float | tuple[float, ...]


@dataclass(frozen=True)
class Item:
    """A question with endless variants, whose answer is read off the trace of each.

    misconception : one of MISCONCEPTIONS; what it brings to light.
    draw : makes a variant, or None where the numbers drawn do not suit.
    truth : the right number, or for DRAW the right numbers of the next `steps` steps, from the trace.
    beliefs : what each wrong idea would lead to, computed from the same trace.
    claims : instead of both, for CHOOSE: option -> whether the trace bears it out.
    hidden : quantities that are not to be seen at the step asked about; what follows from them,
        and every quantity of later steps, is hidden with them.
    bounds : what can be answered, for VALUE and DRAW.
    tolerance : how far off a right answer may be. Any two of truth and beliefs are further apart
        than twice that.
    """

    key: str
    page: str
    phase: str
    kind: str
    misconception: str
    draw: Callable[[Draw], Case | None]
    truth: Callable[[Case], Numbers] | None = None
    beliefs: Mapping[str, Callable[[Case], Numbers]] = field(default_factory=dict)
    claims: Mapping[str, Callable[[Case], bool]] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    bounds: tuple[float, float] | None = None
    tolerance: float = 0.04
    steps: int = 0
    decimals: int = 2

    @property
    def name_key(self) -> str:
        """The text that names it in a few words."""
        return f"item_name.{self.key}"

    @property
    def misconception_key(self) -> str:
        """The text that names what it brings to light."""
        return f"misconception.{self.misconception}"


@dataclass(frozen=True)
class Question:
    """One variant of an item, ready to be asked.

    covered : keys of `quantities.py` (and GRADIENT) that are hidden until the answer is locked;
        see `covers`. Sentences that tell a covered number, such as captions, are to be hidden too.
    options : for CHOOSE, stable keys in the order in which they are shown; `labels` has the text
        of those that are numbers.
    bounds : for VALUE and DRAW, the range of the answer.
    steps : for DRAW, the steps whose C is to be drawn; all up to `case.t` are shown.
    values : everything the texts may name, as text.
    """

    item: Item
    seed: int
    case: Case
    covered: tuple[str, ...]
    options: tuple[str, ...]
    labels: Mapping[str, str]
    steps: tuple[int, ...]
    values: Mapping[str, str]
    _truth: str | Numbers
    _beliefs: Mapping[str, Numbers]

    @property
    def experiment(self) -> Experiment:
        return self.case.experiment

    @property
    def bounds(self) -> tuple[float, float] | None:
        return self.item.bounds

    @property
    def text_key(self) -> str:
        return f"item.{self.item.key}.question"

    def covers(self, key: str, t: int) -> bool:
        """Whether a quantity at a step, from 1, has to be hidden until the answer is locked.

        Inputs are never hidden, and weights, which have no step, are hidden at all or at none; h_prev
        and C_prev are what h and C were a step before.
        """
        if key in BEFORE:
            key, t = BEFORE[key], t - 1
        if key in self.covered and (key == GRADIENT or not QUANTITIES[key].in_trace):
            return True
        if key == "x" or t < self._first:
            return False
        return t > self._first or key in self.covered

    @cached_property
    def _first(self) -> int:
        """The first step at which anything is hidden; every step makes use of the weights."""
        of_weights = any(key != GRADIENT and not QUANTITIES[key].in_trace for key in self.covered)
        return 1 if of_weights else self.case.t

    def option_label(self, words, option: str) -> str:
        """An option in the reader's language. Raises KeyError for one that is not there."""
        if option not in self.options:
            raise KeyError(option)
        label = self.labels.get(option)
        return words(f"item.{self.item.key}.option.{option}", **self.values) if label is None else label


@dataclass(frozen=True)
class Verdict:
    """What an answer is worth.

    truth, answer : an option for CHOOSE, a number for VALUE, numbers for DRAW.
    difference : answer − truth; for DRAW one a step; None for CHOOSE.
    belief : the wrong idea that the answer shows; "" where it is right.
    why_key : the text that says why; `values` fills it.
    """

    right: bool
    truth: str | Numbers
    answer: str | Numbers
    difference: Numbers | None
    belief: str
    why_key: str
    values: Mapping[str, str]

    @property
    def heading_key(self) -> str:
        return "verdict.right" if self.right else "verdict.wrong"

    @property
    def numbers_key(self) -> str | None:
        """The text that holds the answer against the truth; None for CHOOSE."""
        if self.difference is None:
            return None
        return "verdict.value" if isinstance(self.truth, float) else "verdict.draw"


def question(item: Item, seed: int) -> Question:
    """The variant of an item that a seed stands for: the same each time, and always unambiguous.

    Raises ValueError for a seed that is not in SEEDS.
    """
    if isinstance(seed, bool) or not isinstance(seed, (int, np.integer)) or seed not in SEEDS:
        raise ValueError(f"seed: expected a whole number from {SEEDS[0]} to {SEEDS[-1]}, got {seed!r:.40}")
    draw = Draw(item.key, int(seed))
    for _ in range(_TRIES):
        case = item.draw(draw)
        asked = None if case is None else _posed(item, int(seed), case)
        if asked:
            return asked
    raise AssertionError(f"{item.key}: no variant for seed {seed}")  # a test asks for every item


def judge(asked: Question, answer) -> Verdict:
    """Compare an answer with the trace. Raises ValueError for what can't be an answer to it."""
    item, truth = asked.item, asked._truth
    if item.kind == CHOOSE:
        if answer not in asked.options:
            raise ValueError(f"answer: expected one of {asked.options}, got {answer!r:.40}")
        right, difference, belief = answer == truth, None, answer
        told = {name: asked.labels.get(o, "") for name, o in (("truth", truth), ("answer", answer))}
    else:
        answer = _numbers(asked, answer)
        off = np.atleast_1d(answer) - np.atleast_1d(truth)
        # the answer comes off a slider with steps of its own: forgive the last bit
        right = bool((abs(off) <= item.tolerance + 1e-9).all())
        difference = float(off[0]) if item.kind == VALUE else tuple(map(float, off))
        belief = _belief_behind(asked, answer)
        told = {"truth": _told(truth), "answer": _told(answer), "difference": text(abs(off).max())}
    why = f"item.{item.key}.right" if right else f"item.{item.key}.wrong.{belief}"
    return Verdict(right, truth, answer, difference, "" if right else belief, why, asked.values | told)


def after(table: Mapping[str, Quantity], *keys: str) -> tuple[str, ...]:
    """Quantities and all that is computed from them in a cell, which would give them away."""
    found = set(keys)
    for key, quantity in table.items():  # it is in the order of computation
        if found & set(quantity.parents) and key not in ("h_prev", "C_prev"):
            found.add(key)
    if "kept" in found:
        found.add("erased")
    return tuple(key for key in (*QUANTITIES, GRADIENT) if key in found)


def _posed(item: Item, seed: int, case: Case) -> Question | None:
    """The question that a variant makes, or None where its answer would be open to doubt."""
    if item.claims:
        holding = [option for option, holds in item.claims.items() if holds(case)]
        if len(holding) != 1:
            return None
        truth, beliefs, options, labels = holding[0], {}, tuple(item.claims), {}
    else:
        truth = item.truth(case)
        beliefs = {key: belief(case) for key, belief in item.beliefs.items()}
        every = {TRUTH: truth} | beliefs
        if not _apart(list(every.values()), 2 * item.tolerance, item.bounds):
            return None
        options, labels = (), {}
        if item.kind == CHOOSE:
            options = tuple(sorted(every, key=every.get))
            labels = {key: text(every[key], decimals=item.decimals) for key in options}
            truth = TRUTH
    steps = tuple(range(case.t + 1, case.t + 1 + item.steps))
    covered = after(quantities_of(case.experiment.params), *item.hidden)
    return Question(item, seed, case, covered, options, labels, steps, _values(case), truth, beliefs)


def _apart(every: list[Numbers], gap: float, bounds: tuple[float, float] | None) -> bool:
    rows = np.array([np.atleast_1d(numbers) for numbers in every])
    if bounds and ((rows < bounds[0]) | (rows > bounds[1])).any():
        return False
    return all(
        abs(rows[a] - rows[b]).max() > gap + 0.01  # and at two decimals still
        for a in range(len(rows))
        for b in range(a)
    )


def _values(case: Case) -> dict[str, str]:
    """All numbers of the step that is asked about, as they are shown."""
    trace, t, unit = case.trace, case.t, case.unit
    numbers = {key: text(shown_at(trace, key, t, unit)) for key, q in QUANTITIES.items()
               if q.in_trace and key != "x"}  # fmt: skip
    inputs = {f"x_{d + 1}": text(value) for d, value in enumerate(trace.x[t - 1])}
    given = {name: value if isinstance(value, str) else text(value) for name, value in case.given.items()}
    return numbers | inputs | {"t": str(t), "unit": str(unit)} | given


def _numbers(asked: Question, answer) -> Numbers:
    """An answer in numbers, checked: one for VALUE, one a step for DRAW."""
    wanted = len(asked.steps) if asked.item.kind == DRAW else 1
    given = list(answer) if asked.item.kind == DRAW and isinstance(answer, (list, tuple)) else [answer]
    low, high = asked.bounds
    for number in given:
        real = isinstance(number, (int, float)) and not isinstance(number, bool)
        if not (real and low <= number <= high):
            raise ValueError(f"answer: expected numbers from {low:g} to {high:g}, got {number!r:.40}")
    if len(given) != wanted:
        raise ValueError(f"answer: expected {wanted} numbers, got {len(given)}")
    return tuple(map(float, given)) if asked.item.kind == DRAW else float(given[0])


def _belief_behind(asked: Question, answer: Numbers) -> str:
    """The wrong idea that an answer in numbers comes closest to, if it is close to any."""

    def distance(numbers):
        return float(abs(np.atleast_1d(answer) - np.atleast_1d(numbers)).mean())

    belief = min(asked._beliefs, key=lambda key: distance(asked._beliefs[key]))
    off = distance(asked._beliefs[belief])
    # a curve drawn by hand is rough: it is the belief's where it is clearly nearer to it than to the truth
    near = 2 * off < distance(asked._truth) if asked.item.kind == DRAW else off <= asked.item.tolerance
    return belief if near or math.isclose(off, asked.item.tolerance) else OTHER


def _told(numbers: Numbers) -> str:
    return ", ".join(text(number) for number in np.atleast_1d(numbers))
