"""Rows over one axis of steps, with the step in focus marked: rows -> **TimeAxis** -> HTML with SVG in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ...labels import step_name
from ...words import Words
from .. import svg
from ..palette import MUTED
from .over_steps import middle, read_as_table, share, stretched
from .step_labels import HEIGHT, MOST_STEPS, drawn_labels
from .step_labels import heads as label_heads
from .step_labels import rules as label_rules

LETTERS, LARGE = 12, 15
"""Size of letters in pixels, and their size in presenter mode."""

Drawn = tuple[str, ...]
"""A row in three or four parts: the letters beside it, what is stretched to the width, what keeps its shape,
and what the hand and the keyboard can grab."""

Draw = Callable[[float, float], Drawn]
"""What draws a row, given its top and its height in pixels."""

_TOP, _GAP = 5, 6
_BOTTOM = 5 / 3
"""The room under the rows for the numbers of the steps, in letters."""
_NARROW = 679
"""Width in pixels up to which a picture is arranged for a phone, as in picture.css."""

ROOM, HALF = 800, 270
"""Pixels that the steps have: in a wide picture, and where two stand side by side or on a phone."""


@dataclass(frozen=True)
class TimeAxis:
    """The steps 1 … T, which all rows of a strip share.

    t : the step in focus, from 1; 0 for none. letters : their size in pixels. last : the last step that can
    be chosen, for a run that goes on longer than the reader's inputs; 0 for none, None for T. margin : the
    room for letters at the left, in such letters. before : the steps of a longer run that come before this
    part of it. labels : the names of the steps, which stand in a row above all others; () where they have
    none.
    room : the pixels that the steps have in a wide picture.

    Of a chart over other places than steps, such as the snapshots of a training, `ticks` are what is written
    under it, as (place, text), `heads` what the pointer reads off first at each place that has numbers, and
    `name` says what the places are. by_keyboard : whether the keyboard moves the column in focus; without it
    the chart is an image.
    """

    T: int
    t: int
    words: Words
    letters: float = LETTERS
    last: int | None = None
    margin: float = 4.9
    before: int = 0
    labels: tuple[str, ...] = ()
    room: int = ROOM
    ticks: Sequence[tuple[int, str]] = ()
    heads: Sequence[str] = ()
    name: str | None = None
    by_keyboard: bool = True

    @property
    def left(self) -> int:
        """The pixels that there are for letters at the left."""
        return round(self.margin * self.letters)

    @property
    def step(self) -> str:
        """The step in focus as a sentence names it."""
        return step_name(self.t, self.labels, self.words, self.before)

    @property
    def room_for_labels(self) -> float:
        """Pixels that the row of the names takes, with the gap to the next; 0 where there is none."""
        return round(HEIGHT * self.letters) + _GAP if self.shows_labels else 0

    @property
    def shows_labels(self) -> bool:
        """Whether the names of the steps have a row of their own."""
        return bool(self.labels) and self.T <= MOST_STEPS

    @property
    def _heads(self) -> str | None:
        """What the pointer reads off first at each step, with | between them; None for its number alone."""
        if self.heads:
            return "|".join(head.replace("|", "∣") for head in self.heads)
        return label_heads(self.labels, self.before) if self.labels else None

    def strip(
        self, rows: Sequence[tuple[float, Draw]], title: str, says: str, definitions: str = "",
        above: str = "", rules: str = "",
    ) -> str:  # fmt: skip
        """The rows from top to bottom, each a height in pixels and what draws it.

        title : says what is drawn, and `says` the numbers of the step in focus, to those who listen.
        definitions : SVG that the rows refer to. above : HTML above the rows. rules : more style rules.
        """
        keyed = [(f"row{number}", *row) for number, row in enumerate(rows)]
        if self.shows_labels:
            keyed.insert(0, ("labels", round(HEIGHT * self.letters), self._named_steps))
        rows_high = sum(high + _GAP for _, high, _ in keyed) - _GAP
        height = _TOP + rows_high + round(_BOTTOM * self.letters)
        top, names, drawn = float(_TOP), [], []
        before, named = self.before or None, self._heads
        for key, high, draw in keyed:
            beside, behind, in_front, *handles = draw(top, float(high))
            names.append(beside)
            seen = self._reach(top - _GAP / 2, high + _GAP) + stretched(behind, self.T, height) + in_front
            body = svg.tag("g", seen, aria_hidden="true", data_key="seen") + "".join(handles)
            drawn.append(
                svg.tag(
                    "g", body, class_="row", data_steps=self.T, data_before=before, data_heads=named,
                    data_key=key,
                )
            )  # fmt: skip
            top += high + _GAP
        numbers = (
            self._ticks(height)
            if self.ticks
            else _numbers(self.T, self.t, self.letters, height, self.before, self.room)
        )
        role = ("group", title) if self.by_keyboard else ("img", says)
        plot = svg.tag(
            "svg",
            (svg.tag("defs", definitions) if definitions else "")
            + self._focus(says, height)
            + svg.tag("g", "".join(drawn) + numbers, data_key="rows"),
            class_="plot", style=f"height:{height:g}px", role=role[0], aria_label=role[1], data_key="plot",
        )  # fmt: skip
        name = self.words("axis.step") if self.name is None else self.name
        beside = svg.tag(
            "svg",
            "".join(names) + svg.text(self.left - 5, height - 6, name, text_anchor="end", class_="tick"),
            class_="names", style=f"height:{height:g}px", aria_hidden="true", data_key="names",
        )  # fmt: skip
        rules += label_rules(self.T, self.left, self.letters) if self.shows_labels else ""
        style = svg.tag("style", f"@container (max-width:{_NARROW}px){{.spare{{display:none}}}}" + rules)
        table = read_as_table(title, self.words) if self.letters < LARGE else ""  # a projector has no room
        return svg.tag(
            "div", style + above + beside + plot + table, class_="over-time", data_key="over-time",
            style=f"grid-template-columns:{self.left}px 1fr;font-size:{self.letters:g}px",
        )  # fmt: skip

    def _named_steps(self, top: float, height: float) -> Drawn:
        name = svg.text(
            self.left - 5, top + 0.7 * height, self.words("axis.label"), text_anchor="end", class_="tick name"
        )
        return name, "", drawn_labels(self.labels, self.t, top, height)

    def _reach(self, top: float, height: float) -> str:
        """Unseen, what the pointer meets: over each step it reads off numbers, up to `last` it chooses."""
        last = self.T if self.last is None else min(self.last, self.T)
        read, room = len(self.heads) or self.T, {"class_": "reach", "y": top, "height": height}
        rest = svg.tag("rect", width=share(read, self.T), **room) if last < read else ""
        return rest + (svg.tag("rect", width=share(last, self.T), data_role="step", **room) if last else "")

    def _focus(self, says: str, height: float) -> str:
        """The column of the step in focus.

        To the keyboard it is a slider, whose value is read out as the numbers of the step.
        """
        if not self.t:
            return ""
        column = svg.tag(
            "rect", class_="hit", x=share(self.t - 1, self.T), width=share(1, self.T), y=1, height=height - 2,
            rx=4, fill=MUTED, fill_opacity=0.16,
        )  # fmt: skip
        slider = {
            "role": "slider", "tabindex": 0, "aria_label": self.words("controls.step"), "aria_valuemin": 1,
            "aria_valuemax": self.last or self.T, "aria_valuenow": self.t, "aria_valuetext": says,
            "data_role": "step",
        } if self.by_keyboard else {}  # fmt: skip
        return svg.tag("g", column, class_="focus", **slider, data_t=self.t, data_key="focus")

    def _ticks(self, height: float) -> str:
        """What is written under the places; that of the last ends with it, for it may be long."""
        texts = (
            svg.tag(
                "text", svg.escaped(text), x=middle(place, self.T), y=height - 6,
                text_anchor="end" if place == self.T > 8 else "middle",
                class_="tick here" if place == self.t else "tick", data_key=f"tick{place}",
            )
            for place, text in self.ticks
        )  # fmt: skip
        return svg.tag("g", "".join(texts), aria_hidden="true", data_key="axis")


@lru_cache(256)
def _numbers(T: int, t: int, letters: float, height: float, before: int, room: int) -> str:
    """The number of each step, or of some where there is no room for all."""
    each = max(1.9, 0.58 * len(str(T + before)) + 0.5) * letters  # digits, and a gap to the next number
    wide, narrow = (_spacing(T, pixels / each) for pixels in (room, HALF))
    drawn = []
    for step in range(1, T + 1):
        here = step == t
        crowded = not here and wide > 1 and abs(step - t) < 0.7 * wide
        if (not here and (step + before) % wide) or crowded:
            continue
        spare = not here and ((step + before) % narrow or (narrow > 1 and abs(step - t) < 0.7 * narrow))
        look = "tick here" if here else "tick spare" if spare else "tick"
        drawn.append(
            svg.tag(
                "text", str(step + before), x=middle(step, T), y=height - 6, class_=look,
                text_anchor="middle", data_key=step,
            )
        )  # fmt: skip
    return svg.tag("g", "".join(drawn), aria_hidden="true", data_key="axis")


def _spacing(T: int, most: float) -> int:
    """Every how many-th step is written, so that there are no more than `most`."""
    return next(d for d in (1, 2, 5, 10, 20, 50, 100, 200, 500, T) if T / d <= most or d == T)
