"""One hue is one thing, everywhere: the colours of the design, and no picture with any other."""

import ast
import re
import tomllib

from lstm_core.params import GATES
from lstm_core.quantities import GATE_KEYS, QUANTITIES
from lstm_core.view import palette
from lstm_core.view.diagram import responsive_diagram
from lstm_core.view.origin.pre_activation import pre_activation_bars
from lstm_core.view.strip.bands import step_colour
from lstm_core.view.strip.time_strip import Row, time_strip
from lstm_core.workbench.focus import PHASES
from lstm_core.workbench.presets import preset
from tests.conftest import ROOT
from tests.files import ASSETS, CODE, each, tree
from tests.lstm_core.view.pictures import words

DRAWING = [path for path in CODE if path.name != "palette.py"]
HEX = re.compile(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})(?![0-9a-zA-Z])")
RGB = re.compile(r"rgba?\((\d+), ?(\d+), ?(\d+)")

NO_HUES = {
    "#fff": "white, in masks, where it means to let through, and as the paper of a file",
    "#000": "black, in masks, where it means to hold back",
    "#fff7d6": "the pale yellow by which a workbook marks the cells to change",
}
"""What is no colour of a picture, and why."""


def as_hex(colour: str) -> str:
    if channels := RGB.match(colour):
        return "#" + "".join(f"{int(channel):02x}" for channel in channels.groups())
    return colour.lower()


def colours_in(text: str) -> set[str]:
    return {as_hex(found.group()) for pattern in (HEX, RGB) for found in pattern.finditer(text)}


PALETTE = colours_in((ROOT / "lstm_core" / "view" / "palette.py").read_text("utf-8"))


def test_hues_dashes_and_markers_tell_gates_and_states_apart():
    assert palette.COLOURS["erased"] == palette.COLOURS["f"]
    assert palette.COLOURS["written"] == palette.COLOURS["i"]
    for looks in (palette.COLOURS, palette.DASHES, palette.MARKERS):
        assert len({looks[key] for key in ("f", "i", "C_tilde", "o")}) == 4
    for looks in (palette.DASHES, palette.MARKERS):
        assert len({looks[key] for key in ("C", "h", "tanh_C")}) == 3


def test_scales_are_nothing_at_exactly_0():
    for gate in ("f", "i", "o"):
        hue = palette.COLOURS[gate]
        assert [*map(tuple, palette.gate_scale(gate))] == [(0, palette.faded(hue, 0)), (1, hue)]
    places, colours = zip(*palette.SIGNED_SCALE, strict=True)
    assert places == (0, 0.5, 0.5, 1) and all(colour.endswith(",0)") for colour in colours[1:3])
    low, high = colours[0], colours[-1]
    assert low.rpartition(",")[2] == high.rpartition(",")[2] and as_hex(low) != as_hex(high)


def luminance(colour: str) -> float:
    channels = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(a: str, b: str) -> float:
    darker, lighter = sorted(map(luminance, (a, b)))
    return (lighter + 0.05) / (darker + 0.05)


def test_letters_in_a_hue_read_well_on_white():
    for key in palette.COLOURS:
        colour = palette.readable(key)
        on_file = palette.TO_FILE.get(colour, colour)
        assert contrast(palette.INK if on_file == "currentColor" else on_file, "#ffffff") >= 4.5, key


@each(DRAWING)
def test_no_colour_is_written_down_but_in_the_palette(path):
    strings = [
        node.value for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]  # fmt: skip
    text = "\n".join(string.replace("&#", "") for string in strings)
    assert not colours_in(text) - NO_HUES.keys()
    assert not re.search(r"\b(hsl|rgb)a?\(", text)
    assert not re.search(r'(fill|stroke|color)="(?!url|none|currentColor|var)[a-z]+"', text)


HAVE_COLOURS = {"static", "theme.css"}
"""What looks as Streamlit does, and the theme of a figure that stands alone, which has a test of its own."""


@each([path for path in ASSETS if path.suffix == ".css" and not HAVE_COLOURS & set(path.parts)])
def test_style_sheets_have_no_colour_of_their_own(path):
    assert colours_in(path.read_text("utf-8")) <= {as_hex(palette.INK)}


def test_the_theme_has_the_hues_of_the_gates():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
    assert config["chartCategoricalColors"] == [palette.COLOURS[GATE_KEYS[gate]] for gate in GATES]
    assert config["primaryColor"] == palette.COLOURS["o"] and config["light"]["textColor"] == palette.INK


ROWS = [
    Row("inputs"), Row("lines", 50, ("f", "i", "o")), Row("lines", 50, ("C_tilde", "tanh_C", "h")),
    Row("ledger", 90), Row("provenance", 90),
]  # fmt: skip
NOT_COLOURS = re.compile(r"&#\w+;|url\(#[^)]*\)|href=\"#[^\"]*\"")


def test_pictures_use_the_palette_alone_and_draw_quantities_alone():
    trace = preset("random").with_variant("peephole").trace()
    pictures = [pre_activation_bars(trace, 2, 1, gate, words) for gate in GATES]
    pictures += [responsive_diagram(trace, 2, 1, words, phase) for phase in (None, *PHASES)]
    pictures.append(time_strip(trace, 1, 2, ROWS, words))
    drawn = NOT_COLOURS.sub("", "".join(pictures))
    shades_of_written = {step_colour(s, trace.T) for s in range(1, trace.T + 1)}
    assert colours_in(drawn) <= PALETTE | shades_of_written | NO_HUES.keys()
    quantities = set(re.findall(r'data-quantity="([^"]*)"', drawn))
    assert quantities and quantities <= QUANTITIES.keys()
