"""Where everything in the cell diagram stands: **layout** -> canvas -> SVG. Nothing here depends on a run."""

from collections.abc import Mapping
from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True)
class Gate:
    """Where things stand inside the box of a gate, measured from its upper left corner.

    gauge : left, top, width and height of the bar that shows how far the gate is open.
    """

    width: float
    height: float
    symbol: Point
    number: Point
    name: Point
    name_anchor: str
    gauge: tuple[float, float, float, float]


@dataclass(frozen=True)
class Layout:
    """One arrangement of the diagram. Lengths are units of its viewBox.

    height : None where the diagram ends under the room of its caption.
    small, verb, number, big, symbol : sizes of letters; none is below 12 px at the least width.
    rail : left end, right end, y of the axis where C is 0, and the distance from it to the end of the scale.
    erase, add : x of the forget gate's × and of the +, both on the rail. The wire from f comes up at `erase`.
    product : centre of the × of input gate and candidate. show : centre of the × of the output gate.
    boxes : upper left corners of the four gates.
    labels : quantity -> x where its verb or symbol ends and its number starts, y, and the number's room.
    concatenation : of the numbers [h_{t-1}, x_t]: left end, top, and the width there is for them. Where
        `concatenation_rows` is 2, h and x may stand in two rows, one under the other.
    taps : of what enters a gate from above, a peephole or in a coupled cell 1 − f: x where it leaves
        the rail, y of its turn, x where it enters the box; and the room for its number.
    captions : left, top, width of the caption of each phase; `beside_taps` where there are peepholes.
    tabs : of the row above the diagram in which a unit is chosen: height of a tab, and of the row.
    more : width that this row leaves at its right end for "and 12 more", where there are units without a tab.
    """

    name: str
    width: float
    height: float | None
    small: float
    verb: float
    number: float
    big: float
    symbol: float
    rail: tuple[float, float, float, float]
    erase: float
    add: float
    product: Point
    show: Point
    node: float
    boxes: dict[str, Point]
    gate: Gate
    labels: dict[str, tuple[float, float, float]]
    tanh: tuple[float, float, float, float]
    tanh_name: Point
    tanh_number: Point
    show_verb: tuple[float, float, str]
    h_out: str
    h_end: Point
    bus: float
    concatenation: tuple[float, float, float]
    cell: tuple[float, float]
    concatenation_rows: int
    taps: dict[str, tuple[float, float, float]]
    tap_room: float
    captions: Mapping[str, tuple[float, float, float]]
    beside_taps: Mapping[str, tuple[float, float, float]]
    tabs: tuple[float, float]
    more: float

    def gate_centre(self, key: str) -> float:
        return self.boxes[key][0] + self.gate.width / 2


_LEFT = (22, 140, 190)
_BESIDE_RAIL, _RIGHT = (58, 131, 222), (668, 131, 222)
_BESIDE_TAPS, _RIGHT_OF_TAPS = (58, 131, 150), (668, 131, 176)

WIDE = Layout(
    name="wide", width=1000, height=386, small=16, verb=17, number=20, big=24, symbol=23,
    rail=(56, 990, 84, 44),
    erase=291, add=571, product=(571, 168), show=(925, 263), node=17,
    boxes={"f": (219, 214), "i": (419, 214), "C_tilde": (579, 214), "o": (741, 214)},
    gate=Gate(144, 98, (14, 29), (13, 58), (14, 79), "start", (108, 14, 13, 68)),
    labels={
        "C_prev": (98, 26, 180), "erased": (352, 26, 84), "kept": (482, 26, 100),
        "written": (644, 26, 180), "C": (884, 26, 96), "h": (860, 357, 58),
    },
    tanh=(895, 138, 60, 42), tanh_name=(961, 164), tanh_number=(935, 221), show_verb=(948, 269, "start"),
    h_out="V364 H978", h_end=(990, 364),
    bus=336, concatenation=(22, 349, 760), cell=(54, 32), concatenation_rows=1,
    taps={"f": (250, 150, 250), "i": (250, 150, 449), "o": (858, 150, 858)}, tap_room=62,
    captions={
        "concatenate": _LEFT, "forget": _BESIDE_RAIL, "erase": _BESIDE_RAIL, "candidate": _RIGHT,
        "write": _RIGHT, "output": _RIGHT, "show": _RIGHT,
    },
    beside_taps={
        "concatenate": _LEFT, "forget": _BESIDE_TAPS, "erase": _BESIDE_TAPS,
        **dict.fromkeys(("candidate", "write", "output", "show"), _RIGHT_OF_TAPS),
    },
    tabs=(34, 42), more=110,
)  # fmt: skip

_BELOW = dict.fromkeys(
    ("whole", "concatenate", "forget", "erase", "candidate", "write", "output", "show"), (6, 432, 378)
)

NARROW = Layout(
    name="narrow", width=390, height=None, small=14, verb=14.5, number=16, big=18, symbol=19,
    rail=(42, 382, 88, 32),
    erase=86, add=194.5, product=(194.5, 154), show=(340, 186), node=13,
    boxes={"f": (4, 212), "i": (101, 212), "C_tilde": (198, 212), "o": (295, 212)},
    gate=Gate(91, 94, (10, 24), (9, 49), (45.5, 72), "middle", (63, 10, 10, 44)),
    labels={
        "C_prev": (42, 20, 130), "erased": (66, 46, 68), "kept": (178, 46, 74),
        "written": (298, 46, 84), "C": (303, 20, 70), "h": (278, 192, 40),
    },
    tanh=(315, 126, 50, 32), tanh_name=(312, 148), tanh_number=(346, 172), show_verb=(322, 176, "end"),
    h_out="H374", h_end=(384, 186),
    bus=328, concatenation=(4, 346, 360), cell=(46, 30), concatenation_rows=2,
    taps={"f": (54, 184, 54), "i": (54, 184, 122), "o": (252, 205, 315)}, tap_room=40,
    captions=_BELOW, beside_taps=_BELOW,
    tabs=(34, 42), more=78,
)  # fmt: skip

LAYOUTS = {layout.name: layout for layout in (WIDE, NARROW)}
