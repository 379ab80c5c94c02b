"""The LSTM cell with the numbers of one step and unit in it: trace -> **diagram** -> SVG text."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from ...trace import LSTMTrace
from ...words import Words
from .. import svg
from ..handles import Bounds
from ..palette import TO_FILE
from .canvas import STYLE, Canvas
from .captions import caption, end_of_caption
from .concatenation import concatenation, unused_height
from .flow import flow
from .gates import carried, gate, showing
from .lanes import lanes
from .layout import LAYOUTS
from .peepholes import left_over, peephole
from .rail import definitions, erasing, kept, memory_after, memory_before, track, writing
from .scene import Scene
from .sentences import Sentences

ARRANGEMENTS = tuple(LAYOUTS)

_SANS = (
    '"Source Sans", "Source Sans 3", "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", '
    '"Noto Sans", "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans CJK KR", sans-serif'
)
_TABULAR = "font-variant-numeric:tabular-nums"
_AS_WIDE = "font-size-adjust:ch-width .497"
"""Makes digits of any font as wide as those of Source Sans, for which places and rooms are measured."""


def cell_diagram(
    trace: LSTMTrace,
    t: int,
    unit: int,
    words: Words,
    phase: str | None = None,
    narrow: bool = False,
    chosen: str | None = None,
    chosen_place: int | None = None,
    prefix: str = "cell",
) -> str:
    """The cell at step t of a unit, both from 1, of one sequence, as an SVG document.

    phase : one of PHASES lights its part, dims the others and says what happens there; None lights all.
    narrow : arranged for a phone.
    chosen : key of a quantity to mark, with those that it is computed from; chosen_place says which
        input or which unit's, where the diagram shows several.
    prefix : of the ids in it; two diagrams of one document need two.

    Raises ValueError for a batch, and for a step, unit or phase that there is not.
    """
    scene = Scene(trace, t, unit, words, phase, chosen, chosen_place)
    return _drawn(scene, Sentences.of(scene), "narrow" if narrow else "wide", prefix)


def responsive_diagram(
    trace: LSTMTrace,
    t: int,
    unit: int,
    words: Words,
    phase: str | None = None,
    chosen: str | None = None,
    chosen_place: int | None = None,
    arrangement: str | None = None,
    grabs: Mapping[str, Bounds] = MappingProxyType({}),
    sums_up: bool = True,
    flows: bool = False,
) -> str:
    """The arrangement that fits the room, one of ARRANGEMENTS, for a page.

    Where None says that nobody knows the room yet, both; then the style sheet of the picture shows
    the one that fits. Before them stands what they show as a sentence, which is read out whenever it
    changes. grabs : how far a hand can drag each gate, to pin it, and at step 1 "C_prev" and "h_prev";
    those that are not in it can't be grabbed. sums_up : whether the narrow arrangement says under the cell
    what happened at the whole step; not where the line of the strip says it right below. flows : whether the
    ways of the values are in it, for the walk to be played. The other arguments are those of `cell_diagram`.
    """
    scene = Scene(trace, t, unit, words, phase, chosen, chosen_place, grabs)
    sentences = Sentences.of(scene)
    if not sums_up:
        sentences = replace(sentences, whole="")
    return svg.tag(
        "p", svg.escaped(sentences.spoken), class_="spoken", data_heard="", data_key="spoken"
    ) + "".join(
        svg.tag("div", _drawn(scene, sentences, name, flows=flows), class_=name, data_key=name, data_lazy="")
        for name in ARRANGEMENTS
        if arrangement in (name, None)
    )


def describe(trace: LSTMTrace, t: int, unit: int, words: Words, phase: str | None = None) -> str:
    """What the diagram shows, as one sentence for those who listen, and a second on the phase."""
    return Sentences.of(Scene(trace, t, unit, words, phase)).spoken


def to_file(picture: str) -> str:
    """The SVG for a file of its own: ink on white, whatever the theme."""
    for themed, plain_colour in TO_FILE.items():
        picture = picture.replace(themed, plain_colour)
    picture = picture.replace(STYLE, f"{STYLE}.symbol{{font-size-adjust:none}}", 1)
    picture = picture.replace(_TABULAR, f"{_TABULAR};{_AS_WIDE}", 1)
    picture = picture.replace('font-family="inherit"', f"font-family='{_SANS}'", 1)
    head, body = picture.split(">", 1)
    sentence = head.partition('aria-label="')[2].partition('"')[0]
    paper = '<rect width="100%" height="100%" fill="#fff"/>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}><title>{sentence}</title>{paper}{body}\n'


def _drawn(
    scene: Scene, sentences: Sentences, arrangement: str, prefix: str = "cell", flows: bool = False
) -> str:
    canvas = Canvas(LAYOUTS[arrangement], scene, sentences, f"{prefix}-{arrangement}")
    # The keyboard visits the parts in this order: that of computation, as far as none covers another.
    parts = [
        track(canvas),
        memory_before(canvas),
        concatenation(canvas),
        gate(canvas, "f"),
        peephole(canvas, "f"),
        kept(canvas),
        erasing(canvas),
        left_over(canvas),
        gate(canvas, "i"),
        peephole(canvas, "i"),
        gate(canvas, "C_tilde"),
        memory_after(canvas),
        writing(canvas),
        gate(canvas, "o"),
        peephole(canvas, "o"),
        showing(canvas),
        svg.tag("g", caption(canvas), transform=f"translate(0 {-unused_height(canvas):g})", data_key="below"),
        carried(canvas),
        flow(canvas) if flows else "",
    ]
    return _document(canvas, "".join(parts))


def _document(canvas: Canvas, body: str) -> str:
    layout, scene = canvas.layout, canvas.scene
    above = layout.tabs[1] if scene.trace.params.H > 1 else 0
    height = (layout.height or end_of_caption(canvas)) + above - unused_height(canvas)
    return svg.tag(
        "svg",
        svg.tag("style", STYLE)
        + definitions(canvas)
        + lanes(canvas)
        + svg.tag("g", body, transform=f"translate(0 {above})", data_key="cell"),
        xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {layout.width} {height:g}",
        class_="cell", role="group", aria_label=canvas.sentences.spoken, data_t=scene.t,
        font_family="inherit", stroke_linejoin="round", style=_TABULAR,
    )  # fmt: skip
