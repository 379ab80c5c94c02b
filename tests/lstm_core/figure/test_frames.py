"""A figure that answers without Python holds what it would draw, and says what it does not hold."""

import json
import re
import xml.etree.ElementTree as ET
import zlib
from base64 import b64decode
from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import forward
from lstm_core.figure import Figure
from lstm_core.figure.choose import pressed
from lstm_core.figure.draw import PICTURES
from lstm_core.figure.frames import KEYS, SHOWN, covered, frames
from lstm_core.figure.page import page
from lstm_core.figure.run import RunFigure
from lstm_core.words import LANGUAGES
from lstm_core.workbench.focus import Focus
from lstm_core.workbench.presets import preset
from tests.lstm_core.figure.browsers import put_together
from tests.lstm_core.figure.hidden import exact_of, of_question, secrets
from tests.lstm_core.view.secrets import told
from tests.nightly import examples

SMALL = preset("random", 3).resized(2, 2, 2)


def looks(held):
    return [(t, unit, phase) for t in held["steps"] for unit in held["units"] for phase in held["phases"]]


@pytest.mark.parametrize(
    "figure", [Figure(SMALL, pictures=tuple(PICTURES)).only_looked_at(), RunFigure(SMALL.trace())],
    ids=["edited", "run"],
)  # fmt: skip
def test_each_frame_is_what_the_figure_draws_there(figure):
    held = frames(figure)
    for k, (t, unit, phase) in enumerate(looks(held)):
        for name, markup in figure.looked(t=t, unit=unit, phase=phase).draw().items():
            kept = held["drawn"][name][held["shown"][name][k]]
            assert put_together(held["first"][name], kept) == markup
    assert [held["steps"], held["units"]] == [[1, 2], [1, 2]]


def test_keys_lead_where_the_figure_goes_and_no_further_than_the_frames():
    figure = RunFigure(SMALL.trace())
    held = frames(figure)
    where = looks(held)
    for k, (t, unit, phase) in enumerate(where):
        for key in KEYS:
            after = pressed(figure.looked(t=t, unit=unit, phase=phase), key)
            assert where[held["keys"][key][k]] == (after.focus.t, after.focus.unit, after.phase)
    narrow = frames(figure.looked(t=2), most=len(SHOWN))
    assert narrow["steps"] == [2] and set(narrow["keys"]["step_on"]) == set(range(len(SHOWN)))


@given(T=st.integers(1, 5000), H=st.integers(1, 300), most=st.integers(len(SHOWN), 2000), data=st.data())
@settings(max_examples=examples(30, 200))
def test_the_step_and_unit_in_focus_are_always_held_and_never_too_many(T, H, most, data):
    t, unit = data.draw(st.integers(1, T)), data.draw(st.integers(1, H))
    steps, units = covered(T, H, t, unit, most)
    assert t in steps and unit in units and steps[0] >= 1 and steps[-1] <= T
    assert len(steps) * len(units) * len(SHOWN) <= most
    if T * H * len(SHOWN) <= most:
        assert (len(steps), len(units)) == (T, H)


class Frame(HTMLParser):
    """The attributes of the elements of a notebook's output, as a browser reads them."""

    def __init__(self, html: str):
        super().__init__()
        self.found: list[tuple[str, dict]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def packed(html: str) -> dict:
    text = re.search(r'id="frames">([^<]+)<', html)[1]
    return json.loads(zlib.decompress(b64decode(text)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_run_that_is_too_large_says_what_is_there(language):
    x = np.sin(np.arange(300.0))[:, None]
    trace = forward(preset("latch").resized(5, 1, 2).params, x)
    html = page(RunFigure(trace, Focus(t=150, unit=4), language=language), most=24)
    held = packed(html)
    assert held["units"] == [4] and 150 in held["steps"] and len(held["steps"]) < 300
    told = re.search("<footer>(.*)</footer>", html)[1]
    assert f"{held['steps'][0]}–{held['steps'][-1]}" in told and "300" in told and "4" in told
    assert html.startswith(f'<!doctype html><html lang="{language}">')


def test_a_strip_in_windows_says_how_many_steps_come_before():
    trace = forward(preset("latch").resized(1, 1, 2).params, np.ones((100, 1)))
    figure = RunFigure(trace, Focus(t=90))
    held = frames(figure, most=64)
    for t, before in zip(held["steps"], held["windows"], strict=True):
        assert figure.looked(t=t).window[0] == before + 1
    assert held["windows"][-1] > 0


def test_what_a_notebook_shows_is_one_frame_of_at_most_300_kilobytes():
    trace = preset("latch").trace()
    html = trace._repr_html_()
    assert trace.T == 16 and len(html.encode()) <= 300_000
    [(tag, attributes)] = Frame(html).found  # nothing of the inside ends the attribute
    assert tag == "iframe" and attributes["sandbox"] == "allow-scripts"
    inside = attributes["srcdoc"]
    assert len(packed(inside)["steps"]) == 16
    assert re.findall(r'(?:src|href)="(?!#)', inside) == [], "it loads nothing"


def test_a_batch_leaves_it_to_the_notebook():
    params = preset("latch").params
    assert forward(params, np.zeros((3, 2, params.D)))._repr_html_() is None


def test_names_of_steps_are_text(tmp_path):
    labels = ("<script>", "</script>", "'", '"', "&amp;", "a|b")
    experiment = preset("random", 1).resized(1, 1, 6)
    trace = forward(experiment.params, experiment.x, labels=labels)
    RunFigure(trace).to_file(tmp_path / "run.html")
    html = (tmp_path / "run.html").read_text("utf-8")
    assert html.count("<script") == html.count("</script>") == 2
    assert "&lt;script&gt;" in html and len(Frame(trace._repr_html_()).found) == 1


def test_a_figure_is_written_by_the_ending_of_its_name(tmp_path):
    figure = Figure(preset("leaky"), Focus(t=4, phase="erase"))
    figure.to_file(tmp_path / "cell.svg")
    drawing = ET.parse(tmp_path / "cell.svg").getroot()
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg" and "var(--" not in ET.tostring(
        drawing, "unicode"
    )
    figure.to_file(str(tmp_path / "cell.html"))
    assert packed((tmp_path / "cell.html").read_text("utf-8"))["start"] == 3 * len(SHOWN) + SHOWN.index(
        "erase"
    )
    with pytest.raises(ValueError, match=r"\.html, \.svg, \.json, got 'cell\.png'"):
        figure.to_file(tmp_path / "cell.png")


def test_nothing_can_be_moved_in_a_file_and_nothing_is_presented():
    held = packed(page(Figure(preset("leaky"), Focus(t=1, present=True))))
    assert list(held["first"]) == ["cell", "walk", "strip"]
    assert all(
        "data-grab" not in markup and "walk-present" not in markup for markup in held["first"].values()
    )
    assert [spec[0] for panel in held["sliders"].values() for spec in panel] == ["t"]


@pytest.mark.parametrize("key", ["keep_share", "next_memory"])
def test_what_a_question_covers_is_nowhere_in_the_file(key):
    figure = of_question(key).only_looked_at()
    read, full = secrets(figure)
    held = frames(figure, most=80)
    assert read and not exact_of(held) & full
    for name, kept in held["drawn"].items():
        for differs in kept:
            assert not told(put_together(held["first"][name], differs)) & read
