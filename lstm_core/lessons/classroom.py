"""The files of a class as one table: hand-ins -> **rows**, who missed what -> chart, list, CSV."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from ..training.trials import TRIALS
from ..workbench.experiment import Experiment
from ..workbench.harmless import to_csv
from .hand_in import HandIn
from .items import ITEMS, make
from .marks import Course
from .own_run import run_of
from .record import Attempt, Prediction
from .tasks import TASKS
from .trained import Trained
from .variants import answer_cell
from .verdict import MISSED, OUTCOMES

ANONYMOUS_KEY = "hand_in.anonymous"
"""The text that stands for a student who typed no name."""

COLUMNS = (
    "name", "kind", "key", "seed", "run", "outcome", "misconception", "answer", "truth", "why", "hints_said",
    "tries_said", "about", "number", "part", "points",
)  # fmt: skip
"""The header of the CSV, never translated. What is `said` stands in the file, and nobody can check it."""


@dataclass(frozen=True)
class Row:
    """The name of a student beside one answer or attempt of that student.

    run : the number of the teacher's own run that was asked about, in the order in which the class met
        them; 0 where the seed drew the run, and for tasks.
    number : that the file says the student gave; see `student.py`.
    """

    name: str
    work: Prediction | Attempt | Trained
    run: int = 0
    number: str = ""


@dataclass(frozen=True)
class Tally:
    """How a class did on one item or task: how many of each outcome.

    run : as in `Row`; an item that was asked of another run is counted apart.
    """

    kind: str
    key: str
    right: int
    missed: int
    skipped: int
    run: int = 0


@dataclass(frozen=True)
class Error:
    """What some of a class got wrong in the same way.

    belief : the wrong idea that their answers to an item show, or the condition of a task that fails.
    names : the students, each once.
    example : an answer that shows the wrong idea; None for a task.
    run : as in `Row`.
    """

    kind: str
    key: str
    belief: str
    names: tuple[str, ...]
    example: Prediction | None = None
    run: int = 0

    def text(self, words: Callable[..., str]) -> str:
        """For an item the sentence that corrects the wrong idea, for a task what the condition asks."""
        if self.example:
            verdict = self.example.verdict
            assert verdict is not None, "an example is an answer, and no skipped question"
            return words(verdict.why_key, **verdict.values)
        task = TASKS[self.key]
        is_condition = self.belief in task.condition_keys
        return words(task.condition_text(self.belief) if is_condition else f"failed.{self.belief}")

    @property
    def misconception_key(self) -> str | None:
        """The text that names the misconception that the answers show; None where they show none."""
        verdict = self.example.verdict if self.example else None
        return f"misconception.{verdict.misconception}" if verdict and verdict.misconception else None

    def said(self, words: Callable[..., str]) -> str:
        """The answer of the example as it stood on screen; "" for a task."""
        if not self.example:
            return ""
        asked, answer = make(*self.example.place), self.example.answer
        if isinstance(answer, str):
            return asked.option_label(words, answer)
        assert self.example.verdict is not None, "an example is an answer, and no skipped question"
        return self.example.verdict.values["answer"]


def told_apart(hand_ins: Iterable[HandIn], anonymous: str) -> tuple[list[HandIn], tuple[str, ...]]:
    """The hand-ins under names of their own, and the names that several students typed.

    The second hand-in of a name becomes "name (2)", and so on.
    anonymous : what stands for a student who typed no name.
    """
    hand_ins = list(hand_ins)
    times = Counter(hand_in.name or anonymous for hand_in in hand_ins)
    apart: dict[str, HandIn] = {}
    for hand_in in hand_ins:
        name = typed = hand_in.name or anonymous
        k = 1
        while name in apart or (k > 1 and name in times):
            k += 1
            name = f"{typed} ({k})"
        apart[name] = replace(hand_in, name=name)
    return list(apart.values()), tuple(name for name in times if times[name] > 1 and name != anonymous)


def summary(hand_ins: Iterable[HandIn]) -> list[Row]:
    """A row for each prediction, task and trial of each student, in the order of the files."""
    rows: list[Row] = []
    numbers = {"": 0}
    for hand_in in hand_ins:
        rows += [
            Row(
                hand_in.name,
                prediction,
                numbers.setdefault(prediction.run, len(numbers)),
                hand_in.student,
            )
            for prediction in hand_in.predictions
        ]
        others: list[Attempt | Trained] = [*hand_in.attempts, *hand_in.trained]
        rows += [Row(hand_in.name, work, number=hand_in.student) for work in others]
    return rows


def tallies(rows: Iterable[Row]) -> list[Tally]:
    """How the class did on each item and task that somebody met, in the order of ITEMS and TASKS."""
    rows = list(rows)
    found = []
    order = order_of_works()
    for kind, key, run in sorted(
        {_group(row) for row in rows}, key=lambda one: (order.index(one[:2]), one[2])
    ):
        of_key = [row for row in rows if _group(row) == (kind, key, run)]
        right, missed, skipped = (sum(row.work.outcome == outcome for row in of_key) for outcome in OUTCOMES)
        found.append(Tally(kind, key, right, missed, skipped, run))
    return found


def errors(hand_ins: Iterable[HandIn]) -> list[Error]:
    """The wrong ideas of a class, in the order of ITEMS and TASKS; for each of these the commonest first."""
    names: dict[tuple[str, str, int, str], dict[str, None]] = {}
    examples: dict[tuple[str, str, int, str], Prediction] = {}
    for row in summary(hand_ins):
        for belief in _beliefs(row.work):
            error = *_group(row), belief
            names.setdefault(error, {})[row.name] = None
            if isinstance(row.work, Prediction):
                examples.setdefault(error, row.work)
    found = [
        Error(kind, key, belief, tuple(who), examples.get((kind, key, run, belief)), run)
        for (kind, key, run, belief), who in names.items()
    ]
    order = order_of_works()
    return sorted(found, key=lambda one: (order.index((one.kind, one.key)), one.run, -len(one.names)))


def runs(rows: Iterable[Row]) -> dict[int, Experiment]:
    """The runs that teachers brought along, by their numbers."""
    return {row.run: run_of(row.work.run) for row in rows if isinstance(row.work, Prediction) and row.run}


def name(words: Callable[..., str], kind: str, key: str, run: int = 0) -> str:
    """What an item, a task or a trial is called, and which run an item was asked of."""
    if kind == "trial":
        return words(f"learning.task.{key}.name")
    said = words((ITEMS if kind == "item" else TASKS)[key].name_key)
    return words("hand_ins.of_run", name=said, n=run) if run else said


def summary_csv(rows: Iterable[Row], course: Course | None = None) -> str:
    """The rows as CSV text under COLUMNS, safe to open in a spreadsheet.

    course : the marks of the class. Then the answers that count have the number of their part, and its
        points.

    misconception : the one that the answer shows; "" for a right answer, a slip and a task.
    about : the misconception that the item is about, on every row of an item.
    run : the number of a teacher's own run; "" where the seed drew the run, and for a task.
    why : the wrong idea that an answer shows, or the conditions of a task that fail, joined by `+`.
    """
    counted = {
        id(work): (str(n), got)
        for one in (course.marked if course else ())
        for n, (work, got) in enumerate(zip(one.works, one.got, strict=True), 1)
    }
    return to_csv(COLUMNS, ((*_cells(row), row.number, *counted.get(id(row.work), ("", ""))) for row in rows))


def _group(row: Row) -> tuple[str, str, int]:
    """What answers are counted under together."""
    return row.work.kind, row.work.key, row.run


def order_of_works() -> list[tuple[str, str]]:
    """Kind and key of all that can be done, in the order in which it is listed."""
    return [
        *(("item", key) for key in ITEMS),
        *(("task", key) for key in TASKS),
        *(("trial", key) for key in TRIALS),
    ]


def _beliefs(work: Prediction | Attempt | Trained) -> tuple[str, ...]:
    """The wrong idea that an answer shows, or the conditions that the weights fail; () for a right one."""
    if isinstance(work, Attempt):
        return tuple(failure.condition for failure in work.report.failures)
    if isinstance(work, Trained):
        return ()
    return (work.verdict.belief,) if work.verdict and work.outcome == MISSED else ()


def _cells(row: Row) -> tuple:
    """A row of the CSV, in the order of COLUMNS, up to `about`."""
    work = row.work
    answer: str | float = ""
    truth: str | float = ""
    misconception = hints = tries = about = ""
    if isinstance(work, Attempt):
        hints, tries = str(work.hints), str(work.tries)
    elif isinstance(work, Trained):
        answer = work.plan or f"unit {work.unit}"
    else:
        verdict, about = work.verdict, ITEMS[work.item].misconception
        misconception = (verdict.misconception or "") if verdict else ""
        answer, truth = (answer_cell(verdict.answer), answer_cell(verdict.truth)) if verdict else ("", "")
    why = "+".join(_beliefs(work))
    return (
        row.name, work.kind, work.key, work.seed, str(row.run or ""), work.outcome, misconception, answer,
        truth, why, hints, tries, about,
    )  # fmt: skip
