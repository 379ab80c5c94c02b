"""A class at a glance: names and rows -> **table** of students and what they did, as HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ..classroom import MISSED, OUTCOMES, RIGHT, SKIPPED, Row, name_key, outcome_key, tallies
from .svg import escaped, tag

SIGNS = {RIGHT: "✓", MISSED: "✗", SKIPPED: "–"}
"""Each outcome has a sign of its own, and a word for who can't see it."""


def class_table(names: Sequence[str], rows: Iterable[Row], words: Callable[..., str]) -> str:
    """Students down, items and tasks across, in the order of the tables; names are escaped.

    Who answered several variants of one item has a sign for each. The words of the outcomes stand
    in the cells for screen readers; `assets/teaching.css` hides them from sight.
    """
    rows = list(rows)
    columns = [(tally.kind, tally.key) for tally in tallies(rows)]
    of = {}
    for row in rows:
        of.setdefault((row.name, row.kind, row.key), []).append(row.outcome)
    head = [tag("th", escaped(words("hand_ins.student")), scope="col")]
    head += [tag("th", _upright(words(name_key(*column))), scope="col") for column in columns]
    body = [
        tag("tr", tag("th", escaped(name), scope="row")
            + "".join(_cell(of.get((name, *column), []), words) for column in columns))
        for name in names
    ]  # fmt: skip
    table = tag("table", tag("thead", tag("tr", "".join(head))) + tag("tbody", "".join(body)))
    return tag("div", table, class_="class-table", tabindex=0, role="region",
               aria_label=words("hand_ins.table")) + _legend(words)  # fmt: skip


def _upright(name: str) -> str:
    return tag("span", escaped(name), class_="upright")


def _cell(outcomes: Sequence[str], words: Callable[..., str]) -> str:
    return tag("td", "".join(_sign(outcome, words) for outcome in outcomes) or "&#8203;")


def _sign(outcome: str, words: Callable[..., str]) -> str:
    seen = tag("span", SIGNS[outcome], class_=f"outcome-{outcome}", aria_hidden="true")
    return seen + tag("span", f"{escaped(words(outcome_key(outcome)))} ", class_="unseen")


def _legend(words: Callable[..., str]) -> str:
    said = (
        f"{tag('span', SIGNS[o], class_=f'outcome-{o}')} {escaped(words(outcome_key(o)))}" for o in OUTCOMES
    )
    return tag("p", " · ".join(said), class_="class-legend", aria_hidden="true")
