"""What a reader did in lessons: answers and weights -> **record** -> the file handed in, the browser's tab.

An answer has one shape everywhere, from the card on which it is locked to the table of a class: a
`Prediction`. What a reader made of a task is an `Attempt`. A record that comes from a file or from a
browser is treated as hostile: its size is bounded before it is parsed, and whether an answer is right
is never read from it but worked out again from the answer itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import ClassVar

from ..params import LSTMParams
from ..training.trials import TRIALS
from ..workbench.experiment import HAND_H, Experiment
from ..workbench.fields import one_of, parsed, plain_params, read_plain_params, whole
from ..workbench.intake import Refused
from .items import ITEMS, make
from .question import SEEDS, Numbers
from .tasks import TASKS
from .tasks.task import Report, check, with_weights
from .trained import Trained, plain_trained, read_trained
from .verdict import MISSED, RIGHT, SKIPPED, Verdict, judge

MAX_JSON = 400_000
"""Most characters that are parsed."""

MAX_PREDICTIONS, MAX_TASKS, MAX_HINTS, MAX_TRIES = 100, 40, 3, 9999

Place = tuple[str, int]
"""The key of an item or task and the seed of its variant. A reader has one answer or attempt for each."""


def outcome_key(outcome: str) -> str:
    """The text that names one of OUTCOMES."""
    return f"hand_in.outcome.{outcome}"


@dataclass(frozen=True)
class Prediction:
    """An answer that was locked.

    answer : the key of an option, a number, or one number for each step that was drawn; None where the
        question was skipped.
    """

    item: str
    seed: int
    answer: str | Numbers | None

    kind: ClassVar[str] = "item"

    @property
    def key(self) -> str:
        return self.item

    @property
    def place(self) -> Place:
        return self.item, self.seed

    @cached_property
    def verdict(self) -> Verdict | None:
        """The answer compared with the run, None for a skipped question.

        Raises ValueError where the question can't have such an answer.
        """
        return None if self.answer is None else judge(make(self.item, self.seed), self.answer)

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

    predictions: dict[Place, Prediction] = field(default_factory=dict)
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


# -- as JSON --------------------------------------------------------------------------------------

Done = tuple[tuple[Prediction, ...], tuple[Attempt, ...], tuple[Help, ...], tuple[Trained, ...]]
"""The part of a record that goes into files: predictions, attempts, help and trials, in the order of time."""


def to_json(
    predictions: Iterable[Prediction],
    attempts: Iterable[Attempt],
    helps: Iterable[Help] = (),
    trained: Iterable[Trained] = (),
) -> str:
    """Predictions, attempts, help and trials as JSON without spaces."""
    return json.dumps(plain_record(predictions, attempts, helps, trained), separators=(",", ":"))


def from_json(text: str) -> Done:
    """The predictions, attempts, help and trials that `to_json` wrote. Raises Refused."""
    if len(text) > MAX_JSON:
        raise Refused("too_large_inside", most=MAX_JSON // 1000)
    data = parsed(text)
    if not isinstance(data, dict):
        raise Refused("not_json")
    return read_record(data)


def plain_record(
    predictions: Iterable[Prediction],
    attempts: Iterable[Attempt],
    helps: Iterable[Help] = (),
    trained: Iterable[Trained] = (),
) -> dict:
    """Predictions, attempts, help and trials as data for JSON; an option stands there as its code.

    Where there are more than `read_record` accepts, the oldest are left out.
    """
    return {
        "predictions": [
            {"item": p.item, "seed": p.seed, "answer": _coded(p)}
            for p in list(predictions)[-MAX_PREDICTIONS:]
        ],
        "tasks": [
            {name: getattr(a, name) for name in ("task", "seed", "hints", "tries")}
            | {"params": plain_params(a.params)}
            for a in list(attempts)[-MAX_TASKS:]
        ],
        "helps": [asdict(taken) for taken in list(helps)[-MAX_TASKS:]],
        "trials": [plain_trained(done) for done in trained],
    }


def read_record(data: dict) -> Done:
    """The predictions, attempts, help and trials that `plain_record` wrote. Raises Refused.

    The app writes one entry for each variant, so a file with several was written by somebody else.
    """
    predictions = _once("predictions", map(_prediction, _entries(data, "predictions", MAX_PREDICTIONS)))
    attempts = _once("tasks", map(_attempt, _entries(data, "tasks", MAX_TASKS)))
    helps = _once("helps", map(_help, _entries(data, "helps", MAX_TASKS)))
    # A record that was written before there were trials has none.
    trials = _entries({"trials": data.get("trials", [])}, "trials", len(TRIALS))
    return predictions, attempts, helps, _once("trials", map(read_trained, trials))


def _entries(data: dict, name: str, most: int) -> list[dict]:
    found = data.get(name)
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise Refused("field", name=name)
    if len(found) > most:
        raise Refused("too_many", name=name, most=most)
    return found


def _once(name: str, entries: Iterable) -> tuple:
    entries = tuple(entries)
    if len({entry.place for entry in entries}) < len(entries):
        raise Refused("twice", name=name)
    return entries


def _coded(prediction: Prediction) -> str | Numbers | None:
    """The answer as it stands in a file: an option as its code."""
    answer = prediction.answer
    return make(*prediction.place).codes[answer] if isinstance(answer, str) else answer


def _prediction(entry: dict) -> Prediction:
    place = one_of(entry, "item", ITEMS), whole(entry, "seed", SEEDS[0], SEEDS[-1])
    answer = entry.get("answer")
    if isinstance(answer, str):
        options = {code: option for option, code in make(*place).codes.items()}
        answer = options[one_of(entry, "answer", options)]
    prediction = Prediction(*place, tuple(answer) if isinstance(answer, list) else answer)
    try:
        _ = prediction.verdict  # judging is what refuses an impossible answer
    except (ValueError, TypeError, OverflowError):
        raise Refused("field", name="answer") from None
    return prediction


def _attempt(entry: dict) -> Attempt:
    key, seed = one_of(entry, "task", TASKS), whole(entry, "seed", SEEDS[0], SEEDS[-1])
    params = read_plain_params(entry.get("params"))
    if params.D != TASKS[key].start(seed).D or params.H > HAND_H:
        raise Refused("field", name="params")
    hints, tries = whole(entry, "hints", 0, MAX_HINTS), whole(entry, "tries", 0, MAX_TRIES)
    return Attempt(key, seed, params, hints, tries)


def _help(entry: dict) -> Help:
    key, seed = one_of(entry, "task", TASKS), whole(entry, "seed", SEEDS[0], SEEDS[-1])
    if not isinstance(entry.get("solution"), bool):
        raise Refused("field", name="solution")
    return Help(key, seed, whole(entry, "hints", 0, MAX_HINTS), entry["solution"])
