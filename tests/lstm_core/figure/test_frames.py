"""A figure that answers without Python holds what it would draw, and says what it does not hold."""

import json
import re
import xml.etree.ElementTree as ET
import zlib
from base64 import b64decode
from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import forward
from lstm_core.figure import Figure
from lstm_core.figure.choose import pressed
from lstm_core.figure.frames import KEYS, SHOWN, covered, frames
from lstm_core.figure.page import page
from lstm_core.figure.run import RunFigure
from lstm_core.words import LANGUAGES
from lstm_core.workbench.focus import Focus
from lstm_core.workbench.presets import preset
from tests.collected import collected
from tests.lstm_core.figure.browsers import put_together

SMALL = preset("random", 3).resized(2, 2, 2)


@collected("figure", [
    Figure(SMALL, pictures=("cell", "walk", "ledger", "paths")).only_looked_at(), RunFigure(SMALL.trace()),
])  # fmt: skip
def test_each_frame_is_what_the_figure_draws_there_and_keys_lead_where_it_goes(figure):
    held = frames(figure)
    assert [held["steps"], held["units"]] == [[1, 2], [1, 2]]
    looks = [(t, unit, phase) for t in (1, 2) for unit in (1, 2) for phase in held["phases"]]
    for k, (t, unit, phase) in enumerate(looks):
        there = figure.looked(t=t, unit=unit, phase=phase)
        for name, markup in there.draw().items():
            kept = held["drawn"][name][held["shown"][name][k]]
            assert put_together(held["first"][name], kept) == markup
        for key in KEYS:
            after = pressed(there, key)
            assert looks[held["keys"][key][k]] == (after.focus.t, after.focus.unit, after.phase)
    narrow = frames(figure.looked(t=2), most=len(SHOWN))
    assert narrow["steps"] == [2] and set(narrow["keys"]["step_on"]) == set(range(len(SHOWN)))


@given(T=st.integers(1, 5000), H=st.integers(1, 300), most=st.integers(len(SHOWN), 2000), data=st.data())
def test_the_step_and_unit_in_focus_are_always_held_and_never_too_many(T, H, most, data):
    t, unit = data.draw(st.integers(1, T)), data.draw(st.integers(1, H))
    steps, units = covered(T, H, t, unit, most)
    assert t in steps and unit in units and steps[0] >= 1 and steps[-1] <= T
    assert len(steps) * len(units) * len(SHOWN) <= most
    if T * H * len(SHOWN) <= most:
        assert (len(steps), len(units)) == (T, H)


class Frame(HTMLParser):
    """The elements of a notebook's output with their attributes, as a browser reads them."""

    def __init__(self, html: str):
        super().__init__()
        self.found: list[tuple[str, dict]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def packed(html: str) -> dict:
    text = re.search(r'id="frames">([^<]+)<', html)[1]
    return json.loads(zlib.decompress(b64decode(text)))


@collected("language", LANGUAGES)
def test_a_run_that_is_too_large_says_what_is_there(language):
    x = np.sin(np.arange(300.0))[:, None]
    figure = RunFigure(
        forward(preset("latch").resized(5, 1, 2).params, x), Focus(t=150, unit=4), language=language
    )
    html = page(figure, most=24)
    held = packed(html)
    assert held["units"] == [4] and 150 in held["steps"] and len(held["steps"]) < 300
    told = re.search("<footer>(.*)</footer>", html)[1]
    assert f"{held['steps'][0]}–{held['steps'][-1]}" in told and "300" in told and "4" in told
    assert html.startswith(f'<!doctype html><html lang="{language}">')
    for t, before in zip(held["steps"], held["windows"], strict=True):
        assert figure.looked(t=t).window[0] == before + 1 > 1


def test_what_a_notebook_shows_is_one_frame_of_at_most_300_kilobytes():
    trace = preset("latch").trace()
    html = trace._repr_html_()
    assert len(html.encode()) <= 300_000
    [(tag, attributes)] = Frame(html).found  # nothing of the inside ends the attribute
    assert tag == "iframe" and attributes["sandbox"] == "allow-scripts"
    inside = attributes["srcdoc"]
    assert len(packed(inside)["steps"]) == trace.T
    assert re.findall(r'(?:src|href)="(?!#)', inside) == [], "it loads nothing"
    assert forward(trace.params, np.zeros((3, 2, trace.params.D)))._repr_html_() is None, "a batch"


def test_names_of_steps_are_text(tmp_path):
    labels = ("<script>", "</script>", "'", '"', "&amp;", "a|b")
    experiment = preset("random", 1).resized(1, 1, 6)
    trace = forward(experiment.params, experiment.x, labels=labels)
    RunFigure(trace).to_file(tmp_path / "run.html")
    html = (tmp_path / "run.html").read_text("utf-8")
    assert html.count("<script") == html.count("</script>") == 2
    assert "&lt;script&gt;" in html and len(Frame(trace._repr_html_()).found) == 1


def test_a_figure_is_written_by_the_ending_of_its_name_and_nothing_can_be_moved_in_it(tmp_path):
    figure = Figure(SMALL, Focus(t=2, phase="erase", present=True))
    figure.to_file(tmp_path / "cell.svg")
    drawing = ET.parse(tmp_path / "cell.svg").getroot()
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    assert "var(--" not in ET.tostring(drawing, "unicode")
    figure.to_file(str(tmp_path / "cell.html"))
    held = packed((tmp_path / "cell.html").read_text("utf-8"))
    assert held["start"] == 2 * len(SHOWN) + SHOWN.index("erase")
    assert list(held["first"]) == ["cell", "walk", "strip"]
    assert not re.search("data-grab|walk-present", "".join(held["first"].values()))
    assert [spec[0] for panel in held["sliders"].values() for spec in panel] == ["t"]
    with pytest.raises(ValueError, match=r"\.html, \.svg, \.json, got 'cell\.png'"):
        figure.to_file(tmp_path / "cell.png")
