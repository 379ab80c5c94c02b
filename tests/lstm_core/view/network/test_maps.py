"""The map of layers, the heatmaps of many units, and parts of a longer run that keep its numbers of steps."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import plotly.graph_objects as go

from lstm_core import forward
from lstm_core.paths import memory_paths
from lstm_core.readers.layer import Layer, with_addresses
from lstm_core.readers.run import run_layers
from lstm_core.readers.side_by_side import Lives
from lstm_core.readers.summary import between, summary
from lstm_core.view.network import layer_map, lives, unit_maps
from lstm_core.view.network.layer_map import MOST_BOXES
from lstm_core.view.strip import Row, gradient_details, time_strip
from lstm_core.view.strip.inputs import MAX_INPUTS
from lstm_core.words import LANGUAGES, Words
from tests.collected import collected
from tests.lstm_core.view.pictures import drawn

EN = Words("en")
ROWS = [Row("inputs"), Row("lines", 50, ("f", "i")), Row("ledger", 80), Row("provenance", 70)]
PARAMS = drawn(3, 2).params


def layer(name="encoder", **more) -> Layer:
    return Layer(name, PARAMS, **more)


def run(T):
    [found] = run_layers([layer()], drawn(1, 2, T).x)
    return found


def boxes(picture: str) -> list[ET.Element]:
    return [node for node in ET.fromstring(picture).iter("g") if node.get("data-role") == "layer"]


@collected("language", LANGUAGES)
def test_the_map_has_a_box_a_layer_and_frames_the_chosen_one(language):
    layers = with_addresses([layer(), layer(direction="reverse"), layer(level=1), layer("decoder")])
    picture = layer_map(layers, layers[2].address, Words(language))
    assert [box.get("data-index") for box in boxes(picture)] == ["1", "2", "3", "4"]
    assert [box.get("aria-pressed") for box in boxes(picture)] == ["false", "false", "true", "false"]
    assert len(list(ET.fromstring(picture).iter("path"))) == 1  # from one level of the stack to the next


def test_names_are_text_and_many_layers_and_long_names_are_cut():
    many = layer_map(with_addresses([layer("<script>&\"'")] * 60), "", EN)
    assert "<script" not in many and len(boxes(many)) == MOST_BOXES
    long = "a" * 300 + "\x00\x1b\u202e" + "b" * 150
    long_box, short_box = boxes(layer_map(with_addresses([layer(long), layer("short")]), "", EN))
    assert long_box.find("title").text == "a" * 300 + "\ufffd" * 3 + "b" * 150
    assert len(long_box.get("aria-label")) < 240 and short_box.find("title").text == "short"
    assert max(len(node.text) for node in long_box.iter("text")) < 40


@collected("T", [1, 40, 1000])
def test_heatmaps_hold_the_numbers_and_plotly_takes_them(T):
    shown = summary(run(T), ("f", "i", "C", "o"), [3, 1], 1, T)
    figure = unit_maps(shown, EN)
    go.Figure(figure)
    f, i, C, _ = figure["data"]
    erased = 1 - shown.values["f"]
    assert f["zmin"] == 0 and f["zmax"] / 2 <= erased.max() <= f["zmax"] and (i["zmin"], i["zmax"]) == (0, 1)
    assert np.allclose(f["z"], erased, atol=1e-4) and np.allclose(i["z"], shown.values["i"], atol=1e-4)
    assert (C["zmin"], C["zmax"]) == (-1, 1) and np.allclose(np.abs(C["z"]).max(axis=1), 1)
    for one in (f, C):
        values = [[cell[1] for cell in row] for row in one["customdata"]]
        assert np.allclose(values, shown.values[one["name"]], atol=1e-4)
    assert figure["layout"]["yaxis"]["ticktext"] == ["3", "1"]


@collected("T, says", [(2, " “&lt;b&gt;”"), (400, "")])
def test_labels_stand_in_the_hover_texts_where_a_column_is_a_step_and_are_no_markup(T, says):
    figure = unit_maps(summary(run(400), ("C",), [1], 1, T), EN, ["<b>"] * 400)
    assert {cell[2] for cell in figure["data"][0]["customdata"][0]} == {says}


def test_layers_side_by_side_show_each_unit_and_the_median_also_where_it_is_endless():
    layers = with_addresses([layer("a"), layer("b")])
    found = [Lives(layers[0], np.array([0.4, 2.0, 30.0])), Lives(layers[1], np.full(3, np.inf))]
    first, second = boxes(lives(found, "b", EN))
    assert (first.get("aria-pressed"), second.get("aria-pressed")) == ("false", "true")
    for column, median in ((first, "2.0"), (second, "∞")):
        assert median in [node.text for node in column.iter("text")]
    assert "middle half from 0.4 to 30" in first.get("aria-label")
    assert next(first.iter("path")).get("d").count("M") == 3


def test_a_part_of_a_run_is_drawn_with_the_numbers_of_its_steps():
    part = between(forward(PARAMS, drawn(1, 2, 120).x), 81, 120)
    strip = time_strip(part, 1, 10, ROWS, EN, before=80)
    written = {node.text for node in ET.fromstring(strip).iter("text")}
    assert {"90", "100", "120"} <= written and not {"10", "40"} & written
    assert "step 90" in strip.lower() and 'data-before="80"' in strip


def test_few_inputs_have_bars():
    paths = memory_paths(drawn(3, 50, 20), 1)
    html = gradient_details(paths, 1, 3, EN)
    strongest = sorted(np.argsort(-np.abs(paths.matters).sum(axis=0))[:MAX_INPUTS] + 1)
    names = [EN("gradient.matters", d=d) for d in strongest]
    assert re.findall(r'data-key="x\d+" data-name="([^"]*)"', html) == names
