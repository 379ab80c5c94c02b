"""What a course tells and what its units do, in words: events, rows -> **sentences** -> text on screen."""

from __future__ import annotations

from collections.abc import Iterable

from ...rounding import text
from ...training.events import Event
from ...training.learned import GATES, LearnedUnit
from ...words import Words

_SHARES = ("score", "goal", "share")


def told(event: Event, words: Words) -> str:
    """An event as a sentence in the reader's language."""
    values: dict[str, str] = {}
    for name, value in event.values.items():
        if name == "variable":
            values[name] = words(f"learning.variable.{value}")
        elif name == "why":
            values[name] = words(f"learning.ended.{value}")
        else:
            values[name] = _share(float(value), words) if name in _SHARES else text(float(value))
    return words(f"learning.event.{event.key}", update=event.update, unit=event.unit or 0, **values)


def unit_table(rows: Iterable[LearnedUnit], words: Words) -> str:
    """A row for each unit as a table in Markdown, and under it nothing: the head says what each number is."""
    rows = list(rows)
    gated = bool(rows and rows[0].opened)
    head = [words("learning.table.unit")]
    if gated:
        head += [words("learning.table.mean_f"), words("learning.table.half_life")]
        head += [words("learning.table.gate", gate=gate) for gate in GATES]
    head += [words("learning.table.holds")]
    lines = [head, ["---"] * len(head)]
    for row in rows:
        cells = [f"**{row.unit}**"]
        if gated:
            cells += [text(row.mean_f or 0.0), _steps(row.half_life, words)]
            # The spaces are such that no line breaks at them.
            shares = ((100 * row.opened[gate], 100 * row.shut[gate]) for gate in GATES)
            cells += [f"{opened:.0f}\u00a0·\u00a0{shut:.0f}" for opened, shut in shares]
        lines.append([*cells, follows(row, words)])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def follows(row: LearnedUnit, words: Words) -> str:
    """What a unit follows most closely, such as "the stored value, r = 0.98"."""
    variable, r = row.holds
    return words("learning.follows", variable=words(f"learning.variable.{variable}"), r=text(r))


def _steps(half_life: float | None, words: Words) -> str:
    if half_life is None or half_life > 1000:
        return words("learning.table.long")
    return text(half_life, decimals=1)


def _share(share: float, words: Words) -> str:
    return words("learning.per_cent", n=f"{100 * share:.0f}")
