"""How far a task is on the inputs on screen: report -> **goal_line** -> HTML, which follows the hand."""

from ...lessons.tasks.task import UNSEEN_RUNS, Report, Task
from ...words import Words
from .. import svg
from ..typeset import emphasised


def goal_line(task: Task, report: Report, words: Words) -> str:
    """How many conditions hold, a sign for each, and what fails first; a click goes to the step where.

    report : of the run on screen alone; see `check_on_screen`.
    """
    conditions, failures = task.condition_keys, report.failures
    holds = sum(report.failure(key) is None for key in conditions) if report.runs else 0
    signs = "".join("●" if k < holds else "○" for k in range(len(conditions)))
    if not failures:
        said = words("task_card.live_all", n=UNSEEN_RUNS)
    else:
        said = words("task_card.live", n=holds, of=len(conditions))
    head = svg.tag("span", signs, aria_hidden="true", class_="signs") + emphasised(said)
    body = svg.tag("p", head, class_="said")
    if failures:
        first = min(failures, key=lambda failure: failure.t)
        where = {"data_role": "step", "data_t": first.t, "role": "button", "tabindex": 0} if first.t else {}
        text = svg.escaped(words(first.text_key, **first.values))
        body += svg.tag("p", text, class_="said missed", **where)
    return svg.tag("div", body, class_="goal done" if not failures else "goal", data_key="goal")
