"""Predict, lock, reveal: item and seed -> **question** -> answer -> verdict. The items stand in `items/`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from string import ascii_lowercase

import numpy as np

from ..explain import BEFORE
from ..quantities import QUANTITIES, Quantity, quantities_of
from ..rounding import shown_at, text
from ..workbench.experiment import Experiment
from . import choices
from .case import Case, Draw

CHOOSE, VALUE, DRAW = ("choose", "value", "draw")

TRUTH = "truth"
"""The key of the right option where the options of a question are numbers."""

GRADIENT = "gradient"
"""An item may hide the gradient along the cell state too, which is no quantity of `quantities.py`."""

LEVELS = (1, 2, 3)
"""How hard an item is: 1 for one idea and one step of calculation, 2 for two, 3 for more."""

SEEDS = range(10_000)
"""The seeds of the variants of an item."""

_TRIES = 2000  # most cases that are drawn to find one whose answer is clear

Numbers = float | tuple[float, ...]
"""One number, or one for each step that is drawn."""


@dataclass(frozen=True)
class Item:
    """A question that is asked with ever other numbers; its right answer is computed from each run.

    page, phase : where it is asked. kind : how it is answered, CHOOSE, VALUE or DRAW.
    misconception : one of MISCONCEPTIONS, the one that wrong answers show.
    draw : makes a variant from random numbers; None where these numbers do not suit.
    truth : the right number; for DRAW the right numbers of the next `steps` steps.
    beliefs : the number, or for DRAW the numbers, that each wrong idea leads to. For CHOOSE there may be more
        than are offered at a time; `choices.offered` picks among them.
    claims : instead of truth and beliefs, for CHOOSE: option -> whether it is true of the run.
    never : the claims that no run makes true. They are offered for those who believe them.
    hidden : quantities that a reader must not see at the step of the question. What is computed from
        them is hidden with them, and so is every quantity of later steps.
    bounds : the smallest and the largest answer, for VALUE and DRAW.
    tolerance : how far a right answer may be off. In every variant truth and beliefs differ from one
        another by more than twice that, so that an answer is never near two of them.
    steps : for DRAW, how many steps are drawn. decimals : of options that are numbers.
    signed : for CHOOSE, whether the numbers may be negative; see `choices.offered`.
    level : one of LEVELS.
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
    never: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    bounds: tuple[float, float] | None = None
    tolerance: float = 0.04
    steps: int = 0
    decimals: int = 2
    signed: bool = False
    level: int = 1

    @property
    def name_key(self) -> str:
        """The text that names the item in a few words."""
        return f"item_name.{self.key}"

    @property
    def misconception_key(self) -> str:
        """The text that names the misconception."""
        return f"misconception.{self.misconception}"


@dataclass(frozen=True)
class Question:
    """One variant of an item, ready to be asked.

    covered : keys of `quantities.py` (and GRADIENT) that are hidden until the answer is locked;
        see `covers`. Sentences that mention a covered number, such as captions, have to be hidden too.
    options : for CHOOSE, the keys of the options in the order in which they are shown.
    labels : option -> its text, where the options are numbers.
    steps : for DRAW, the steps whose C is to be drawn; the steps up to `case.t` are known.
    values : every number and word that the texts may mention, as text.
    truth : the right answer: an option for CHOOSE, a number for VALUE, numbers for DRAW.
    beliefs : wrong idea -> the number or numbers that it leads to; empty where the options are claims.
    """

    item: Item
    seed: int
    case: Case
    covered: tuple[str, ...]
    options: tuple[str, ...]
    labels: Mapping[str, str]
    steps: tuple[int, ...]
    values: Mapping[str, str]
    truth: str | Numbers
    beliefs: Mapping[str, Numbers]

    @property
    def experiment(self) -> Experiment:
        """The run that is asked about."""
        return self.case.experiment

    @property
    def bounds(self) -> tuple[float, float] | None:
        """For VALUE and DRAW, the smallest and the largest answer."""
        return self.item.bounds

    @property
    def text_key(self) -> str:
        """The text that asks; `values` fills it."""
        return f"item.{self.item.key}.question"

    def covers(self, key: str, t: int) -> bool:
        """Whether a quantity at a step, from 1, has to be hidden until the answer is locked.

        Inputs are never hidden. Weights have no step: they are hidden at every step or at none. h_prev
        and C_prev are hidden where h and C of the step before are.
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
        """The first step at which anything is hidden: step 1 if weights are, because every step uses them."""
        of_weights = any(key != GRADIENT and not QUANTITIES[key].in_trace for key in self.covered)
        return 1 if of_weights else self.case.t

    @cached_property
    def codes(self) -> dict[str, str]:
        """Option -> the letter that stands for it in files.

        The seed draws the letters. So no file says which option is right, and who writes the same letter
        for every variant is right as often as by chance.
        """
        letters = ascii_lowercase[: len(self.options)]
        drawn = np.random.default_rng([self.seed, *b"codes", *self.item.key.encode()]).permutation([*letters])
        return dict(zip(self.options, map(str, drawn), strict=True))

    def option_label(self, words, option: str) -> str:
        """The text of an option in the reader's language. Raises KeyError for an option that is not there."""
        if option not in self.options:
            raise KeyError(option)
        label = self.labels.get(option)
        return words(f"item.{self.item.key}.option.{option}", **self.values) if label is None else label


