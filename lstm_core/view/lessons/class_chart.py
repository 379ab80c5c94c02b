"""What a class missed: tallies -> **chart** of right, missed, skipped -> HTML, which fits on a phone."""

from collections.abc import Sequence

from ...lessons.classroom import Tally, name
from ...lessons.items import ITEMS
from ...lessons.record import outcome_key
from ...lessons.verdict import MISSED, OUTCOMES, RIGHT, SKIPPED
from ...words import Words
from ..palette import MUTED, NEGATIVE, POSITIVE, readable_on
from ..svg import escaped, tag
from .class_table import SIGNS

_COLOURS = {RIGHT: POSITIVE, MISSED: NEGATIVE, SKIPPED: MUTED}
"""Outcome -> colour, which never stands alone: assets/teaching.css hatches, and a sign is written."""


def class_chart(tallies: Sequence[Tally], words: Words) -> str:
    """A bar for each item and task, those that were missed most on top, each under its name.

    Beside the name stands what the item brings to light.
    """
    ordered = sorted(tallies, key=lambda tally: (-tally.missed, -tally.skipped))
    most = max((sum(_counts(tally).values()) for tally in ordered), default=1)
    return tag("div", "".join(_bar(tally, most, words) for tally in ordered), class_="class-bars")


def _counts(tally: Tally) -> dict[str, int]:
    return {outcome: getattr(tally, outcome) for outcome in OUTCOMES}


def _bar(tally: Tally, most: int, words: Words) -> str:
    title = tag("b", escaped(name(words, tally.kind, tally.key, tally.run)))
    if tally.kind == "item":
        title += f"  {escaped(words(ITEMS[tally.key].misconception_key))}"
    counts = {outcome: count for outcome, count in _counts(tally).items() if count}
    parts = "".join(
        tag(
            "span", f"{SIGNS[outcome]} {count}", class_=f"bar-{outcome}",
            style=f"flex:{count};background-color:{_COLOURS[outcome]};color:{readable_on(_COLOURS[outcome])}",
        )
        for outcome, count in counts.items()
    )  # fmt: skip
    said = ", ".join(f"{words(outcome_key(outcome))}: {count}" for outcome, count in counts.items())
    share = f"width:{100 * sum(counts.values()) / most:g}%"
    return tag("p", title) + tag("div", parts, role="img", aria_label=said, title=said, style=share)
