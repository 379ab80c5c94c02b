"""The map of layers, the heatmaps of many units, and parts of a longer run that keep its numbers of steps."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import plotly.graph_objects as go
import pytest

from lstm_core import LSTMParams, forward
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

ROWS = [Row("inputs"), Row("lines", 50, ("f", "i")), Row("ledger", 80), Row("provenance", 70)]


def params(H=3, D=2) -> LSTMParams:
    random = np.random.default_rng(0)
    return LSTMParams(random.normal(size=(4, H, H + D)), random.normal(size=(4, H)))


def layer(name="encoder", **more) -> Layer:
    return Layer(name, params(), **more)


def inputs(T, D=2):
    return np.random.default_rng(T).normal(size=(T, D))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_has_a_box_a_layer_and_frames_the_chosen_one(language):
    layers = with_addresses([layer(), layer(direction="reverse"), layer(level=1), layer("decoder")])
    tree = ET.fromstring(layer_map(layers, layers[2].address, Words(language)))
    boxes = [node for node in tree.iter("g") if node.get("data-role") == "layer"]
    assert [box.get("data-index") for box in boxes] == ["1", "2", "3", "4"]
    assert [box.get("aria-pressed") for box in boxes] == ["false", "false", "true", "false"]
    assert len(list(tree.iter("path"))) == 1  # from one level of the stack to the next


def test_names_are_text_and_many_layers_are_cut():
    layers = with_addresses([layer("<script>&\"'")] * 60)
    tree = ET.fromstring(layer_map(layers, "", Words("en")))
    assert not list(tree.iter("script"))
    assert len([node for node in tree.iter("g") if node.get("data-role") == "layer"]) == MOST_BOXES


def test_a_long_name_is_cut_and_told_whole_where_the_pointer_rests():
    long = "a" * 300 + "\x00\x1b\u202e" + "b" * 150
    layers = with_addresses([layer(long), layer("short")])
    tree = ET.fromstring(layer_map(layers, "", Words("en")))
    long_box, short_box = (node for node in tree.iter("g") if node.get("data-role") == "layer")
    assert long_box.find("title").text == "a" * 300 + "\ufffd" * 3 + "b" * 150
    assert len(long_box.get("aria-label")) < 240 and short_box.find("title").text == "short"
    assert max(len(node.text) for node in long_box.iter("text")) < 40


@pytest.mark.parametrize("T", [1, 40, 1000])
def test_heatmaps_hold_the_numbers_and_plotly_takes_them(T):
    run = run_layers([layer()], inputs(T))[0]
    drawn = summary(run, ("f", "i", "C", "o"), [3, 1], 1, T)
    figure = unit_maps(drawn, Words("en"))
    go.Figure(figure)
    f, i, C, _ = figure["data"]
    erased = 1 - drawn.values["f"]
    assert f["zmin"] == 0 and f["zmax"] / 2 <= erased.max() <= f["zmax"] and (i["zmin"], i["zmax"]) == (0, 1)
    assert np.allclose(f["z"], erased, atol=1e-4) and np.allclose(i["z"], drawn.values["i"], atol=1e-4)
    assert (C["zmin"], C["zmax"]) == (-1, 1) and np.allclose(np.abs(C["z"]).max(axis=1), 1)
    for shown in (f, C):
        values = [[cell[1] for cell in row] for row in shown["customdata"]]
        assert np.allclose(values, drawn.values[shown["name"]], atol=1e-4)
    assert figure["layout"]["yaxis"]["ticktext"] == ["3", "1"]


def test_labels_stand_in_the_hover_texts_where_a_column_is_a_step_and_are_no_markup():
    run = run_layers([layer()], inputs(400))[0]
    labels = ["<b>"] * 400
    one, many = (unit_maps(summary(run, ("C",), [1], 1, T), Words("en"), labels) for T in (2, 400))
    assert [cell[2] for cell in one["data"][0]["customdata"][0]] == [" “&lt;b&gt;”"] * 2
    assert {cell[2] for cell in many["data"][0]["customdata"][0]} == {""}


def test_layers_side_by_side_show_each_unit_and_the_median_also_where_it_is_endless():
    layers = with_addresses([layer("a"), layer("b")])
    found = [Lives(layers[0], np.array([0.4, 2.0, 30.0])), Lives(layers[1], np.full(3, np.inf))]
    tree = ET.fromstring(lives(found, "b", Words("en")))
    columns = [node for node in tree.iter("g") if node.get("data-role") == "layer"]
    assert [column.get("aria-pressed") for column in columns] == ["false", "true"]
    for column, median in zip(columns, ("2.0", "∞"), strict=True):
        assert median in [node.text for node in column.iter("text")]
    assert "middle half from 0.4 to 30" in columns[0].get("aria-label")
    assert next(columns[0].iter("path")).get("d").count("M") == 3


def test_a_part_of_a_run_is_drawn_with_the_numbers_of_its_steps():
    whole = forward(params(), inputs(120))
    strip = time_strip(between(whole, 81, 120), 1, 10, ROWS, Words("en"), before=80)
    plot = ET.fromstring(strip)
    written = {node.text for node in plot.iter("text")}
    assert {"90", "100", "120"} <= written and not {"10", "40"} & written
    assert "step 90" in strip.lower() and 'data-before="80"' in strip


def test_few_inputs_have_bars():
    trace = forward(params(D=50), inputs(20, 50))
    paths = memory_paths(trace, 1)
    html = gradient_details(paths, 1, 3, Words("en"))
    strongest = sorted(np.argsort(-np.abs(paths.matters).sum(axis=0))[:MAX_INPUTS] + 1)
    drawn = [Words("en")("gradient.matters", d=d) for d in strongest]
    assert re.findall(r'data-key="x\d+" data-name="([^"]*)"', html) == drawn
