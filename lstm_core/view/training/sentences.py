"""What a course tells and what its units do, in words: events, rows -> **sentences** -> text on screen."""

from collections.abc import Iterable

from ...rounding import text
from ...training.effects import Effects
from ...training.events import Event
from ...training.example import batch_of
from ...training.learned import CLEAR, Gates, LearnedUnit, held_for
from ...training.problems import Problem
from ...words import Words

_SHARES = ("score", "goal", "share", "end")
_NOTHING = "–"
_NEEDED, _FREE = 0.7, 0.9
"""Shares of the correlation of a unit's C with what it holds. A unit that keeps less of it without the loop
through h needs the loop to hold it; one that keeps more does not."""


def told(event: Event, words: Words) -> str:
    """An event as a sentence in the reader's language."""
    values: dict[str, str] = {}
    for name, value in event.values.items():
        if name == "variable":
            values[name] = words(f"learning.variable_held.{value}")
        elif name == "why":
            values[name] = words(f"learning.ended.{value}")
        elif isinstance(value, int):
            values[name] = str(value)
        elif name in _SHARES:
            values[name] = share(float(value), words)
        else:  # three decimals of a gate, so that what is above 0.9 reads so
            values[name] = text(float(value), decimals=3 if name == "f" else 2)
    return words(f"learning.event.{event.key}", update=event.update, unit=event.unit or 0, **values)


MOMENTS = ("learns", "half", "reached", "holds", "keeps", "lets_go", "large")
"""The events that are marked on the way of a course."""


def moment(event: Event, words: Words) -> str:
    """An event in a few words behind its update, such as "117: the loss begins to fall"."""
    variable = event.values.get("variable")
    held = words(f"learning.variable_held.{variable}") if variable else ""
    said = words(f"learning.moment.{event.key}", unit=event.unit or 0, variable=held)
    return f"{event.update}: {said}"


def unit_table(rows: Iterable[LearnedUnit], words: Words) -> str:
    """Two rows for each unit as a table in Markdown: as it is, and before the first update."""
    rows = list(rows)
    gated = any(row.holding_of or row.store_of for row in rows)
    head = [words("learning.table.unit"), words("learning.table.holds")]
    head += ["f", "i", "o", words("learning.table.half_life")] if gated else []
    head += [words("learning.table.lesion")]
    lines = [[name.replace(" ", "\u00a0") for name in head], ["---"] * len(head)]  # on a phone, too, one line
    for row in rows:
        lines.append([f"**{row.unit}**", *_cells(row, row.follows[0], gated, words)])
        if row.control is not None:
            first = words("learning.table.untrained", unit=row.unit)
            lines.append([first, *_cells(row.control, row.follows[0], gated, words)])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cells(row: LearnedUnit, variable: str, gated: bool, words: Words) -> list[str]:
    """All cells of a row but the first. variable : the one of whose steps the gates are told."""
    cells = [follows(row, words)]
    if gated:
        times = (row.holding_of.get(variable), row.store_of.get(variable), row.at_ask)
        asked = times if row.at_ask else times[:2]
        cells += ["\u00a0·\u00a0".join(_gate(gates, name) for gates in asked) for name in "fio"]
        cells += [_steps(row.half_life(variable), words) if row.is_clear else _NOTHING]
    return [*cells, _NOTHING if row.lesion is None else share(row.lesion, words)]


def follows(row: LearnedUnit, words: Words) -> str:
    """What a unit holds, such as "the stored value, r = 0.98"; below the bound of `is_clear`, nothing."""
    variable, r = row.follows
    if not row.is_clear:
        return words("learning.nothing_clear")
    return words("learning.follows", variable=words(f"learning.variable.{variable}"), r=text(r))


def disturbed(rows: list[LearnedUnit], effects: Effects, problem: Problem, words: Words) -> list[str]:
    """Sentences on what a network needs: f alone, the loop through h, and its longer tests."""
    said = []
    holder = max(rows, key=lambda row: abs(row.r[problem.holds]))
    gates = holder.holding
    if gates is not None and abs(holder.r[problem.holds]) >= CLEAR and not problem.continues:
        n = round(held_for(batch_of(problem), problem.holds))
        f = round(gates.f, 3)  # as it is shown, so that the power of it comes out as shown
        name = words(f"learning.variable_held.{problem.holds}")
        left = text(f**n)
        f_said = text(f, decimals=3)
        said.append(words("learning.effect.alone", unit=holder.unit, variable=name, f=f_said, n=n, left=left))
    if effects.loop is not None:
        said.append(_loop(holder, effects, words))
    said.append(_longer(effects, problem, words))
    return said


def _loop(holder: LearnedUnit, effects: Effects, words: Words) -> str:
    """What becomes of the score, and of what the holder holds, without the loop through h."""
    variable, r = holder.holds, holder.r[holder.holds]
    cut = effects.loop_r[holder.unit - 1]
    kept = cut / r if abs(r) >= CLEAR else None
    key = "unclear" if kept is None else "needed" if kept < _NEEDED else "free" if kept >= _FREE else "part"
    return words(
        f"learning.effect.loop.{key}", loop=share(effects.loop or 0.0, words), unit=holder.unit,
        score=share(effects.score, words), variable=words(f"learning.variable.{variable}"), r=text(r),
        cut=text(cut),
    )  # fmt: skip


def _longer(effects: Effects, problem: Problem, words: Words) -> str:
    (a, x), (b, y) = effects.longer
    kind = "stretches" if problem.continues else "steps"
    T = problem.T
    if problem.key == "counting":
        kind, T, a, b = "numbers", (T - 1) // 2, (a - 1) // 2, (b - 1) // 2
    elif problem.grammar is not None:
        kind = "symbols"
    shares = {"score_a": share(x, words), "score_b": share(y, words)}
    return words(f"learning.effect.longer.{kind}", T=T, next=T + 1, a=a, b=b, **shares)


def _gate(gates: Gates | None, name: str) -> str:
    return _NOTHING if gates is None else text(getattr(gates, name))


def _steps(half_life: float | None, words: Words) -> str:
    if half_life is None:
        return _NOTHING
    return words("learning.table.long") if half_life > 1000 else text(half_life, decimals=1)


def share(part: float, words: Words) -> str:
    """Per cent; with a decimal where it would read as all or nothing and is not."""
    per_cent = f"{100 * part:.0f}"
    if (per_cent == "0" and part > 0) or (per_cent == "100" and part < 1):
        per_cent = f"{100 * part:.1f}"
    return words("learning.per_cent", n=per_cent)
