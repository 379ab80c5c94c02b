"""The sheet on which a reader draws the next values of C: what is known -> **curve sheet** -> SVG text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ...lessons.question import Question
from ...rounding import rounded, text, with_minus
from ...words import Words
from .. import svg

WIDTH, HEIGHT = 280, 254

_LEFT, _RIGHT, _TOP, _PLOT = 34, 278, 8, 150
_STEPS, _C, _DRAWN, _LAST = (_TOP + _PLOT + 20 * row + 5 for row in (1, 2, 3, 4))
_GAPS = (0.25, 0.5, 1, 2.5, 5, 10)
_RING, _DOT = 6, 4.5


@dataclass(frozen=True)
class CurveSheet:
    """The sheet on which a reader draws the curve of C: its steps, and what is known of C.

    past : (step, C), up to the step that is asked about; at least one.
    steps : those to draw, at least one.
    bounds : what can be drawn, which sets the scale and so must not follow from the answer.

    Raises ValueError where nothing is known or nothing is to be drawn.
    """

    past: tuple[tuple[int, float], ...]
    steps: tuple[int, ...]
    bounds: tuple[float, float]

    def __post_init__(self):
        if not self.past or not self.steps:
            raise ValueError("past and steps: expected at least one step each")

    @classmethod
    def of(cls, asked: Question) -> CurveSheet:
        """The sheet of a question of kind DRAW."""
        C = asked.case.trace.C[: asked.case.t, asked.case.unit - 1].tolist()
        assert asked.bounds is not None, "a question that is drawn has bounds"
        return cls(tuple(enumerate(C, 1)), asked.steps, asked.bounds)

    @property
    def level(self) -> tuple[float, ...]:
        """The values before anything is drawn: the end of the scale that is farther from the last known C.

        It follows from what is known, and no answer lies there: where C stays as it is, the points would
        otherwise stand on the answer from the start.
        """
        low, high = self.bounds
        last = self.past[-1][1]
        return (low if last - low > high - last else high,) * len(self.steps)

    @property
    def axis(self) -> tuple[float, float]:
        """Both ends of the scale of C."""
        known = [value for _, value in self.past]
        return min(self.bounds[0], *known), max(self.bounds[1], *known)

    @property
    def gap(self) -> float:
        """Pixels from one step to the next."""
        return (_RIGHT - _LEFT) / (len(self.past) + len(self.steps))

    def across(self, column: int) -> float:
        """x of a step, the first of the past being 0."""
        return round(_LEFT + (column + 0.5) * self.gap, 2)

    def down(self, value: float) -> float:
        """y of a value of C."""
        low, high = self.axis
        return round(_TOP + (high - value) / (high - low) * _PLOT, 2)

    @property
    def frame(self) -> list:
        """What the browser needs to draw.

        x and y of the last known C, x of each step, y of top and bottom, both ends of the scale, bounds.
        """
        n = len(self.past)
        last = [self.across(n - 1), self.down(self.past[-1][1])]
        xs = [self.across(n + k) for k in range(len(self.steps))]
        return [last, xs, _TOP, _TOP + _PLOT, *self.axis, *self.bounds]


def sheet_data(
    sheet: CurveSheet,
    words: Words,
    seq: int = 0,
    now: Sequence[float] | None = None,
    locked: bool = False,
    truth: Sequence[float] = (),
) -> list:
    """What assets/components/curve takes.

    seq : of the last drawing that has arrived. now : where the points stand; None before one was moved.
    locked : whether the answer is given. truth : C at the steps that have run since it was.
    """
    values, truth = list(sheet.level if now is None else now), truth if locked else ()
    return [
        seq,
        curve_sheet_picture(sheet, words, locked),
        curve_truth_picture(sheet, words, values, truth),
        sheet.frame,
        values,
        now is not None,
        locked,
        describe_curve(sheet, words, now if locked else None, truth),
    ]


def curve_sheet_picture(sheet: CurveSheet, words: Words, locked: bool = False, drawn_on: bool = True) -> str:
    """The sheet as SVG without anything drawn on it; the browser places the points and the line.

    locked : whether the answer is given, so that nothing can be drawn any more.
    drawn_on : whether there is a reader's curve beside the true one, and a row for its numbers.
    """
    n = len(sheet.past)
    numbers = "".join(
        svg.text(sheet.across(n + k), _DRAWN, "", class_="middle number") for k in range(len(sheet.steps))
    )
    still = _grid(sheet) + _known(sheet) + _rows(sheet, words, locked, drawn_on) + numbers
    return svg.tag(
        "svg",
        svg.tag("g", still, aria_hidden="true")
        + svg.tag("path", class_="drawn")
        + "".join(_point(sheet, t, words, locked) for t in sheet.steps)
        + svg.tag("g", class_="over", aria_hidden="true"),
        xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="group", aria_label=words("curve.label"),
    )  # fmt: skip


def curve_truth_picture(
    sheet: CurveSheet, words: Words, drawn: Sequence[float], truth: Sequence[float]
) -> str:
    """How C went on over what was drawn, one value a step, and how far off that was.

    truth : C at the steps that have run since, the first of those to draw or all of them.
    """
    head = svg.tag("path", class_="off", d=_line(6, _LAST - 10, "v12"))
    head += svg.text(16, _LAST, words("curve.difference"))
    parts = [_revealed(sheet, k, drawn, truth) for k in range(len(truth))]
    body = svg.tag("g", head, class_="head") + "".join(parts) if parts else ""
    return svg.tag("svg", body, xmlns="http://www.w3.org/2000/svg")


def describe_curve(
    sheet: CurveSheet, words: Words, drawn: Sequence[float] | None = None, truth: Sequence[float] = ()
) -> str:
    """The sheet in a few sentences for those who listen. `drawn` is None while the answer is open."""

    def listed(steps, values):
        return ", ".join(words("curve.at", t=t, value=text(v)) for t, v in zip(steps, values, strict=True))

    said = [words("curve.known", values=listed(*zip(*sheet.past, strict=True)))]
    if drawn is None:
        return " ".join([*said, words("curve.open")])
    said.append(words("curve.drawn", values=listed(sheet.steps, drawn)))
    if truth:
        largest = max(difference(*pair) for pair in zip(drawn, truth, strict=False))
        said.append(words("curve.truth", values=listed(sheet.steps[: len(truth)], truth)))
        said.append(words("curve.largest", difference=text(largest)))
    return " ".join(said)


def difference(drawn: float, truth: float) -> float:
    """How far the drawn value is from the true one, with both rounded as they are shown."""
    return abs(rounded(drawn) - rounded(truth))


def _line(x: float, y: float, *to: str) -> str:
    return f"M{x:g} {y:g}" + "".join(to)


def _grid(sheet: CurveSheet) -> str:
    low, high = sheet.axis
    gap = next((gap for gap in _GAPS if (high - low) / gap <= 6), (high - low) / 4)
    ticks = [k * gap for k in range(math.ceil(low / gap), math.floor(high / gap) + 1)]
    start = sheet.across(len(sheet.past)) - sheet.gap / 2
    area = svg.tag("rect", class_="next", x=start, y=_TOP, width=_RIGHT - start, height=_PLOT, rx=4)
    return area + "".join(
        svg.tag(
            "path", class_="tick" if tick else "tick zero", d=_line(_LEFT, sheet.down(tick), f"H{_RIGHT}")
        )
        + svg.text(_LEFT - 5, sheet.down(tick) + 4, with_minus(f"{tick:g}"), class_="end quiet")
        for tick in ticks
    )


def _known(sheet: CurveSheet) -> str:
    points = [(sheet.across(k), sheet.down(value)) for k, (_, value) in enumerate(sheet.past)]
    line = "M" + "L".join(f"{x:g} {y:g}" for x, y in points)
    dots = (svg.tag("circle", class_="C", cx=x, cy=y, r=_DOT) for x, y in points)
    return svg.tag("path", class_="C", d=line) + "".join(dots)


def _rows(sheet: CurveSheet, words: Words, locked: bool, drawn_on: bool) -> str:
    """The numbers under the picture. Each row begins with the mark that its numbers have in the picture."""
    steps = [*(t for t, _ in sheet.past), *sheet.steps]
    heads = [
        svg.text(0, _STEPS, words("curve.step"), class_="quiet"),
        svg.tag("circle", class_="C", cx=6, cy=_C - 4, r=_DOT),
        svg.text(16, _C, "C", class_="symbol"),
    ]
    if drawn_on:
        heads.append(svg.tag("circle", class_="ring", cx=6, cy=_DRAWN - 4, r=_DOT))
        heads.append(svg.text(16, _DRAWN, words("curve.yours")))
    if not locked:
        heads.append(svg.text(_RIGHT, _LAST, words("curve.hint"), class_="end quiet"))
    numbers = [svg.text(sheet.across(k), _STEPS, str(t), class_="middle quiet") for k, t in enumerate(steps)]
    numbers += [
        svg.text(sheet.across(k), _C, text(value), class_="middle") for k, (_, value) in enumerate(sheet.past)
    ]
    return "".join(heads + numbers)


def _point(sheet: CurveSheet, t: int, words: Words, locked: bool) -> str:
    """The point that a reader moves at a step. The browser puts it in its place and writes its value."""
    slider = {
        "role": "slider", "tabindex": 0, "aria_label": words("curve.point", t=t),
        "aria_orientation": "vertical", "aria_valuemin": sheet.bounds[0], "aria_valuemax": sheet.bounds[1],
    }  # fmt: skip
    parts = [
        svg.tag("circle", class_="hit", r=min(sheet.gap / 2, 20)),
        svg.tag("circle", class_="halo", r=11),
        svg.tag("path", class_="arrows", d="M-4.5-10.5l4.5-5 4.5 5zM-4.5 10.5l4.5 5 4.5-5z"),
        svg.tag("circle", class_="ring", r=_RING),
        svg.text(0, 0, "", class_="middle bubble"),
    ]
    return svg.tag("g", "".join(parts), class_="point", **({"aria_hidden": "true"} if locked else slider))


def _revealed(sheet: CurveSheet, k: int, drawn: Sequence[float], truth: Sequence[float]) -> str:
    """What the k-th step to draw turned out to be: how C came there, and how far off the drawing was."""
    column = len(sheet.past) + k
    x, y, y_drawn = sheet.across(column), sheet.down(truth[k]), sheet.down(drawn[k])
    before = truth[k - 1] if k else sheet.past[-1][1]
    came = _line(sheet.across(column - 1), sheet.down(before), f"L{x:g} {y:g}")
    far = abs(y - y_drawn) > _RING  # the rest is under the point
    parts = [
        svg.tag("path", class_="off", d=_line(x, y, f"V{y_drawn + math.copysign(_RING, y - y_drawn):g}"))
        if far
        else "",
        svg.tag("path", class_="C", d=came, pathLength=1),
        svg.tag("circle", class_="C", cx=x, cy=y, r=_DOT),
        svg.text(x, _C, text(truth[k]), class_="middle is"),
        svg.text(x, _LAST, text(difference(drawn[k], truth[k])), class_="middle"),
    ]
    return svg.tag("g", "".join(parts), class_="step", style=f"--wait:{k * 250}ms")
