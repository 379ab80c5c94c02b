"""Every picture, whatever it shows: a browser can draw each element, it is painted, and texts can be read."""

import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pytest

from lstm_core.explain import Place
from lstm_core.figure import Figure
from lstm_core.figure.course import CourseFigure
from lstm_core.figure.draw import PICTURES
from lstm_core.figure.pages import figure_of
from lstm_core.figure.reading import ReadingFigure
from lstm_core.lessons.classroom import errors, order_of_works, summary, tallies
from lstm_core.lessons.lesson_link import LessonLink, Part
from lstm_core.lessons.marks import marks, parts_met
from lstm_core.lessons.sample_class import sample_class
from lstm_core.lessons.tasks import TASKS
from lstm_core.readers.gru import GRUParams, gru_forward
from lstm_core.readers.layer import Layer, with_addresses
from lstm_core.readers.side_by_side import Lives
from lstm_core.reading import shipped as reader
from lstm_core.training.shipped import shipped
from lstm_core.view import lessons, network, origin
from lstm_core.view.growth import growth
from lstm_core.view.numbers import numbers_table
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
CHOICES = {
    "text-anchor": ("start", "middle", "end"),
    "pointer-events": ("none", "all"),
    "overflow": ("visible", "hidden"),
    "font-family": ("inherit",),
    "preserveAspectRatio": ("none", "xMidYMid meet", "xMinYMid meet"),
    "stroke-linejoin": ("round",),
    "stroke-linecap": ("round", "butt"),
    "scope": ("col", "row"),
}
SPOKEN = ("img", "group", "region", "button", "slider", "application")
FOCUSED = ("button", "input", "select", "a", "summary")
PROPERTIES = ("fill", "stroke", "stroke-width", "font-size")
NEEDED = {"circle": ("r",), "rect": ("width", "height"), "text": ("x", "y"), "line": ("x1", "x2", "y1", "y2")}
COLOUR = r"none|currentColor|inherit|#[0-9A-Fa-f]{6}|(?:url|var|color-mix|oklch)\(.+\)"
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
    yield "numbers", numbers_table(RUN.trace(), 2, 5, EN)
    sheet = lessons.CurveSheet(((1, -2.486), (2, -1.817)), (3, 4, 5, 6), (-3.0, 3.0))
    yield from (("sheet", lessons.sheet_data(sheet, EN, 1, locked=locked)[1]) for locked in (True, False))
    yield "truth", lessons.curve_truth_picture(sheet, EN, (1.0, -1.0, 2.0, 0.0), (0.5, 0.1, -2.0, 0.0))
    yield from (("number line", lessons.number_line(answer, 0.3, (-1, 1), EN)) for answer in (-1.0, 0.9))
    of_class = sample_class("ABC")
    rows = summary(of_class)
    yield "class", lessons.class_table(list("ABC"), rows, EN) + lessons.error_list(errors(of_class), EN)
    course = marks(of_class, (), parts_met(of_class, order_of_works()), any_variant=True)
    yield "marks", lessons.marks_table(course, EN)
    yield "class chart", lessons.class_chart(tallies(rows), EN)
    layers = with_addresses([Layer(name, RUN.params) for name in ("encoder", "decoder")])
    yield "map", network.layer_map(layers, layers[0].address, EN)
    yield "lives", network.lives([Lives(one, np.array([0.4, 2.0, 30.0])) for one in layers], "", EN)
    units = GRUParams(np.ones((3, 2, 4)) / 3, np.zeros((3, 2)), np.zeros(2))
    yield "GRU", network.gru_strip(gru_forward(units, RUN.trace().x), 2, 3, EN)
    yield "growth", growth(EN)
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

GIVEN = defaultdict(set)
"""Class -> the properties that some rule of a style sheet gives to what has it."""
for path in (ROOT / "assets").rglob("*.css"):
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", path.read_text("utf-8")):
        for name in re.findall(r"\.([\w-]+)", selector):
            GIVEN[name] |= set(re.findall(r"([\w-]+)\s*:", body))


