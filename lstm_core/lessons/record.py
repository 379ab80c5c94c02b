"""What a reader did in lessons: answers and weights -> **record** -> hand-in, browser's tab, and back.

What is read is treated as hostile: bounded before it is parsed, and judged again from the answers and
weights in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from ..params import LSTMParams
from ..workbench.experiment import HAND_H, Experiment
from ..workbench.fields import one_of, parsed, whole
from ..workbench.intake import Refused, read_params
from .items import ITEMS, make
from .question import SEEDS, Verdict, judge
from .tasks import TASKS
from .tasks.task import Report, check, with_weights

MAX_JSON = 400_000
"""Most characters that are parsed."""

MAX_PREDICTIONS, MAX_TASKS, MAX_HINTS, MAX_TRIES = 100, 40, 3, 9999


@dataclass(frozen=True)
class Prediction:
    """An answer that was locked: an option, a number, or numbers; None where it was skipped."""

    item: str
    seed: int
    answer: str | float | tuple[float, ...] | None

    @cached_property
    def verdict(self) -> Verdict | None:
        """What the answer is worth; None where there is none. Raises ValueError for an impossible one."""
        return None if self.answer is None else judge(make(self.item, self.seed), self.answer)


@dataclass(frozen=True)
class Attempt:
    """What came of a task: the last weights tried, how many hints were read, how often it was checked."""

    task: str
    seed: int
    params: LSTMParams
    hints: int = 0
    tries: int = 1

    @property
    def experiment(self) -> Experiment:
        """Those weights on the inputs of the task."""
        return with_weights(TASKS[self.task].start(self.seed), self.params)

    @cached_property
    def report(self) -> Report:
        """The check of those weights."""
        return check(TASKS[self.task], self.experiment, self.seed)


Done = tuple[tuple[Prediction, ...], tuple[Attempt, ...]]


def to_json(predictions: Iterable[Prediction], attempts: Iterable[Attempt]) -> str:
    """A record as short JSON."""
    return json.dumps(plain_record(predictions, attempts), separators=(",", ":"))


def from_json(text: str) -> Done:
    """The record that `to_json` wrote. Raises Refused."""
    if len(text) > MAX_JSON:
        raise Refused("too_large_inside", most=MAX_JSON // 1000)
    data = parsed(text)
    if not isinstance(data, dict):
        raise Refused("not_json")
    return read_record(data)


def plain_record(predictions: Iterable[Prediction], attempts: Iterable[Attempt]) -> dict:
    """A record as data for JSON; what is more than `read_record` takes is left out, the oldest first."""
    return {
        "predictions": [
            {"item": p.item, "seed": p.seed, "answer": p.answer} for p in list(predictions)[-MAX_PREDICTIONS:]
        ],
        "tasks": [
            {name: getattr(a, name) for name in ("task", "seed", "hints", "tries")}
            | {"params": plain_params(a.params)}
            for a in list(attempts)[-MAX_TASKS:]
        ],
    }


def read_record(data: dict) -> Done:
    """The record that `plain_record` made. Raises Refused."""
    predictions = tuple(map(_prediction, _list(data, "predictions", MAX_PREDICTIONS)))
    return predictions, tuple(map(_attempt, _list(data, "tasks", MAX_TASKS)))


# -- fields ---------------------------------------------------------------------------------------


def plain_params(params: LSTMParams) -> dict:
    """Weights as data for JSON."""
    return json.loads(params.to_json())


def _list(data: dict, name: str, most: int) -> list[dict]:
    found = data.get(name)
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise Refused("field", name=name)
    if len(found) > most:
        raise Refused("too_many", name=name, most=most)
    return found


def _prediction(entry: dict) -> Prediction:
    answer = entry.get("answer")
    answer = tuple(answer) if isinstance(answer, list) else answer
    prediction = Prediction(one_of(entry, "item", ITEMS), whole(entry, "seed", SEEDS[0], SEEDS[-1]), answer)
    try:
        _ = prediction.verdict
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


def read_plain_params(data) -> LSTMParams:
    """The weights that `plain_params` wrote. Raises Refused."""
    try:
        return read_params(json.dumps(data).encode())
    except Refused:
        raise Refused("field", name="params") from None


@dataclass
class Record:
    """What this reader did, by key and seed: answers and attempts, and hints read before an attempt.

    shown : tasks whose solution is on screen; what is checked meanwhile is not the reader's.
    name : as it goes into the file that is handed in, and nowhere else.
    """

    answers: dict[tuple[str, int], object] = field(default_factory=dict)
    attempts: dict[tuple[str, int], Attempt] = field(default_factory=dict)
    hints: dict[tuple[str, int], int] = field(default_factory=dict)
    shown: set[tuple[str, int]] = field(default_factory=set)
    name: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.answers or self.attempts)

    def add(self, predictions: tuple[Prediction, ...], attempts: tuple[Attempt, ...]) -> None:
        """What was done elsewhere; what was done here as well stays as it is."""
        for prediction in predictions:
            self.answers.setdefault((prediction.item, prediction.seed), prediction.answer)
        for attempt in attempts:
            self.attempts.setdefault((attempt.task, attempt.seed), attempt)

    def predictions(self) -> tuple[Prediction, ...]:
        return tuple(Prediction(item, seed, answer) for (item, seed), answer in self.answers.items())
