"""From the plain RNN to the LSTM of today, part by part: stages -> **five small pictures**, HTML with SVG."""

from dataclasses import dataclass
from functools import lru_cache

from ..quantities import QUANTITIES
from ..words import Words
from . import svg
from .palette import COLOURS, MUTED, PAPER, THEME_INK, readable
from .svg import paint
from .typeset import emphasised

_WIDTH, _HEIGHT = 190, 176
_RAIL, _BOXES, _BUS, _SHOWN = 34, 96, 146, 84
_CENTRES = {"f": 26, "i": 66, "C_tilde": 106, "o": 146}
_OUT = 168
"""y of the memory, the boxes' upper edge, what is read and the output's ×; x of each box and of h."""


@dataclass(frozen=True)
class Stage:
    """One step of the history.

    parts : the boxes and "C", in the order in which they came; the last one is new.
    equation : of what the new part changes, with the keys of quantities in braces.
    """

    key: str
    parts: tuple[str, ...]
    equation: tuple[str, ...]


STAGES = (
    Stage("rnn", ("C_tilde",), ("h", " = tanh(", "W", "·[", "h_prev", ", ", "x", "] + b)")),
    Stage("memory", ("C_tilde", "C"), ("C", " = ", "C_prev", " + ", "C_tilde")),
    Stage("input", ("C_tilde", "C", "i"), ("C", " = ", "C_prev", " + ", "i", " ⊙ ", "C_tilde")),
    Stage("output", ("C_tilde", "C", "i", "o"), ("h", " = ", "o", " ⊙ tanh(", "C", ")")),
    Stage(
        "forget", ("C_tilde", "C", "i", "o", "f"),
        ("C", " = ", "f", " ⊙ ", "C_prev", " + ", "i", " ⊙ ", "C_tilde"),
    ),
)  # fmt: skip
"""The RNN's equation is kept as the candidate; a memory and three gates are what was added."""


@lru_cache  # It is the same for every run.
def growth(words: Words) -> str:
    """The pictures side by side under their heading, each with its year, what is new in it, its equation."""
    heading = svg.tag("p", emphasised(f"**{words('growth.heading')}**"), class_="said")
    stages = "".join(_figure(stage, words) for stage in STAGES)
    return heading + svg.tag("div", stages, class_="growth", tabindex=0, role="group",
                             aria_label=words("growth.heading"))  # fmt: skip


def _figure(stage: Stage, words: Words) -> str:
    title, says = (words(f"growth.{stage.key}.{part}") for part in ("title", "says"))
    drawn = "".join(_part(part, stage) for part in stage.parts)
    picture = svg.tag(
        "svg", _reading(stage) + drawn + _output(), viewBox=f"0 0 {_WIDTH} {_HEIGHT}", role="img",
        aria_label=f"{title}. {says}", data_stage=stage.key,
    )  # fmt: skip
    equation = svg.tag("p", "".join(map(_symbol, stage.equation)), class_="equation")
    caption = svg.tag("b", svg.escaped(title)) + svg.tag("p", svg.escaped(says))
    return svg.tag("figure", picture + svg.tag("figcaption", caption + equation))


def _symbol(piece: str) -> str:
    if piece not in QUANTITIES:
        return svg.escaped(piece)
    quantity = QUANTITIES[piece]
    index = svg.tag("sub", svg.escaped(quantity.index)) if quantity.index else ""
    letter = svg.tag("i", svg.escaped(quantity.letter))
    return svg.tag("span", letter + index, style=f"color:{readable(quantity.colour)}", data_symbol=piece)


# -- the parts -------------------------------------------------------------------------------------


def _wire(d: str, new: bool, colour: str) -> str:
    stroke = colour if new else THEME_INK
    return svg.tag(
        "path", d=d, fill="none", stroke=stroke, stroke_width=2.5 if new else 1.6,
        stroke_opacity=1 if new else 0.55,
    )  # fmt: skip


