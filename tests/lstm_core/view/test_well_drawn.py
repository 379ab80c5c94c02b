"""Every picture, whatever it shows: a browser can draw each of its elements, and each stands in it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import numpy as np

from lstm_core.explain import Place
from lstm_core.figure import Figure
from lstm_core.figure.course import CourseFigure
from lstm_core.figure.draw import PICTURES
from lstm_core.figure.pages import figure_of
from lstm_core.figure.reading import ReadingFigure
from lstm_core.lessons.classroom import errors, summary, tallies
from lstm_core.lessons.lesson_link import LessonLink, Part
from lstm_core.lessons.sample_class import sample_class
from lstm_core.lessons.tasks import TASKS
from lstm_core.readers.layer import Layer, with_addresses
from lstm_core.readers.side_by_side import Lives
from lstm_core.reading import shipped as reader
from lstm_core.training.shipped import shipped
from lstm_core.view import lessons, network, origin
from lstm_core.view.strip import Row
from lstm_core.words import Words
from lstm_core.workbench.focus import BACK_PHASES, Focus
from lstm_core.workbench.presets import preset
from tests.conftest import ROOT
from tests.lstm_core.view.pictures import drawn

EN = Words("en")
RUN = preset("random").resized(H=3, D=2).pinned("pin_f.1.5", 0.2)
ROWS = (Row("inputs"), Row("lines", 60, ("f", "i", "o")), Row("ledger", 90), Row("provenance", 80))
ELEMENTS = {
    "a", "circle", "clipPath", "defs", "figure", "foreignObject", "g", "line", "linearGradient", "mask",
    "path", "pattern", "polyline", "rect", "stop", "style", "svg", "text", "title", "tspan", "use",
    "b", "button", "caption", "details", "div", "em", "figcaption", "h2", "h3", "h4", "i", "input", "label",
    "li", "option", "p", "s", "section", "select", "small", "span", "strong", "sub", "summary", "sup",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
NEEDED = {"circle": ("r",), "rect": ("width", "height"), "text": ("y",), "line": ("x1", "x2", "y1", "y2")}
NUMBER = r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?"


def figures() -> Iterator[Figure]:
    all_ = Figure(RUN, Focus(5, 2), tuple(PICTURES), rows=ROWS, goes_back=True)
    yield from (all_.looked(phase=phase, band=2) for phase in (None, "concatenate", "write"))
    yield from (all_.looked(back=phase, loss="all") for phase in BACK_PHASES)
    present = Focus(5, 2, present=True)
    yield Figure(RUN.with_variant("peephole"), present, tuple(PICTURES), rows=ROWS).looked(chosen="f")
    task, lesson = TASKS["hold"], LessonLink(parts=(Part("task", "hold", 1),), at=1)
    for experiment in (task.start(1), task.solution(1)):
        yield figure_of(task.page, experiment, Focus(), lesson, "en")
    course = CourseFigure(shipped("recall"), 3, Focus(10, 2))
    yield from (course, course.disturbed("unit"))
    read = ReadingFigure(
        reader(), "print(max(a, b), 'x')\n# so", Focus(t=12, unit=reader().features()[0].unit)
    )
    yield from (read, read.chose({"role": "hold", "value": "held"}))


def pictures() -> Iterator[tuple[str, str]]:
    for k, figure in enumerate(figures()):
        yield from ((f"{name} of figure {k}", markup) for name, markup in figure.draw().items())
    sheet = lessons.CurveSheet(((1, -2.486), (2, -1.817)), (3, 4, 5, 6), (-3.0, 3.0))
    yield from (("sheet", lessons.curve_sheet_picture(sheet, EN, locked)) for locked in (True, False))
    yield "truth", lessons.curve_truth_picture(sheet, EN, (1.0, -1.0, 2.0, 0.0), (0.5, 0.1, -2.0, 0.0))
    yield from (("number line", lessons.number_line(answer, 0.3, (-1, 1), EN)) for answer in (-1.0, 0.9))
    of_class = sample_class("ABC")
    rows = summary(of_class)
    yield "class", lessons.class_table(list("ABC"), rows, EN) + lessons.error_list(errors(of_class), EN)
    yield "class chart", lessons.class_chart(tallies(rows), EN)
    layers = with_addresses([Layer(name, RUN.params) for name in ("encoder", "decoder")])
    yield "map", network.layer_map(layers, layers[0].address, EN)
    yield "lives", network.lives([Lives(one, np.array([0.4, 2.0, 30.0])) for one in layers], "", EN)
    for trace in (RUN.trace(), drawn(H=20, D=30)):
        yield "sum", origin.pre_activation_bars(trace, 2, 1, "i", EN)
        yield from (
            ("why", origin.explanation_panel(trace, Place(key, 2, 1), EN)) for key in ("f", "C", "z_i")
        )


STYLED = {
    name
    for path in (ROOT / "assets").rglob("*")
    if path.suffix in (".css", ".js")
    for name in re.findall(r"[\w-]+", path.read_text("utf-8"))
}
"""All that a style sheet or a script may take hold of."""


def wrong(element: ET.Element, styled: set[str]) -> Iterator[str]:
    """What a browser could not draw of an element, or would draw without its style."""
    if element.tag not in ELEMENTS:
        yield "no such element"
    for name in NEEDED.get(element.tag, ()):
        if not re.fullmatch(rf"{NUMBER}%?", element.get(name, "")):
            yield f"{name} is no number"
    if not re.fullmatch(rf"(?:[MLHVCSQTAZmlhvcsqtaz, ]|{NUMBER})*", element.get("d", "")):
        yield "no path"
    yield from (f"{name} is none" for name, value in element.items() if value == "None")
    for name in element.get("class", "").split():
        if name not in styled and not re.fullmatch(r"walk-\w+|bar-\w+|s\d|named|terms|meaning", name):
            yield f"class {name} has no style and no script"


def outside(svg: ET.Element) -> Iterator[str]:
    """What stands outside of an SVG, as far as nothing moves it."""
    _, _, wide, high = map(float, svg.get("viewBox").split())
    waiting = list(svg)
    while waiting:
        element = waiting.pop()
        if element.tag in ("defs", "svg", "pattern", "mask", "clipPath") or element.get("transform"):
            continue
        waiting += element
        for names, end in ((("x", "cx", "x1", "x2"), wide), (("y", "cy", "y1", "y2"), high)):
            for at in (
                float(element.get(name)) for name in names if re.fullmatch(NUMBER, element.get(name, ""))
            ):
                if not -4 <= at <= end + 4:
                    yield f"{element.tag} {names[0]}={at:g} of {end:g}"


def test_every_element_can_be_drawn_and_stands_in_its_picture():
    found = []
    for name, markup in pictures():
        plain = markup.replace(' xmlns="http://www.w3.org/2000/svg"', "").replace("&nbsp;", " ")
        root = ET.fromstring(f"<div>{plain}</div>")
        own = {word for style in root.iter("style") for word in re.findall(r"[\w-]+", style.text)}
        for element in root.iter():
            told = [*wrong(element, STYLED | own)]
            told += outside(element) if element.get("viewBox") else ()
            found += [(name, element.tag, dict(element.items()), one) for one in told]
    assert not found, "\n".join(map(str, found[:20]))
