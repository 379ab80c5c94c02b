"""Predict, lock, reveal: item and seed -> **question** -> answer -> verdict.

The items stand in `items/`, and `posing.py` makes questions of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from string import ascii_lowercase

import numpy as np

from ..explain import BEFORE
from ..quantities import QUANTITIES, Quantity
from ..workbench.experiment import Experiment
from .case import Case, Draw

CHOOSE, VALUE, DRAW = ("choose", "value", "draw")

TRUTH = "truth"
"""The key of the right option where the options of a question are numbers."""

GRADIENT = "gradient"
"""An item may hide the gradient along the cell state too, which is no quantity of `quantities.py`."""

SEEDS = range(10_000)
"""The seeds of the variants of an item."""

STEP = 0.05
"""Step of the slider that answers a question for a number. Every tolerance is at least as large, so that
some step of the slider is always a right answer."""

Numbers = float | tuple[float, ...]
"""One number, or one for each step that is drawn."""


@dataclass(frozen=True)
class Sum:
    """A piece of arithmetic that the texts of an item spell out, such as f × C = kept.

    It has to come out at the digits that are shown.

    result : name of the number that comes out, TRUTH for the right answer. terms : names of the numbers
    that go in, in the order in which `of` takes them.
    """

    result: str
    terms: tuple[str, ...]
    of: Callable[..., float]

    def adds_up(self, values: Mapping[str, str]) -> bool:
        """Whether it comes out when it is calculated with the numbers as they are shown."""
        shown = values[self.result]
        decimals = len(shown.partition(".")[2])
        found = self.of(*(number_of(values[name]) for name in self.terms))
        return abs(found - number_of(shown)) <= 0.5 * 10.0**-decimals + 1e-9


def number_of(shown: str) -> float:
    """The number of a text that `rounding.text` wrote."""
    return float(shown.replace("−", "-"))


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
    level : how hard it is: 1 for one idea and one step of calculation, 2 for two, 3 for more.
    sums : the arithmetic that its texts spell out. Variants are drawn so that it comes out as shown.
    shows : wrong idea -> the misconception that it shows, where that is not the one of the item; None for a
        slip that shows none. See `beliefs.misconception_of`.
    suits : what a run has to be like at a place so that the item can be asked of it there; a drawn one, too.
        None for an item that is asked of its drawn runs alone. A run of somebody's own has no pins.
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
    suits: Callable[[Case], bool] | None = None
    sums: tuple[Sum, ...] = ()
    shows: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def has_cell(self) -> bool:
        """Whether it asks about the cell of its case; one about a network has nothing to do with that."""
        return self.page not in ("learning", "reading")

    @property
    def name_key(self) -> str:
        """The text that names the item in a few words."""
        return f"item.{self.key}.name"

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
    run : the word of the run that was brought along, see `own_run.py`; "" where the seed draws the run.
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
    run: str = ""

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

    def text(self, words) -> str:
        """What is asked, in the reader's language; of a run that was brought along, also where."""
        asked = words(self.text_key, **self.values)
        if not self.run:
            return asked
        one = self.experiment.H == 1
        return f"{words('ask.at_step' if one else 'ask.at_step_of_unit', **self.values)} {asked}"

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
        label = self.labels.get(option)
        return words(f"item.{self.item.key}.option.{option}", **self.values) if label is None else label


def after(table: Mapping[str, Quantity], *keys: str) -> tuple[str, ...]:
    """These quantities and all that is computed from them in a cell, from which they could be worked out."""
    found = set(keys) | {"kept"} if "erased" in keys else set(keys)  # each tells the other, beside C_prev
    for key, quantity in table.items():  # it is in the order of computation
        if found & set(quantity.parents) and key not in ("h_prev", "C_prev"):
            found.add(key)
    if "kept" in found:
        found.add("erased")
    return tuple(key for key in (*QUANTITIES, GRADIENT) if key in found)
