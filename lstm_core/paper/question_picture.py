"""The picture beside a question on paper: question -> **picture** -> SVG, with the answer covered or not."""

from collections.abc import Sequence
from functools import reduce

from ..lessons.cover import cover
from ..lessons.question import DRAW, Question
from ..view.diagram import cell_diagram
from ..view.lessons import CurveSheet, curve_sheet_picture, curve_truth_picture
from ..words import Words
from .document import on_paper


def covered_picture(
    asked: Question, words: Words, prefix: str, beside: Sequence[Question] = (), narrow: bool = False
) -> str:
    """The cell without the numbers that would answer the question, or the sheet to draw on; "" for none.

    prefix : of the ids in it; no two pictures of one document share it.
    beside : other questions about the same step of the same run, which the picture must not answer.
    narrow : whether the cell is arranged for a phone.
    """
    if asked.item.kind == DRAW:
        return on_paper(curve_sheet_picture(CurveSheet.of(asked), words, locked=True))
    return _cell(asked, words, prefix, (asked, *beside), narrow)


def told_picture(asked: Question, words: Words, prefix: str, narrow: bool = False) -> str:
    """The same picture once the answer is known, with every number; "" for none."""
    if asked.item.kind == DRAW:
        return drawn_answer(asked, words)
    return _cell(asked, words, prefix, (), narrow)


def _cell(asked: Question, words: Words, prefix: str, covers: Sequence[Question], narrow: bool) -> str:
    if not asked.item.has_cell:
        return ""
    case = asked.case
    trace = reduce(cover, covers, case.trace)
    return on_paper(cell_diagram(trace, case.t, case.unit, words, narrow=narrow, prefix=prefix))


def drawn_answer(asked: Question, words: Words) -> str:
    """The sheet of a question of kind DRAW with the right curve on it."""
    sheet, truth = CurveSheet.of(asked), asked.truth
    assert isinstance(truth, tuple)  # as in every question of this kind
    picture = curve_sheet_picture(sheet, words, locked=True, drawn_on=False).removesuffix("</svg>")
    answer = curve_truth_picture(sheet, words, truth, truth).replace("<svg", '<svg class="truth"', 1)
    return on_paper(f"{picture}{answer}</svg>")
