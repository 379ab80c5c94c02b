"""What answers a browser about one figure: report -> **check** -> another figure -> what has changed.

A report is `{seq, turn, values, look, acts, digests}`: all numbers that a hand moved and all that was looked
at since the host last took them, then what was chosen just now, and the digests of the pictures that the
browser shows. So an answer follows from the figure that the host last showed and from one report alone: what
was lost on its way is in the next report, and nothing is kept here that a host that dies would lose.

Whatever carries reports and answers is a line: a websocket, a worker's messages, a notebook's kernel. None of
it is known here, and a report may hold anything.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .changes import Changes, changes, digest_of
from .choose import Choice
from .looking import Looking

MOST_VALUES = 64
"""A report with more values, or more choices, than this is not answered."""

MOST_PICTURES = 16
"""A report names the digests of no more pictures than this."""

_LONGEST_NAME = 80
_MOST_DIGITS = 7
_LEAST = {"t": 0, "unit": 1, "index": 1}


@dataclass(frozen=True)
class Report:
    """What a browser says: numbers that were moved, what is looked at, and what was chosen just now.

    values : address -> number, each within its bounds. look : as `looked` takes it.
    digests : name of a picture -> the digest of the markup that the browser shows of it.
    """

    seq: int = 0
    turn: str = ""
    values: dict[str, float] = field(default_factory=dict)
    look: dict[str, Any] = field(default_factory=dict)
    acts: tuple[Choice, ...] = ()
    digests: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Settled:
    """What a report says that a hand sends to its host when it rests.

    figure : after it. values : what was moved, within its bounds. left : choices that are not the figure's
        own.
    acted : the number of the last choice, so that none is taken twice.
    """

    seq: int
    turn: str
    figure: Looking
    values: dict[str, float]
    left: tuple[Choice, ...]
    acted: int


class Line:
    """One figure and those who look at it."""

    def __init__(self) -> None:
        self.figure: Looking | None = None
        self._turn = ""
        self._sent: dict[str, tuple[bytes, str]] = {}

    def show(self, figure: Looking, turn: str) -> dict[str, tuple[str, str]]:
        """Answer for this figure from now on, and for reports of this turn alone.

        turn : a name that nobody can guess. Another one begins with another experiment.
        Returns each picture's markup, and the digest that names it.
        """
        self.figure, self._turn = figure, turn
        drawn = figure.draw()
        return {name: (markup, self._keep(name, markup)) for name, markup in drawn.items()}

    def answer(self, sent: object) -> dict[str, Any] | None:
        """What has changed by a report, for JSON; None where there is nothing to answer.

        seq, turn : of the report. look : what is looked at now. pictures : name -> [markup or changes,
            digest].
        panels : name -> sliders, if the report looks elsewhere, and on the walk back.
        open : choices that the host has to decide.
        """
        figure = self.figure
        if figure is None or (report := checked_report(sent, figure)) is None or report.turn != self._turn:
            return None
        figure, left = _after(report, figure)
        answer: dict[str, Any] = {"seq": report.seq, "turn": report.turn, "look": figure.look()}
        # Exact numbers are there to be read off, and a hand that drags reads nothing off.
        drawn = figure.draw(exact=not report.values)
        answer["pictures"] = {name: self._changed(name, drawn[name], report.digests) for name in drawn}
        if report.look or report.acts or figure.walks_back:  # then each weight has its gradient beside it
            answer["panels"] = {name: [s.spec() for s in panel] for name, panel in figure.sliders().items()}
        if left:
            answer["open"] = left
        return answer

    def settled(self, sent: object, acted: int = 0) -> Settled | None:
        """What a hand tells its host when it rests; None for what is no report of a figure that is shown.

        acted : the number of the last choice that the host took. The choices of such a report are numbered,
        because all that the host has not taken yet is sent again with the next one.
        """
        if self.figure is None or not isinstance(sent, dict):
            return None
        numbered = sent.get("acts")
        numbered = numbered if isinstance(numbered, list) else []
        new = [
            pair for pair in numbered if isinstance(pair, list) and len(pair) == 2 and whole(pair[0]) > acted
        ]
        report = checked_report({**sent, "acts": [choice for _, choice in new]}, self.figure)
        if report is None:
            return None
        figure, left = _after(report, self.figure)
        last = max((whole(number) for number, _ in new), default=acted)
        return Settled(report.seq, report.turn, figure, report.values, tuple(left), last)

    def _changed(self, name: str, markup: str, digests: Mapping[str, str]) -> list[str | Changes]:
        before, digest = self._sent.get(name, (b"", ""))
        if digest and digests.get(name) == digest:
            old = before.decode()
            if old == markup:
                return [[], digest]
            found = changes(old, markup)
            if sum(len(piece) for piece in found if isinstance(piece, str)) < len(markup) / 2:
                return [found, self._keep(name, markup), digest]
        return [markup, self._keep(name, markup)]

    def _keep(self, name: str, markup: str) -> str:
        digest = digest_of(markup)
        self._sent[name] = (markup.encode(), digest)  # half as large as a text with signs such as − in it
        return digest


def _after(report: Report, figure: Looking) -> tuple[Looking, list[Choice]]:
    """The figure after a report, and the choices that are not its own."""
    figure = figure.looked(**report.look) if report.look else figure
    figure = figure.moved(report.values) if report.values else figure
    left = []
    for choice in report.acts:
        after = figure.chose(choice)
        if after is None:
            left.append(choice)
        else:
            figure = after
    return figure, left


def checked_report(sent: object, figure: Looking) -> Report | None:
    """The report that a browser sent, or None if it is none.

    Numbers are kept within their bounds; anything that the figure does not offer is left out.
    """
    if not isinstance(sent, dict):
        return None
    parts: dict[str, Any] = {name: sent.get(name) or kind() for name, kind in _PARTS.items()}
    if not all(isinstance(part, _PARTS[name]) and len(part) <= MOST_VALUES for name, part in parts.items()):
        return None
    values, look, acts, digests = parts.values()
    return Report(
        whole(sent.get("seq")),
        turn if isinstance(turn := sent.get("turn"), str) else "",
        _values(values, figure),
        _look(look, figure),
        tuple(choice for act in acts if (choice := checked_choice(act))),
        {name: digest for name, digest in list(digests.items())[:MOST_PICTURES] if isinstance(digest, str)},
    )


_PARTS: dict[str, Any] = {"values": dict, "look": dict, "acts": list, "digests": dict}


def _values(values: dict, figure: Looking) -> dict[str, float]:
    found = {}
    for address, value in values.items():
        bounds = figure.bounds(address) if isinstance(address, str) and is_name(address) else None
        if bounds and finite(value):
            found[address] = float(min(max(value, bounds[0]), bounds[1]))
    return found


def _look(look: dict, figure: Looking) -> dict[str, Any]:
    """What a report says is looked at: names that the figure has, with values of the kind that they have."""
    found = {}
    for name in figure.look():
        value = look.get(name)
        if name in look and (
            value is None or is_name(value) or (type(value) is int and 0 <= value < 10**_MOST_DIGITS)
        ):
            found[name] = value
    try:
        figure.looked(**found)
    except (TypeError, ValueError):
        return {}
    return found


def checked_choice(sent: object) -> Choice:
    """A choice in a picture: quantity, role, value and the picture's name as text; t, unit and index as
    numbers.

    t counts from 0, which is before the first step; unit and index count from 1. Whatever else the
    browser sent is left out, so that the dict may be empty.
    """
    if not isinstance(sent, dict):
        return {}
    names = {name: sent.get(name) for name in ("quantity", "role", "value", "picture")}
    numbers = {name: _whole_number(sent.get(name), low) for name, low in _LEAST.items()}
    choice: Choice = {name: str(value) for name, value in names.items() if is_name(value)}
    return choice | {name: value for name, value in numbers.items() if value is not None}


def is_name(value: object) -> bool:
    """Whether it is a short text of printable letters."""
    return isinstance(value, str) and 0 < len(value) <= _LONGEST_NAME and value.isprintable()


def whole(value: object) -> int:
    """The value if it is a whole number from 0 that a browser can hold exactly, else 0."""
    return value if type(value) is int and 0 <= value < 2**53 else 0


def finite(value: object) -> bool:
    """Whether the value is a number that a float can hold."""
    # Python's integers can be too large for a float, and `math.isfinite` would raise an error for them.
    return type(value) in (int, float) and abs(value) < 1e300 and math.isfinite(value)  # type: ignore[arg-type]


def _whole_number(value: object, least: int) -> int | None:
    is_digits = isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS
    return int(value) if is_digits and int(value) >= least else None  # type: ignore[call-overload]
