"""What it takes to solve a task on paper: task, its start -> **tables** of weights and run, as HTML."""

from collections.abc import Iterable

from ..lessons.tasks.task import GIVEN, Task, check
from ..params import GATES
from ..quantities import GATE_KEYS, QUANTITIES
from ..rounding import text
from ..words import Words
from ..workbench.experiment import Experiment
from .document import inline

_ROWS = ("f", "i", "C_tilde", "o", "C", "h")
"""Quantities of each unit in the table of the run."""


def task_tables(task: Task, start: Experiment, words: Words) -> str:
    """The weights that the task starts from, the run that they make, and the first step of each failure."""
    return (
        f'<p class="so">{words("paper.weights")}</p>{_weights(start, words)}'
        f'<p class="so">{words("paper.run")}</p>{_run(start, words)}{_failures(task, start, words)}'
    )


def aim(task: Task, words: Words) -> str:
    """What the task wants, and the conditions that its weights have to meet."""
    wanted = "".join(f"<li>{inline(words(task.condition_text(key)))}</li>" for key in task.condition_keys)
    return f"<p>{inline(words(task.aim_key))}</p><ul>{wanted}</ul>"


def solution(task: Task, seed: int) -> list[tuple[str, str, str]]:
    """One solution: the address of each number that it changes, and the number before and after."""
    start, solved = task.start(seed), task.solution(seed)
    numbers = [(address, start.value(address), solved.value(address)) for address in start.addresses()]
    return [(address, text(was), text(now)) for address, was, now in numbers if was != now]


def _weights(start: Experiment, words: Words) -> str:
    """A row for each unit and box: the bias, then the weight of each h and of each input."""
    params = start.params
    reads = [_symbol("h", start, k) for k in range(start.H)]
    reads += [_input(start, d, words) for d in range(start.D)]
    rows = [_row("th", ["", "<i>b</i>", *reads])]
    for k in range(start.H):
        for block, gate in enumerate(GATES):
            numbers = [params.b[block, k], *params.W[block, k]]
            rows.append(_row("td", [_symbol(GATE_KEYS[gate], start, k), *map(text, map(float, numbers))]))
    return f'<table class="numbers">{"".join(rows)}</table>'


def _run(start: Experiment, words: Words) -> str:
    """A column for each step: the inputs, then the gates, the memory and h of each unit."""
    trace = start.trace()
    rows = [_row("th", [words("axis.step"), *map(str, range(1, start.T + 1))])]
    for d in range(start.D):
        rows.append(_row("td", [_input(start, d, words), *map(text, trace.x[:, d].tolist())]))
    for k in range(start.H):
        for key in _ROWS:
            rows.append(_row("td", [_symbol(key, start, k), *map(text, getattr(trace, key)[:, k].tolist())]))
    return f'<table class="numbers">{"".join(rows)}</table>'


def _failures(task: Task, start: Experiment, words: Words) -> str:
    """Where the run goes wrong first, for each condition that it fails."""
    failures = [one for one in check(task, start).failures if one.where == GIVEN and one.t]
    told = "".join(f"<li>{inline(words(one.text_key, **one.values))}</li>" for one in failures)
    return f'<p class="so">{words("paper.goes_wrong")}</p><ul>{told}</ul>' if told else ""


def _input(start: Experiment, d: int, words: Words) -> str:
    return inline(words(f"preset.{start.preset}.x_{d + 1}"))


def _symbol(key: str, start: Experiment, k: int) -> str:
    """The letter of a quantity; with the number of its unit where there are several."""
    letter = f"<i>{QUANTITIES[key].letter}</i>"
    return letter if start.H == 1 else f"{letter}<sub>{k + 1}</sub>"


def _row(kind: str, cells: Iterable[str]) -> str:
    return f"<tr>{''.join(f'<{kind}>{cell}</{kind}>' for cell in cells)}</tr>"