def question(item: Item, seed: int) -> Question:
    """The variant of an item that a seed stands for. It is the same each time, and has one right answer.

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
    raise AssertionError(f"{item.key}: no variant for seed {seed}")  # a test makes 200 variants of each item


def after(table: Mapping[str, Quantity], *keys: str) -> tuple[str, ...]:
    """These quantities and all that is computed from them in a cell, from which they could be worked out."""
    found = set(keys)
    for key, quantity in table.items():  # it is in the order of computation
        if found & set(quantity.parents) and key not in ("h_prev", "C_prev"):
            found.add(key)
    if "kept" in found:
        found.add("erased")
    return tuple(key for key in (*QUANTITIES, GRADIENT) if key in found)


def _posed(item: Item, seed: int, case: Case) -> Question | None:
    """The question about a case; None where it would have no right answer, or more than one."""
    if item.claims:
        holding = [option for option, holds in item.claims.items() if holds(case)]
        if holding != [choices.wanted(item.key, seed, tuple(item.claims), item.never)]:
            return None
        truth, beliefs, options, labels = holding[0], {}, tuple(item.claims), {}
    else:
        truth = item.truth(case)
        beliefs = {key: belief(case) for key, belief in item.beliefs.items()}
        options, labels = (), {}
        if item.kind != CHOOSE and not _clear(item, [truth, *beliefs.values()]):
            return None
        if item.kind == CHOOSE:
            wrong = choices.offered(
                item.key, seed, truth, beliefs, lambda every: _clear(item, every), item.signed
            )
            if wrong is None:
                return None
            beliefs = {key: beliefs[key] for key in wrong}
            every = {TRUTH: truth} | beliefs
            options = tuple(sorted(every, key=every.get))
            labels = {key: text(every[key], decimals=item.decimals) for key in options}
            truth = TRUTH
    steps = tuple(range(case.t + 1, case.t + 1 + item.steps))
    covered = after(quantities_of(case.experiment.params), *item.hidden)
    return Question(item, seed, case, covered, options, labels, steps, _values(case), truth, beliefs)


def _clear(item: Item, every: list[Numbers]) -> bool:
    """Whether all numbers lie within the bounds, and any two differ by more than twice the tolerance."""
    gap, bounds = 2 * item.tolerance, item.bounds
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
    numbers = {key: text(shown_at(trace, key, t, unit)) for key, q in QUANTITIES.items()
               if q.in_trace and key != "x"}  # fmt: skip
    inputs = {f"x_{d + 1}": text(value) for d, value in enumerate(trace.x[t - 1])}
    given = {name: value if isinstance(value, str) else text(value) for name, value in case.given.items()}
    return numbers | inputs | {"t": str(t), "unit": str(unit)} | given
