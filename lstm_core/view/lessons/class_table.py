"""A class at a glance, as HTML: rows -> **table** of who did what, errors -> **list** of wrong beliefs."""

from collections.abc import Iterable, Sequence

from ...lessons.classroom import Error, Row, name, tallies
from ...lessons.record import outcome_key
from ...lessons.verdict import MISSED, OUTCOMES, RIGHT, SKIPPED
from ...words import Words
from ..palette import NEGATIVE, POSITIVE
from ..svg import escaped, tag, typeset

SIGNS = {RIGHT: "✓", MISSED: "✗", SKIPPED: "–"}
"""Outcome -> its sign, beside which stands a word for those who can't see it."""

_HUES = {RIGHT: f"color: color-mix(in srgb, {POSITIVE} 75%, currentColor)",
         MISSED: f"color: color-mix(in srgb, {NEGATIVE} 80%, currentColor)"}  # fmt: skip


def class_table(names: Sequence[str], rows: Iterable[Row], words: Words) -> str:
    """Students down, items and tasks across, in the order of the tables; names are escaped.

    A student who answered several variants of one item has a sign for each. Each sign can be chosen: its
    role is "answer", its value the place of its row. The words of the outcomes stand
    in the cells for screen readers; `assets/figure/picture.css` hides them from sight.
    """
    rows = list(rows)
    columns = [(tally.kind, tally.key, tally.run) for tally in tallies(rows)]
    of: dict[tuple[str, str, str, int], list[tuple[int, str]]] = {}
    for place, row in enumerate(rows):
        group = row.name, row.work.kind, row.work.key, row.run
        of.setdefault(group, []).append((place, row.work.outcome))
    head = [tag("th", escaped(words("hand_ins.student")), scope="col")]
    names_of_columns = (tag("span", escaped(name(words, *one)), class_="upright") for one in columns)
    head += [tag("th", title, scope="col") for title in names_of_columns]
    body = [
        tag("tr", tag("th", escaped(student), scope="row")
            + "".join(_cell(of.get((student, *column), []), words) for column in columns))
        for student in names
    ]  # fmt: skip
    table = tag("table", tag("thead", tag("tr", "".join(head))) + tag("tbody", "".join(body)))
    return tag("div", table, class_="class-table", tabindex=0, role="region",
               aria_label=words("hand_ins.table")) + _legend(words)  # fmt: skip


def error_list(errors: Iterable[Error], words: Words) -> str:
    """Under each item and task what the wrong answers show: how many, an example, why, who.

    What was got wrong by most stands first; names are escaped.
    """
    of: dict[tuple[str, str, int], list[Error]] = {}
    for error in errors:
        of.setdefault((error.kind, error.key, error.run), []).append(error)
    most_first = sorted(of.items(), key=lambda found: -sum(len(error.names) for error in found[1]))
    parts = []
    for (kind, key, run), found in most_first:
        title = tag("strong", escaped(name(words, kind, key, run)))
        parts.append(tag("h4", title) + tag("ul", "".join(_error(error, words) for error in found)))
    return tag("div", "".join(parts), class_="class-errors") if parts else ""


def _error(error: Error, words: Words) -> str:
    said, why = error.said(words), _with_code(error.text(words))
    example = f"{tag('em', escaped(said))} – {why}" if said else why
    names = tag("span", escaped(", ".join(error.names)), class_="who")
    count = tag("strong", f"{len(error.names)}×")
    shown = f"{tag('strong', escaped(words(error.misconception_key)))}: " if error.misconception_key else ""
    return tag("li", f"{count} {shown}{example} {names}")


def _with_code(text: str) -> str:
    """The text with `code` and symbols such as $b_f$ as elements: these texts have no other Markdown."""
    pieces = typeset(escaped(text)).split("`")
    return "".join(tag("code", piece) if k % 2 else piece for k, piece in enumerate(pieces))


def _cell(outcomes: Sequence[tuple[int, str]], words: Words) -> str:
    return tag("td", "".join(_sign(*one, words) for one in outcomes) or "&#8203;")


def _sign(place: int, outcome: str, words: Words) -> str:
    said = tag("span", f"{escaped(words(outcome_key(outcome)))} ", class_="unseen")
    chosen = {"data_role": "answer", "data_value": str(place), "role": "button", "tabindex": 0}
    return tag("span", _seen(outcome) + said, class_="sign", **chosen)


def _seen(outcome: str) -> str:
    look = {"class_": f"outcome-{outcome}", "style": _HUES.get(outcome)}
    return tag("span", SIGNS[outcome], aria_hidden="true", **look)


def _legend(words: Words) -> str:
    said = (f"{_seen(outcome)} {escaped(words(outcome_key(outcome)))}" for outcome in OUTCOMES)
    return tag("p", " · ".join(said), class_="class-legend", aria_hidden="true")