def wrong(element: ET.Element, styled: set[str]) -> Iterator[str]:
    """What a browser could not draw of an element, or draw without its style, and what has no name."""
    if element.tag not in ELEMENTS:
        yield "no such element"
    for name in NEEDED.get(element.tag, ()):
        if not re.fullmatch(rf"{NUMBER}%?", element.get(name, "")):
            yield f"{name} is no number"
    if not re.fullmatch(rf"(?:[MLHVCSQTAZmlhvcsqtaz, ]|{NUMBER})*", element.get("d", "")):
        yield "no path"
    yield from (f"{name} is none" for name, value in element.items() if value == "None")
    yield from (
        f"no colour to {name}"
        for name in ("fill", "stroke")
        if not re.fullmatch(COLOUR, element.get(name, "none"))
    )
    yield from (
        f"no such {name}" for name, may_be in CHOICES.items() if element.get(name, may_be[0]) not in may_be
    )
    for name in element.get("class", "").split():
        if name not in styled and not re.fullmatch(r"walk-\w+|bar-\w+|s\d|named|terms|meaning", name):
            yield f"class {name} has no style and no script"
    told = [element.text or "", element.tail or "", *element.attrib.values()]
    if any("None" in one for one in told):
        yield "says None"
    if element.tag == "th" and not "".join(element.itertext()).strip():
        yield "a head without words"
    if (
        element.get("role") in SPOKEN
        and not (element.get("aria-label") or "".join(element.itertext())).strip()
    ):
        yield "has a role and no name"
    if element.get("tabindex") and element.tag not in FOCUSED and not element.get("role"):
        yield "takes the focus and has no role"
    if element.get("role") in ("button", "slider") and not element.get("tabindex"):
        yield "is worked by hand and no key reaches it"


def unpainted(element: ET.Element, given: dict[str, str]) -> Iterator[tuple[ET.Element, str]]:
    """Shapes and letters whose colour, weight or size nothing says; then a browser draws them black or thin.

    given : the properties that the elements around it say.
    """
    given = given | {name: element.get(name) for name in PROPERTIES if element.get(name)}
    given |= dict(re.findall(r"([\w-]+):([^;]*)", element.get("style", "")))
    for name in element.get("class", "").split():
        given |= dict.fromkeys(GIVEN[name] - given.keys(), "of its class")
    if element.tag in ("defs", "mask", "clipPath", "pattern") or "visibility" in given:
        return
    stroke, fill = given.get("stroke", "none"), given.get("fill")
    shape = element.tag in ("path", "polyline", "rect", "circle", "line")
    if (shape or element.tag == "text") and stroke == "none" and (fill == "none" or straight(element)):
        yield element, "cannot be seen"
    if shape and fill is None and element.tag != "line" and not straight(element):
        yield element, "has no fill"
    if shape and stroke != "none" and "stroke-width" not in given:
        yield element, "has a stroke without a width"
    if element.tag == "text" and not {"font-size", "font"} & given.keys():
        yield element, "has letters without a size"
    for child in element:
        yield from unpainted(child, given)


def stray(element: ET.Element, drawn: bool = False) -> Iterator[str]:
    """Letters that stand in a drawing and belong to no text of it, so that nobody sees them."""
    if element.tag in ("text", "title", "style", "foreignObject"):
        return
    drawn = drawn or element.tag == "svg"
    for child in element:
        yield from stray(child, drawn)
    said = (element.text or "") + "".join(child.tail or "" for child in element)
    if drawn and said.strip():
        yield said


def straight(element: ET.Element) -> bool:
    """Whether it has no area: each part of its path has two points."""
    parts = element.get("d", "").split("M")[1:]
    return bool(parts) and all(len(re.findall("[LHVlhv]", part)) == 1 for part in parts)


