"""Items on the network that reads code: which unit follows brackets, and what follows when it is held.

Everything is computed from the network that the app brings along, so it is true of another one, too.
"""

from functools import partial

import numpy as np

from ...reading import shipped
from ...reading.letters import LETTERS
from ...reading.lines import inside
from ...reading.lines import line as line_of
from ...reading.reader import Unit, marked
from ...rounding import text
from ..case import Case, Draw, ordinary
from ..question import CHOOSE, Item

PLACES = ("first", "second", "third", "fourth")
"""The options, each a letter or a unit that the variant draws."""

_SHORTEST, _LONGEST = 12, 40
_ASKED = {sign: sign for sign in (*")]},.:=([0123456789", *"abcdefghijklmnopqrstuvwxyz")} | {"\n": "⏎"}
"""The letters whose odds are asked for, and how they stand in a question."""


def bracket_unit() -> Unit:
    """The unit that follows brackets best, as it was measured."""
    reader = shipped()
    return reader.units[next(of.unit for of in reader.features() if of.name == "brackets") - 1]


def _cut(draw: Draw) -> Case | None:
    """A line that ends inside brackets, and four letters that may come next, of one of which holding the
    bracket unit lowers the odds by far most."""
    line, reader, unit = line_of(draw.whole), shipped(), bracket_unit()
    ends = np.flatnonzero(inside(line)[_SHORTEST:_LONGEST]) + _SHORTEST + 1
    if not len(ends):
        return None
    read = line[: draw.pick(*ends.tolist())]
    held_at = round(unit.outside, 2)
    free, held = (reader.read(read, hold).odds[-1] for hold in ({}, {unit.unit: held_at}))
    factors = held / (1 - held) / (free / (1 - free))
    likely = [k for k in np.argsort(-free)[:12].tolist() if LETTERS[k] in _ASKED and free[k] > 0.004]
    if not likely:
        return None
    falls = min(likely, key=lambda k: float(factors[k]))
    others = [k for k in likely if factors[k] > 1.5 * factors[falls]]
    if len(others) < len(PLACES) - 1 or factors[falls] > 0.7:
        return None
    at = draw.whole(0, len(PLACES) - 1)
    asked = _some(draw, others, len(PLACES) - 1)
    asked.insert(at, falls)
    given = {"read": read, "unit": str(unit.unit), "held_at": text(held_at), "truth_at": PLACES[at]}
    for place, k in zip((*PLACES, "falls"), (*asked, falls), strict=True):
        given |= {
            place: _ASKED[LETTERS[k]],
            f"{place}_free": _share(free[k]),
            f"{place}_held": _share(held[k]),
        }
    return Case(ordinary(draw).experiment, 1, given=given)


def _four_units(draw: Draw) -> Case | None:
    """A line, and C of four units after five of its letters, of which one unit follows the brackets there."""
    line, reader, unit = line_of(draw.whole), shipped(), bracket_unit()
    where = inside(line)
    if not _SHORTEST <= len(line) <= _LONGEST:
        return None
    C = reader.read(line).trace.C
    aucs = {number: max(auc, 1 - auc) for number, auc in marked(C, where)}
    within, without = np.flatnonzero(where).tolist(), np.flatnonzero(~where).tolist()
    t = sorted([*_some(draw, within, 3), *_some(draw, without[:-1], 1), len(line) - 1])
    shown = {number: ", ".join(text(c, sign=True) for c in C[t, number - 1].tolist()) for number in aucs}
    as_long = [number for number, of in shown.items() if len(of) == len(shown[unit.unit])]  # or length tells
    others = [number for number in as_long if 0.4 < aucs[number] < 0.75 and number != unit.unit]
    if aucs[unit.unit] < 0.95 or len(others) < len(PLACES) - 1:
        return None
    apart = C[:, unit.unit - 1] * (1 if unit.inside > unit.outside else -1)
    if min(apart[k] for k in t if where[k]) < max(apart[k] for k in t if not where[k]) + 0.2:
        return None
    at = draw.whole(0, len(PLACES) - 1)
    asked = _some(draw, others, len(PLACES) - 1)
    asked.insert(at, unit.unit)
    given = {"line": line, "truth_at": PLACES[at], "right_unit": str(unit.unit)}
    given["letters"] = " · ".join(f"{line[k].replace(' ', '␣')} ({k + 1})" for k in t)
    given["is_inside"] = ", ".join(str(k + 1) for k in t if where[k])
    for place, number in zip(PLACES, asked, strict=True):
        given |= {f"{place}_unit": str(number), place: shown[number]}
    return Case(ordinary(draw).experiment, 1, given=given)


def _some(draw: Draw, of: list[int], count: int) -> list[int]:
    """So many of a list, in an order that is drawn."""
    rest, some = list(of), []
    for _ in range(min(count, len(rest))):
        some.append(rest.pop(draw.whole(0, len(rest) - 1)))
    return some


def _share(odds: float) -> str:
    return f"{text(100 * float(odds), decimals=1 if odds > 0.001 else 2)} %"


_CLAIMS = {place: partial(lambda case, at: case.given["truth_at"] == at, at=place) for place in PLACES}

ITEMS = (
    Item("read_unit", "reading", "all", CHOOSE, "found_units", _four_units, claims=_CLAIMS, level=2),
    Item("read_held", "reading", "all", CHOOSE, "disturbing", _cut, claims=_CLAIMS, level=3),
)