def _box(key: str, new: bool) -> str:
    """A box with its symbol, filled with its hue where it is what is new."""
    x, colour = _CENTRES[key], COLOURS[key]
    return svg.tag(
        "rect", x=x - 15, y=_BOXES, width=30, height=28, rx=5, fill=colour if new else PAPER,
        fill_opacity=0.28 if new else 1, stroke=colour, stroke_width=2.5 if new else 1.4,
    ) + _letters(
        svg.symbol(QUANTITIES[key], ""), x, _BOXES + 20, 17, text_anchor="middle", fill=readable(key)
    )  # fmt: skip


def _letters(markup: str, x: float, y: float, size: float, **more) -> str:
    return svg.tag("text", markup, x=x, y=y, font_size=size, class_="symbol", **{"fill": THEME_INK} | more)


def _node(x: float, y: float, sign: str, new: bool, colour: str) -> str:
    return svg.tag(
        "circle", cx=x, cy=y, r=8.5, fill=PAPER, stroke=colour if new else MUTED, stroke_width=2
    ) + svg.text(x, y + 5, sign, text_anchor="middle", font_size=15, fill=THEME_INK)


def _candidate(stage: Stage, new: bool) -> str:
    x = _CENTRES["C_tilde"]
    if "C" in stage.parts:
        return _wire(f"M{x} {_BOXES}V{_RAIL}", new, COLOURS["C_tilde"]) + _box("C_tilde", new)
    way_out = _wire(f"M{x} {_BOXES}V{_SHOWN - 14}H{_OUT}V{_BUS}", True, paint("h"))
    name = svg.text(x - 22, _BOXES + 19, "tanh", text_anchor="end", font_size=13, fill=THEME_INK)
    return way_out + _box("C_tilde", new) + name


def _memory(new: bool) -> str:
    rail = svg.tag("path", d=f"M6 {_RAIL}H{_WIDTH - 6}", stroke=THEME_INK, stroke_width=4.5 if new else 3)
    arrow = svg.tag("path", d=f"M{_WIDTH - 2} {_RAIL}l-9 -6v12Z", fill=THEME_INK)
    down = _wire(f"M{_OUT} {_RAIL}V{_BUS}", False, paint("C"))
    letter = _letters(svg.symbol(QUANTITIES["C"], ""), _OUT - 4, _RAIL - 10, 17)
    squeezed = svg.text(_OUT + 4, _RAIL + 22, "tanh", text_anchor="middle", font_size=11, class_="halo")
    plus = _node(_CENTRES["C_tilde"], _RAIL, "+", new, COLOURS["C_tilde"])
    return rail + arrow + down + plus + letter + squeezed


_TIMES = {"i": (_CENTRES["C_tilde"], 66), "o": (_OUT, _SHOWN - 2), "f": (_CENTRES["f"], _RAIL)}
"""Where the × of each gate stands, to which its wire leads."""


def _part(part: str, stage: Stage) -> str:
    new = part == stage.parts[-1]
    if part not in _TIMES:
        return _memory(new) if part == "C" else _candidate(stage, new)
    x, y = _TIMES[part]
    wire = _wire(f"M{_CENTRES[part]} {_BOXES}V{y}H{x}", new, COLOURS[part])
    return wire + _box(part, new) + _node(x, y, "×", new, COLOURS[part])


def _reading(stage: Stage) -> str:
    """[h_{t-1}, x_t], and the wires to the boxes that read it: all of them do."""
    boxes = [_CENTRES[part] for part in stage.parts if part in _CENTRES]
    wires = "".join(f"M{x} {_BUS}V{_BOXES + 28}" for x in boxes)
    along = f"M{min(*boxes, 60)} {_BUS}H{max(boxes)}"
    letters = f"[{svg.symbol(QUANTITIES['h_prev'])}, {svg.symbol(QUANTITIES['x'])}]"
    read = _letters(letters, 40, _BUS + 22, 15)
    return svg.tag("path", d=wires + along, fill="none", stroke=COLOURS["x"], stroke_width=1.4) + read


def _output() -> str:
    """h, which goes out, and comes back at the next step."""
    head = svg.tag("path", d=f"M{_OUT} {_BUS + 6}l-6 -9h12Z", fill=THEME_INK)
    return head + _letters(svg.symbol(QUANTITIES["h"]), _OUT, _BUS + 24, 16, text_anchor="middle")
