"""The LSTM cell with the numbers of one step and unit in it: trace -> **diagram** -> SVG text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ...trace import LSTMTrace
from ...workbench.focus import PHASES
from .. import svg
from ..palette import TO_FILE
from .captions import caption, spoken
from .gates import carried, gate, showing
from .inputs import strip, unused_height
from .lanes import lanes
from .layout import NARROW, WIDE, Layout
from .peepholes import left_over, peephole
from .rail import definitions, erasing, kept, memory_after, memory_before, track, writing
from .scene import STYLE, Scene

__all__ = ["ARRANGEMENTS", "PHASES", "cell_diagram", "describe", "responsive_diagram", "to_file"]

ARRANGEMENTS = ("wide", "narrow")

_SANS = (
    '"Source Sans", "Source Sans 3", system-ui, "Segoe UI", Roboto, "Apple SD Gothic Neo", "Malgun Gothic", '
    '"Noto Sans CJK KR", sans-serif'
)


def cell_diagram(
    trace: LSTMTrace,
    t: int,
    unit: int,
    words: Callable[..., str],
    phase: str | None = None,
    narrow: bool = False,
    chosen: str | None = None,
    chosen_place: int | None = None,
    prefix: str = "cell",
) -> str:
    """The cell at step t of a unit, both from 1, of one sequence.

    words : the reader's language, `words("quantity.f")`.
    phase : one of PHASES lights its part, dims the others and says what happens there; None lights all.
    narrow : arranged for a phone.
    chosen : key of a quantity to mark, with those that it is computed from; chosen_place says which
        input or which unit's, where the diagram shows several.
    prefix : of the ids in it; two diagrams of one document need two.

    Raises ValueError for a step, unit or phase that there is not.
    """
    layout = NARROW if narrow else WIDE
    _check(trace, t, unit, phase)
    scene = Scene(trace, t, unit, words, layout, phase, chosen, chosen_place, f"{prefix}-{layout.name}")
    parts = [  # in the order of computation, as the keyboard goes, as far as one covers the other
        track(scene),
        memory_before(scene),
        strip(scene),
        gate(scene, "f"),
        peephole(scene, "f"),
        kept(scene),
        erasing(scene),
        left_over(scene),
        gate(scene, "i"),
        peephole(scene, "i"),
        gate(scene, "C_tilde"),
        memory_after(scene),
        writing(scene),
        gate(scene, "o"),
        peephole(scene, "o"),
        showing(scene),
        svg.tag("g", caption(scene), transform=f"translate(0 {-unused_height(scene):g})", data_key="below"),
        carried(scene),
    ]
    return _document(scene, layout, "".join(parts))


def _document(scene: Scene, layout: Layout, body: str) -> str:
    above = layout.tabs[1] if scene.trace.params.H > 1 else 0
    height = layout.height + above - unused_height(scene)
    return svg.tag(
        "svg",
        svg.tag("style", STYLE)
        + definitions(scene)
        + lanes(scene)
        + svg.tag("g", body, transform=f"translate(0 {above})", data_key="cell"),
        xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {layout.width} {height:g}",
        class_="cell", role="group", aria_label=_described(scene), data_t=scene.t, font_family="inherit",
        stroke_linejoin="round", style="font-variant-numeric:tabular-nums",
    )  # fmt: skip


def responsive_diagram(
    trace: LSTMTrace,
    t: int,
    unit: int,
    words: Callable[..., str],
    phase: str | None = None,
    chosen: str | None = None,
    chosen_place: int | None = None,
    prefix: str = "cell",
    arrangement: str | None = None,
) -> str:
    """The arrangement that fits the room, one of ARRANGEMENTS.

    Where None says that nobody knows the room yet, both; then the style sheet of the picture shows
    the one that fits. Before them stands what they show as a sentence, which is read out whenever it changes.
    """
    described = describe(trace, t, unit, words, phase)
    return svg.tag(
        "p", svg.escaped(described), class_="spoken", aria_live="polite", data_key="spoken"
    ) + "".join(
        svg.tag(
            "div",
            cell_diagram(trace, t, unit, words, phase, name == "narrow", chosen, chosen_place, prefix),
            class_=name,
            data_key=name,
            data_lazy="",
        )
        for name in ARRANGEMENTS
        if arrangement in (name, None)
    )


def describe(trace: LSTMTrace, t: int, unit: int, words: Callable[..., str], phase: str | None = None) -> str:
    """What the diagram shows, as one sentence for those who listen, and a second on the phase."""
    _check(trace, t, unit, phase)
    return _described(Scene(trace, t, unit, words, WIDE, phase))


def _described(scene: Scene) -> str:
    whole = spoken(replace(scene, phase=None))
    if scene.told is None:
        return whole
    return f"{whole} {scene.words(f'diagram.phase.{scene.told}')}: {spoken(scene)}"


def to_file(picture: str) -> str:
    """The SVG for a file of its own: ink on white, whatever the theme."""
    for themed, plain_colour in TO_FILE.items():
        picture = picture.replace(themed, plain_colour)
    picture = picture.replace('font-family="inherit"', f"font-family='{_SANS}'", 1)
    head, body = picture.split(">", 1)
    sentence = head.partition('aria-label="')[2].partition('"')[0]
    paper = '<rect width="100%" height="100%" fill="#fff"/>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}><title>{sentence}</title>{paper}{body}\n'


def _check(trace: LSTMTrace, t: int, unit: int, phase: str | None) -> None:
    if trace.z.ndim != 3:
        raise ValueError(f"trace: expected one sequence, got a batch of {trace.z.shape[1:-2]}")
    if not 1 <= t <= trace.T:
        raise ValueError(f"t: expected 1 to {trace.T}, got {t}")
    if not 1 <= unit <= trace.params.H:
        raise ValueError(f"unit: expected 1 to {trace.params.H}, got {unit}")
    if phase is not None and phase not in PHASES:
        raise ValueError(f"phase: expected one of {', '.join(PHASES)}, got {phase!r:.40}")
