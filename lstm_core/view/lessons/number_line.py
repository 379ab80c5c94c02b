"""A predicted number and the true one over each other: answer and truth -> **number_line** -> SVG."""

from ...rounding import text
from ...words import Words
from .. import svg
from ..palette import MUTED, THEME_INK

_WIDTH, _HEIGHT, _EDGE = 300, 92, 14
_AXIS, _TICK = 46, 5


def number_line(answer: float, truth: float, bounds: tuple[float, float], words: Words) -> str:
    """Answer and truth on a line within `bounds`, as SVG.

    The answer is hollow and named above the line, the truth is solid and named below it, and their
    difference is the dashed stretch between them.
    """
    low, high = bounds
    said, is_ = _at(answer, low, high), _at(truth, low, high)
    drawn = [svg.tag("line", x1=_EDGE, x2=_WIDTH - _EDGE, y1=_AXIS, y2=_AXIS, stroke=MUTED, stroke_width=1)]
    for value in dict.fromkeys([low, 0.0, high] if low <= 0 <= high else [low, high]):
        x = _at(value, low, high)
        drawn += [
            svg.tag("line", x1=x, x2=x, y1=_AXIS - _TICK, y2=_AXIS + _TICK, stroke=MUTED, stroke_width=1),
            svg.text(x, _HEIGHT - 4, text(value, decimals=1), fill=MUTED, font_size=12, text_anchor="middle"),
        ]  # fmt: skip
    drawn += [
        svg.tag("line", x1=said, x2=is_, y1=_AXIS, y2=_AXIS, stroke=THEME_INK, stroke_width=4,
                stroke_dasharray="5 3"),
        svg.tag("circle", cx=said, cy=_AXIS, r=7, fill="none", stroke=THEME_INK, stroke_width=2),
        svg.tag("circle", cx=is_, cy=_AXIS, r=4, fill=THEME_INK),
        _label(said, _AXIS - 16, words("verdict.line_answer", value=text(answer))),
        _label(is_, _AXIS + 24, words("verdict.line_truth", value=text(truth)), bold=True),
    ]  # fmt: skip
    return svg.tag(
        "svg", "".join(drawn), viewBox=f"0 0 {_WIDTH} {_HEIGHT}", role="img", width=_WIDTH,
        aria_label=words("verdict.value", answer=text(answer), truth=text(truth),
                         difference=text(abs(answer - truth))),
    )  # fmt: skip


def _at(value: float, low: float, high: float) -> float:
    share = (min(max(value, low), high) - low) / (high - low)
    return round(_EDGE + share * (_WIDTH - 2 * _EDGE), 1)


def _label(x: float, y: float, body: str, bold: bool = False) -> str:
    """A line of text over or under x, kept within the picture."""
    anchor = "start" if x < 70 else "end" if x > _WIDTH - 70 else "middle"
    x = max(x - 8, 0) if anchor == "start" else min(x + 8, _WIDTH) if anchor == "end" else x
    weight = 600 if bold else None
    return svg.text(x, y, body, fill=THEME_INK, font_size=14, text_anchor=anchor, font_weight=weight)
