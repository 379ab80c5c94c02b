"""What a reader did in lessons: answers and weights -> **record** -> the file handed in, the browser's tab.

An answer has one shape everywhere, from the card on which it is locked to the table of a class: a
`Prediction`. What a reader made of a task is an `Attempt`. `record_json.py` writes and reads both.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from ..params import LSTMParams
from ..workbench.experiment import Experiment
from .items import make
from .question import Numbers
from .tasks import TASKS
from .tasks.task import Report, changed, check, fewest, with_weights
from .trained import Trained
from .verdict import MISSED, RIGHT, SKIPPED, Verdict, judge

Place = tuple[str, int]
"""The key of a task and the seed of its variant. A reader has one attempt for each."""

Asked = tuple[str, int, str]
"""What `items.make` makes a question of: item, seed and the word of the run, "" for the one that the seed
draws. A reader has one answer to each."""


def outcome_key(outcome: str) -> str:
    """The text that names one of OUTCOMES."""
    return f"hand_in.outcome.{outcome}"


@dataclass(frozen=True)
class Prediction:
    """An answer that was locked.

    answer : the key of an option, a number, or one number for each step that was drawn; None where the
        question was skipped.
    run : the word of the run that was asked about, if a teacher brought it; see `own_run.py`.
    """

    item: str
    seed: int
    answer: str | Numbers | None
    run: str = ""

    kind: ClassVar[str] = "item"

    @property
    def key(self) -> str:
        return self.item

    @property
    def place(self) -> Asked:
        return self.item, self.seed, self.run

    @cached_property
    def verdict(self) -> Verdict | None:
        """The answer compared with the run, None for a skipped question.

        Raises ValueError where the question can't have such an answer.
        """
        return None if self.answer is None else judge(make(*self.place), self.answer)

    @property
    def outcome(self) -> str:
        """One of OUTCOMES."""
        if self.verdict is None:
            return SKIPPED
        return RIGHT if self.verdict.right else MISSED


@dataclass(frozen=True)
class Attempt:
    """What a reader made of a task.

    params : the last weights that were checked, or those that solved the task.
    hints : how many hints were read. tries : how often the weights were checked.
    """

    task: str
    seed: int
    params: LSTMParams
    hints: int = 0
    tries: int = 1

    kind: ClassVar[str] = "task"

    @property
    def key(self) -> str:
        return self.task

    @property
    def place(self) -> Place:
        return self.task, self.seed

    @property
    def experiment(self) -> Experiment:
        """The weights on the inputs of the task."""
        return with_weights(TASKS[self.task].start(self.seed), self.params)

    @cached_property
    def report(self) -> Report:
        """The check of the weights, on the inputs of the task and on unseen ones."""
        return check(TASKS[self.task], self.experiment, self.seed)

    @property
    def changed(self) -> int:
        """How many weights and biases are others than the task starts with."""
        return changed(TASKS[self.task].start(self.seed), self.experiment)

    @property
    def fewest(self) -> int:
        """How many the shortest solution that is known changes."""
        return fewest(TASKS[self.task], self.seed)

    @property
    def outcome(self) -> str:
        """RIGHT or MISSED."""
        return RIGHT if self.report.passed else MISSED


@dataclass(frozen=True)
class Help:
    """What help a reader took with a task: how many hints, and whether the solution was put on screen."""

    task: str
    seed: int
    hints: int = 0
    solution: bool = False

    @property
    def place(self) -> Place:
        return self.task, self.seed


@dataclass
class Record:
    """What one reader did, each answer and attempt at its place.

    hints : how many hints of a task were read; the next attempt takes the number over.
    trained : what was done of the trials of the page Learning, by key.
    solutions_seen : tasks whose solution was put on screen. A check of it is not an attempt.
    name : what the reader typed for the file to hand in; it is used nowhere else.
    """

    predictions: dict[Asked, Prediction] = field(default_factory=dict)
    attempts: dict[Place, Attempt] = field(default_factory=dict)
    trained: dict[str, Trained] = field(default_factory=dict)
    hints: dict[Place, int] = field(default_factory=dict)
    solutions_seen: set[Place] = field(default_factory=set)
    name: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.predictions or self.attempts or self.trained or self.hints or self.solutions_seen)

    @property
    def helps(self) -> tuple[Help, ...]:
        """The help that was taken with each task."""
        places = dict.fromkeys([*self.hints, *sorted(self.solutions_seen)])
        return tuple(Help(*place, self.hints.get(place, 0), place in self.solutions_seen) for place in places)

    def add(
        self,
        predictions: Iterable[Prediction],
        attempts: Iterable[Attempt],
        helps: Iterable[Help] = (),
        trained: Iterable[Trained] = (),
    ) -> None:
        """Add what comes from a file or a browser. A place that is taken here already stays as it is.

        Help that was taken is never forgotten, neither here nor there.
        """
        for taken in helps:
            self.hints[taken.place] = max(self.hints.get(taken.place, 0), taken.hints)
            if taken.solution:
                self.solutions_seen.add(taken.place)
        for prediction in predictions:
            self.predictions.setdefault(prediction.place, prediction)
        for attempt in attempts:
            self.attempts.setdefault(attempt.place, attempt)
        for done in trained:
            self.trained.setdefault(done.place, done)
