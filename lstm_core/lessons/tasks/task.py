"""Tasks and how weights are checked: task, experiment -> **report**, on given inputs and on unseen ones."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from ...cell import forward
from ...params import LSTMParams
from ...trace import LSTMTrace
from ...workbench.experiment import Experiment
from .conditions import Miss

RULES, GIVEN, UNSEEN = "rules", "given", "unseen"
"""Where a condition can fail: in the experiment itself, on the inputs of the task, on unseen inputs."""

Condition = Callable[[LSTMTrace], Miss | None]


@dataclass(frozen=True, eq=False)  # each is there once, and known by itself
class Task:
    """Something to make a cell do.

    page : where it is worked on.
    start : seed -> the experiment that it starts from; only tasks that are `seeded` depend on the seed.
    solved : address -> number, the changes that solve it. Shown to a reader who gives up.
    unseen : makes inputs (T, D) that the reader has not seen, from a random generator.
    conditions : what every run has to do, by key.
    few_changes : how many numbers may at most be changed; None for any number.
    forget_gate_free : whether the cell of 1997, which has no forget gate, may be used. No other kind of cell
        than this and that of the start is allowed.
    """

    key: str
    page: str
    start: Callable[[int], Experiment]
    solved: Mapping[str, float]
    unseen: Callable[[np.random.Generator], np.ndarray]
    conditions: Mapping[str, Condition]
    few_changes: int | None = None
    forget_gate_free: bool = False
    seeded: bool = False

    @property
    def name_key(self) -> str:
        return f"task.{self.key}.name"

    @property
    def aim_key(self) -> str:
        """The text that says in a sentence or two what the cell has to do."""
        return f"task.{self.key}.aim"

    @property
    def hint_keys(self) -> tuple[str, ...]:
        """The texts of the three hints, from a question to the solution itself."""
        return tuple(f"task.{self.key}.hint_{grade}" for grade in (1, 2, 3))

    @property
    def condition_keys(self) -> tuple[str, ...]:
        """The keys of all that is asked, in the order in which it is told."""
        return (*self.conditions, *(() if self.few_changes is None else ("few_changes",)))

    def condition_text(self, condition: str) -> str:
        """The text that says what a condition asks."""
        return f"task.{self.key}.condition.{condition}"

    def solution(self, seed: int = 1) -> Experiment:
        """An experiment that passes."""
        solved = self.start(seed)
        for address, value in self.solved.items():
            solved = solved.edited(address, value)
        return solved


@dataclass(frozen=True)
class Failure:
    """A condition that does not hold.

    where : RULES for the experiment itself, GIVEN or UNSEEN for a run.
    t : the first step at which it fails, counted from 1; 0 for RULES.
    x : the unseen inputs (T, D) on which it fails, else None.
    text_key : the text that says so; `values` fills it.
    """

    condition: str
    where: str
    t: int
    values: Mapping[str, str]
    x: np.ndarray | None = None

    @property
    def text_key(self) -> str:
        return f"failed.{self.condition}"


@dataclass(frozen=True)
class Report:
    """What came of a check.

    failures : each condition that fails, once, where it fails first.
    runs : how many inputs the weights ran on; 0 where the experiment breaks a rule.
    """

    failures: tuple[Failure, ...]
    runs: int

    @property
    def passed(self) -> bool:
        return not self.failures

    @property
    def heading_key(self) -> str:
        """The text that says that the task is solved, or where it fails first."""
        return "verdict.passed" if self.passed else f"verdict.{self.failures[0].where}"

    def failure(self, condition: str) -> Failure | None:
        """How a condition fails; None where it holds."""
        return next((failure for failure in self.failures if failure.condition == condition), None)


UNSEEN_RUNS = 8
"""On so many unseen inputs a task is checked."""


def check(task: Task, experiment: Experiment, seed: int = 1) -> Report:
    """Run the weights of an experiment on the given inputs and on unseen ones, which are always the same.

    An experiment that breaks a rule is not run, and the report names the rules: pinned gates, other
    inputs than those of the task, a state before step 1 that is not 0, another size, another kind of cell
    than is allowed.
    """
    start = task.start(seed)
    runs = [(GIVEN, start.x), *((UNSEEN, x) for x in unseen_inputs(task))]
    return _report(task, start, experiment, runs)


def check_on_screen(task: Task, experiment: Experiment, seed: int = 1) -> Report:
    """The same for the one run that is on screen, while a hand moves its weights: its inputs alone.

    These may also be unseen inputs of the check that the reader looks at.
    """
    start = _begun(task, seed)
    if shows_unseen(task, experiment.x):
        start = on_inputs(start, experiment.x)
    return _report(task, start, experiment, [(GIVEN, experiment.x)])


def sizes(task: Task, seed: int) -> tuple[int, int]:
    """The numbers of units and inputs of the cell that is asked for."""
    start = _begun(task, seed)
    return start.H, start.D


def wanted(task: Task, seed: int, x: np.ndarray) -> LSTMTrace:
    """What a cell that solves the task does with inputs (T, D) of the right number of columns."""
    return forward(_solved(task, seed), x)


def changed(start: Experiment, tried: Experiment) -> int:
    """How many weights and biases differ. Raises ValueError for cells of other sizes."""
    return sum(
        int((a != b).sum()) for a, b in ((start.params.W, tried.params.W), (start.params.b, tried.params.b))
    )


def fewest(task: Task, seed: int = 1) -> int:
    """How many weights and biases the shortest solution that is known changes."""
    return changed(_begun(task, seed), task.solution(seed))


@lru_cache(64)  # A hand that moves a weight asks for it each time.
def _begun(task: Task, seed: int) -> Experiment:
    return task.start(seed)


@lru_cache(64)
def _solved(task: Task, seed: int) -> LSTMParams:
    return task.solution(seed).params


def _report(
    task: Task, start: Experiment, tried: Experiment, runs: Sequence[tuple[str, np.ndarray]]
) -> Report:
    """What fails, and where first: on which kind of inputs, and the inputs. A broken rule is told alone."""
    broken = tuple(
        Failure(rule, RULES, 0, {}) for rule, holds in _RULES.items() if not holds(task, start, tried)
    )
    if broken:
        return Report(broken, 0)
    failures: dict[str, Failure] = {}
    for where, x in runs:
        trace = forward(tried.params, x)
        for key, condition in task.conditions.items():
            miss = None if key in failures else condition(trace)
            if miss:
                unseen = x if where == UNSEEN else None
                failures[key] = Failure(key, where, miss.t, {"t": str(miss.t)} | dict(miss.values), unseen)
    most = task.few_changes
    if most is not None and (count := changed(start, tried)) > most:
        failures["few_changes"] = Failure("few_changes", RULES, 0, {"n": str(count), "most": str(most)})
    ordered = tuple(failures[key] for key in task.condition_keys if key in failures)
    return Report(ordered, len(runs))


@lru_cache(64)
def unseen_inputs(task: Task) -> list[np.ndarray]:
    """The inputs (T, D) that a task is checked on beside the given ones; they are the same for everybody."""
    random = np.random.default_rng([2000, *task.key.encode()])
    return [np.round(task.unseen(random), 2) + 0.0 for _ in range(UNSEEN_RUNS)]


def with_weights(start: Experiment, params) -> Experiment:
    """The start of a task with other weights. Raises ValueError for weights that do not fit its inputs."""
    return replace(start, params=params, h0=np.zeros(params.H), C0=np.zeros(params.H))


def shows_unseen(task: Task, x: np.ndarray) -> bool:
    """Whether inputs (T, D) are among the unseen ones that the task is checked on."""
    return any(np.array_equal(x, unseen) for unseen in unseen_inputs(task))


def on_inputs(experiment: Experiment, x: np.ndarray) -> Experiment:
    """The same weights on other inputs (T, D). A pin at a step that the new inputs lack is dropped."""
    return replace(experiment.resized(D=x.shape[1], T=len(x)), x=x, labels=())


def _same_size(task: Task, start: Experiment, tried: Experiment) -> bool:
    return (tried.H, tried.D, tried.T) == (start.H, start.D, start.T)


_RULES: dict[str, Callable[[Task, Experiment, Experiment], bool]] = {
    "size": _same_size,
    "inputs": lambda task, start, tried: (
        not _same_size(task, start, tried) or np.array_equal(tried.x, start.x)
    ),
    "start": lambda task, start, tried: not (tried.h0.any() or tried.C0.any()),
    "pins": lambda task, start, tried: not tried.pins,
    "variant": lambda task, start, tried: (
        tried.variant == start.variant or (task.forget_gate_free and tried.variant == "1997")
    ),
}
"""Rule -> whether it holds, from the task, its start and the experiment."""
