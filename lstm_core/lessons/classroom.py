"""A class's files as one table: hand-ins -> **rows**, who missed what -> chart, CSV."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from ..workbench.harmless import to_csv
from .hand_in import HandIn
from .items import ITEMS, make
from .record import Attempt, Prediction
from .tasks import TASKS

RIGHT, MISSED, SKIPPED = OUTCOMES = ("right", "missed", "skipped")

ANONYMOUS_KEY = "handin.anonymous"
"""The text for somebody who typed no name."""

COLUMNS = (
    "name", "kind", "key", "seed", "outcome", "misconception", "answer", "truth", "why", "hints", "tries",
)  # fmt: skip
"""The header of the CSV, never translated."""


@dataclass(frozen=True)
class Row:
    """What one student made of one item or task.

    misconception : of the item; "" for a task. why : the belief that a wrong answer shows, or the
    conditions of the task that fail, with `+` between them.
    """

    name: str
    kind: str
    key: str
    seed: int
    outcome: str
    misconception: str = ""
    answer: str | float = ""
    truth: str | float = ""
    why: str = ""
    hints: int = 0
    tries: int = 1

    @property
    def outcome_key(self) -> str:
        return outcome_key(self.outcome)


@dataclass(frozen=True)
class Tally:
    """How a class did on one item or task: how many of each outcome, and the names of who missed it."""

    kind: str
    key: str
    right: int
    missed: int
    skipped: int
    missed_by: tuple[str, ...]


@dataclass(frozen=True)
class Error:
    """What some of a class got wrong in the same way.

    belief : the wrong idea that their answers to an item show, or the condition of a task that fails.
    example : an answer that shows it; None for a task.
    """

    kind: str
    key: str
    belief: str
    names: tuple[str, ...]
    example: Prediction | None = None

    def text(self, words: Callable[..., str]) -> str:
        """The sentence that answers the wrong idea, or what the condition asks."""
        if self.example:
            verdict = self.example.verdict
            return words(verdict.why_key, **verdict.values)
        task = TASKS[self.key]
        asked = self.belief in task.condition_keys
        return words(task.condition_text(self.belief) if asked else f"failed.{self.belief}")

    def said(self, words: Callable[..., str]) -> str:
        """The answer of the example as it was shown; "" for a task."""
        if not self.example:
            return ""
        asked, answer = make(self.example.item, self.example.seed), self.example.answer
        chosen = isinstance(answer, str)
        return asked.option_label(words, answer) if chosen else self.example.verdict.values["answer"]


def told_apart(handins: Iterable[HandIn], anonymous: str) -> tuple[list[HandIn], tuple[str, ...]]:
    """The hand-ins, the second of a name as "name (2)", and the names that came more than once.

    anonymous : what stands for somebody who typed no name.
    """
    handins = list(handins)
    times = Counter(handin.name or anonymous for handin in handins)
    apart: dict[str, HandIn] = {}
    for handin in handins:
        name = typed = handin.name or anonymous
        k = 1
        while name in apart or (k > 1 and name in times):
            k += 1
            name = f"{typed} ({k})"
        apart[name] = replace(handin, name=name)
    return list(apart.values()), tuple(name for name in times if times[name] > 1 and name != anonymous)


def summary(handins: Iterable[HandIn]) -> list[Row]:
    """A row for every prediction and task of every student, in the order of the files.

    Nothing is taken from the file but answers and weights: each is judged again here.
    """
    rows = []
    for handin in handins:
        rows += [_of_prediction(handin.name, prediction) for prediction in handin.predictions]
        rows += [_of_attempt(handin.name, attempt) for attempt in handin.attempts]
    return rows


def tallies(rows: Iterable[Row]) -> list[Tally]:
    """The rows by item and task, in the order of the tables; only those that somebody met."""
    rows = list(rows)
    found = []
    for kind, key in [*(("item", key) for key in ITEMS), *(("task", key) for key in TASKS)]:
        of_key = [row for row in rows if (row.kind, row.key) == (kind, key)]
        counts = [sum(row.outcome == outcome for row in of_key) for outcome in OUTCOMES]
        missed_by = tuple(dict.fromkeys(row.name for row in of_key if row.outcome == MISSED))
        if of_key:
            found.append(Tally(kind, key, *counts, missed_by))
    return found


def errors(handins: Iterable[HandIn]) -> list[Error]:
    """The wrong ideas of a class by item and task, in the order of the tables, the commonest first."""
    found: dict[tuple[str, str, str], list[tuple[str, Prediction | None]]] = {}
    for handin in handins:
        for prediction in handin.predictions:
            if prediction.verdict and not prediction.verdict.right:
                place = "item", prediction.item, prediction.verdict.belief
                found.setdefault(place, []).append((handin.name, prediction))
        for attempt in handin.attempts:
            for failure in attempt.report.failures:
                place = "task", attempt.task, failure.condition
                found.setdefault(place, []).append((handin.name, None))
    order = [*(("item", key) for key in ITEMS), *(("task", key) for key in TASKS)]
    every = [
        Error(*place, tuple(dict.fromkeys(name for name, _ in shown)), shown[0][1])
        for place, shown in found.items()
    ]
    return sorted(every, key=lambda error: (order.index((error.kind, error.key)), -len(error.names)))


def outcome_key(outcome: str) -> str:
    """The text that names one of OUTCOMES."""
    return f"handin.outcome.{outcome}"


def name_key(kind: str, key: str) -> str:
    """The text that names an item or a task."""
    return (ITEMS if kind == "item" else TASKS)[key].name_key


def summary_csv(rows: Iterable[Row]) -> str:
    """The rows as CSV text, safe to open in a spreadsheet."""
    return to_csv(COLUMNS, ([getattr(row, name) for name in COLUMNS] for row in rows))


def _of_prediction(name: str, prediction: Prediction) -> Row:
    verdict, misconception = prediction.verdict, ITEMS[prediction.item].misconception
    common = (name, "item", prediction.item, prediction.seed)
    if verdict is None:
        return Row(*common, SKIPPED, misconception)
    outcome = RIGHT if verdict.right else MISSED
    return Row(*common, outcome, misconception, _told(verdict.answer), _told(verdict.truth), verdict.belief)


def _of_attempt(name: str, attempt: Attempt) -> Row:
    report = attempt.report
    why = "+".join(failure.condition for failure in report.failures)
    outcome = RIGHT if report.passed else MISSED
    common = (name, "task", attempt.task, attempt.seed, outcome)
    return Row(*common, why=why, hints=attempt.hints, tries=attempt.tries)


def _told(answer) -> str | float:
    """A number for a cell of its own; a curve in brackets, so that no spreadsheet takes it for a formula."""
    if isinstance(answer, tuple):
        return "[" + " ".join(f"{number:.2f}" for number in answer) + "]"
    return answer if isinstance(answer, str) else round(answer, 2) + 0.0
