"""Does a lesson teach? Codes, tests, links -> hand-ins -> **one table** of three tests by condition.

Each test asks the same questions in variants of their own, drawn by the participant's code, so that the
three are equally hard and no answer can be remembered. Nobody is named: the code is all that a hand-in and
the table hold.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..workbench.harmless import to_csv
from .hand_in import HandIn
from .lesson_link import Part
from .verdict import RIGHT

TIMES = ("pre", "post", "delayed")

QUESTIONS = (
    "keep_share", "gate_on_what", "sum_to_one", "joined", "not_a_gate", "silent", "c_or_h", "next_memory",
    "elementwise", "same_input",
)  # fmt: skip
"""The questions of a test: one or two ideas each, about eight misconceptions."""

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that are taken for one another
_LENGTH = 6


@dataclass(frozen=True)
class Participant:
    """Who takes part: a code that stands for a person, and the condition that chance gave the code."""

    code: str
    condition: str


@dataclass(frozen=True)
class Scores:
    """What a participant did in the tests.

    right : time -> whether each question was right; None where it was not answered.
    """

    participant: Participant
    right: Mapping[str, tuple[bool | None, ...]]

    def share(self, time: str) -> float | None:
        """The share of a test that is right, with what is unanswered as wrong; None for a test not taken."""
        answered = self.right[time]
        return None if all(one is None for one in answered) else sum(map(bool, answered)) / len(answered)


def participants(count: int, conditions: Sequence[str], seed: int) -> tuple[Participant, ...]:
    """Codes, each with a condition: in every block of twice as many codes as conditions each has its two.

    seed : draws codes and conditions, so that the list can be made again. Hand out the codes in any order.
    """
    draw = np.random.default_rng([3, seed])
    codes: list[str] = []
    while len(codes) < count:
        code = "".join(draw.choice([*_LETTERS], _LENGTH))
        if code not in codes:
            codes.append(code)
    order: list[str] = []
    while len(order) < count:
        order += [str(one) for one in draw.permutation([*conditions] * 2)]
    return tuple(map(Participant, codes, order[:count]))


def form_of(time: str) -> tuple[Part, ...]:
    """The parts of one of TIMES. Raises ValueError for another time."""
    if time not in TIMES:
        raise ValueError(f"time: expected one of {TIMES}, got {time!r:.40}")
    return tuple(Part("item", key, TIMES.index(time) + 1, each=True) for key in QUESTIONS)


def links_csv(people: Iterable[Participant], address: str, lessons: Mapping[str, str]) -> str:
    """A row for each code with its condition and its links: pre-test, lesson, post-test, delayed test.

    address : of the app, as it stands in the browser, without a page. lessons : condition -> the
    parameters of the lesson's link, such as `lesson=tour.short`. The tests tell no right answer.
    The table is for whoever runs the study; a participant gets the links of one row.
    """
    tests = {time: "~".join(map(str, form_of(time))) for time in TIMES}
    header = ("code", "condition", "pre", "lesson", "post", "delayed")
    rows = []
    for one in people:
        of = {
            time: f"{address}/?lesson={test}&hide=answers&student={one.code}" for time, test in tests.items()
        }
        lesson = f"{address}/?{lessons[one.condition]}&student={one.code}"
        rows.append((one.code, one.condition, of["pre"], lesson, of["post"], of["delayed"]))
    return to_csv(header, rows)


def scores(hand_ins: Iterable[HandIn], people: Iterable[Participant]) -> tuple[Scores, ...]:
    """What each participant did, by the codes in the files; of several answers to a variant the first."""
    of: dict[str, dict] = {}
    for hand_in in hand_ins:
        for prediction in hand_in.predictions:
            of.setdefault(hand_in.student, {}).setdefault(prediction.place, prediction)
    found = []
    for one in people:
        answered = of.get(one.code, {})
        right = {
            time: tuple(
                None if (work := answered.get(part.of(one.code).place)) is None else work.outcome == RIGHT
                for part in form_of(time)
            )
            for time in TIMES
        }
        found.append(Scores(one, right))
    return tuple(found)


def evidence_csv(found: Iterable[Scores]) -> str:
    """A row for each participant: code, condition, share right of each test, each question as 1 or 0.

    What was not answered is empty, and so is the share of a test that was not taken.
    """
    header = ["code", "condition", *TIMES, *(f"{time}_{key}" for time in TIMES for key in QUESTIONS)]
    rows = []
    for one in found:
        shares = [one.share(time) for time in TIMES]
        each = [cell for time in TIMES for cell in one.right[time]]
        rows.append([
            one.participant.code, one.participant.condition,
            *("" if share is None else round(share, 4) for share in shares),
            *("" if cell is None else int(cell) for cell in each),
        ])  # fmt: skip
    return to_csv(header, rows)
