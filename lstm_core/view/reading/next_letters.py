"""The letters that come next: odds -> **next_letters** -> HTML, with the odds of the free run as a ghost."""

from collections.abc import Sequence

from ...words import Words
from .. import svg
from .read_text import letter_name


def next_letters(
    rows: Sequence[tuple[str, float, float | None]], read: str | None, words: Words, says: str
) -> str:
    """A bar for each letter, as long as its odds.

    rows : letter, odds, and the odds of the free run where a unit is held. read : the letter that does come
    next in the text, which is marked; None at the end. says : the sentence above.
    """
    drawn = []
    for letter, odds, free in rows:
        bar = f'<i style="width:{100 * odds:.1f}%"></i>'
        ghost = "" if free is None else f'<s style="width:{100 * free:.1f}%"></s>'
        numbers = per_cent(odds) if free is None else f"{per_cent(free)} → {per_cent(odds)}"
        drawn.append(
            svg.tag("tr",
                svg.tag("th", svg.escaped(letter_name(letter)), scope="row")
                + svg.tag("td", svg.tag("span", bar + ghost, class_="bar"))
                + svg.tag("td", numbers, class_="number"),
                class_="comes" if letter == read else None,
            )
        )  # fmt: skip
    table = svg.tag("table", svg.tag("tbody", "".join(drawn)), aria_label=words("reading.next"))
    return svg.tag(
        "div", svg.tag("p", svg.escaped(says), class_="said") + table, class_="next", data_key="next"
    )


def per_cent(odds: float) -> str:
    """Odds as they stand on screen: 43 %, 0.02 %, and 0 % for less than that."""
    value = 100 * odds
    decimals = 0 if value >= 9.95 else 1 if value >= 0.095 else 2
    return f"{value:.{decimals}f} %"