def outside(svg: ET.Element) -> Iterator[str]:
    """What stands outside of an SVG, as far as nothing moves it."""
    _, _, wide, high = map(float, svg.get("viewBox").split())
    waiting = list(svg)
    while waiting:
        element = waiting.pop()
        if element.tag in ("defs", "svg", "pattern", "mask", "clipPath") or element.get("transform"):
            continue
        if element.get("class") == "point":  # the browser puts it in its place
            continue
        if element.tag == "circle" and not (element.get("cx") and element.get("cy")):
            yield "a circle without a place"
        waiting += element
        for names, end in ((("x", "cx", "x1", "x2"), wide), (("y", "cy", "y1", "y2"), high)):
            for at in (
                float(element.get(name)) for name in names if re.fullmatch(NUMBER, element.get(name, ""))
            ):
                if not -4 <= at <= end + 4:
                    yield f"{element.tag} {names[0]}={at:g} of {end:g}"


def letters(
    element: ET.Element, size: float, anchor: str
) -> Iterator[tuple[str, float, float, float, float]]:
    """Each text that nothing moves, and about the box it takes: left, top, right, bottom."""
    if element.tag in ("defs", "svg", "pattern", "mask", "clipPath") or element.get("transform"):
        return
    if re.fullmatch(NUMBER, element.get("font-size", "")):
        size = float(element.get("font-size"))
    anchor, said = element.get("text-anchor", anchor), "".join(element.itertext()).strip("\u200b ")
    if element.tag == "text":
        x, y = (element.get(name, "0") for name in "xy")
        if said and size and re.fullmatch(NUMBER, x):
            wide = 0.5 * size * len(said.replace("\u200b", ""))
            left = float(x) - {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * wide
            yield said, left, float(y) - 0.72 * size, left + wide, float(y)
        return
    for child in element:
        yield from letters(child, size, anchor)


def unread(svg: ET.Element) -> Iterator[str]:
    """Texts of an SVG that stand upon each other, or leave it at a side."""
    size = float(svg.get("font-size", 0))
    texts = [one for child in svg for one in letters(child, size, svg.get("text-anchor", "start"))]
    wide = float(svg.get("viewBox").split()[2])
    yield from (f"{one[0]} leaves the picture" for one in texts if one[1] < -6 or one[3] > wide + 6)
    for a, b in combinations(texts, 2):
        if min(a[3], b[3]) > max(a[1], b[1]) + 1 and min(a[4], b[4]) > max(a[2], b[2]) + 1:
            yield f"{a[0]} stands upon {b[0]}"


@pytest.fixture(scope="module")
def drawings() -> list[tuple[str, ET.Element]]:
    """Name of each picture, and what is drawn."""
    found = []
    for name, markup in pictures():
        plain = markup.replace(' xmlns="http://www.w3.org/2000/svg"', "").replace("&nbsp;", " ")
        found.append((name, ET.fromstring(f"<div>{plain}</div>")))
    return found


def test_every_element_can_be_drawn_and_has_its_style_and_its_name(drawings):
    found = []
    for name, root in drawings:
        own = {word for style in root.iter("style") for word in re.findall(r"[\w-]+", style.text)}
        found += [
            (name, element.tag, dict(element.items()), one)
            for element in root.iter()
            for one in wrong(element, STYLED | own)
        ]
        found += [(name, one) for one in stray(root)]
    assert not found, "\n".join(map(str, found[:20]))


def test_every_shape_has_its_colours_and_its_weight(drawings):
    found = [
        (name, ET.tostring(element, "unicode")[:200], said)
        for name, root in drawings
        for element, said in unpainted(
            root, {"font-size": "of its page"} if name in ("sheet", "truth") else {}
        )
    ]
    assert not found, "\n".join(map(str, found[:20]))


def test_all_stands_in_its_picture_and_no_text_upon_another(drawings):
    found = [
        (name, one)
        for name, root in drawings
        for svg in root.iter("svg")
        if svg.get("viewBox")
        for one in (*outside(svg), *unread(svg))
    ]
    assert not found, "\n".join(map(str, found[:20]))


def test_every_row_of_a_table_has_as_many_cells_as_its_head(drawings):
    for name, root in drawings:
        for table in root.iter("table"):
            rows = [sum(int(cell.get("colspan", 1)) for cell in row) for row in table.iter("tr")]
            assert rows and len(set(rows)) == 1, (name, rows)
