"""Pictures of a training: what is drawn is what was given, whatever was typed or has run away."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from plotly.graph_objs import Figure

from lstm_core.training import PROBLEMS, events
from lstm_core.training.curve import loss_along, score_along, snapshot_index
from lstm_core.training.example import example
from lstm_core.training.shipped import shipped
from lstm_core.view.training import (
    MOMENTS,
    answers,
    coloured_text,
    course_curve,
    courses_chart,
    moment,
    moment_buttons,
    weights,
)
from lstm_core.view.training.courses_chart import LOOKS
from lstm_core.words import Words
from tests.collected import collected
from tests.nightly import sample

EN, KO = Words("en"), Words("ko")


def elements(picture: str, name: str) -> list:
    return [element for element in ET.fromstring(picture).iter() if element.tag == name]


def values(picture: str, name: str) -> list[float]:
    [said] = [e for e in ET.fromstring(picture).iter() if e.get("data-name") == name]
    return [float(number) for number in said.get("data-values").split()]


@collected("key", sample(PROBLEMS, 3))
def test_the_curve_says_loss_and_score_of_each_snapshot_and_each_moment_has_a_button_that_leads_there(key):
    course = shipped(key)
    loss, score = loss_along(course), score_along(course)
    found = [event for event in events(course) if event.key in MOMENTS][:4]
    moments = [(snapshot_index(course, one.update), moment(one, EN)) for one in found]
    picture = course_curve(course.snapshot_at.tolist(), loss, score, 7, course.problem.score, EN, moments)
    np.testing.assert_allclose(values(picture, EN("learning.loss")), loss, rtol=1e-5)
    assert values(picture, EN("learning.score")) == score.tolist()
    assert str(course.snapshot_at[7]) in picture and ">nan<" not in picture
    drawn = {e.get("data-key"): e.get("d") for e in elements(picture, "path")}
    [goal] = {float(y) for y in re.findall(r" (\S+?)(?=L|$)", drawn["goal"])}
    ys = [float(y) for y in re.findall(r" (\S+?)(?=L|$)", drawn["score"])]
    at_goal = np.interp(course.problem.score, score[[0, -1]], [ys[0], ys[-1]])
    assert goal == pytest.approx(at_goal, abs=0.2), "the line of the goal stands where that score would"
    assert all(f'data-key="moment{place}"' in picture for place, _ in moments)
    assert all(said.startswith(f"{one.update}: ") for (_, said), one in zip(moments, found, strict=True))
    buttons = elements(moment_buttons(moments, moments[1][0]), "button")
    assert [(int(one.get("data-t")) - 1, one.text) for one in buttons] == moments
    [there] = [k for k, one in enumerate(buttons) if one.get("aria-current")]
    assert moments[there][0] == moments[1][0]


@collected("loss", [[0.3, 0.3], [np.nan, np.nan], [1e-300, 1e300], [0.0, np.inf], [1.8, 1.6, 1.55]])
def test_the_curve_takes_any_loss(loss):
    P = len(loss)
    picture = course_curve(list(range(P)), np.array(loss), np.zeros(P), 0, 0.99, KO)
    paths = elements(picture, "path")
    assert paths and not re.search(r"nan|inf", "".join(e.get("d") or "" for e in paths))


@collected("key", sample(PROBLEMS, 3))
def test_answers_has_a_ring_wherever_one_is_asked_for(key):
    problem = PROBLEMS[key]
    shown, network = example(problem), shipped(key).network()
    said = shown.answered(network.read_out(network.run(shown.x).h))
    picture = answers(said, shown.wanted(), shown.step, EN, problem.tolerance is None)
    rings = [c for c in elements(picture, "circle") if c.get("fill") == "none"]
    assert len(rings) == shown.counts.sum() and values(picture, EN("learning.said")) == said.tolist()


def test_a_layer_without_gates_has_a_line_for_each_unit():
    picture = answers(np.zeros(5), np.full(5, np.nan), 2, EN, lines=np.eye(5)[:, :3])
    lines = [values(picture, EN("learning.of_unit", name="h", unit=unit)) for unit in (1, 2, 3)]
    assert lines == np.eye(5)[:, :3].T.tolist()


def test_a_text_is_coloured_and_what_a_reader_types_is_no_markup():
    line = "<script>alert('\"&</script>"
    picture = coloured_text(list(line), np.linspace(-1, 1, len(line)), "C", line)
    letters = [e.text for e in elements(picture, "span") if "monospace" in (e.get("style") or "")]
    assert "<script" not in picture and "".join(letters) == line
    opacity = re.compile(r"rgba\(\d+,\d+,\d+,([\d.e-]+)\)")
    gates = opacity.findall(coloured_text("abc", np.array([0, 0.5, 1]), "f", "x"))
    signed = opacity.findall(coloured_text("ab", np.array([-4.0, 2.0]), "C", "x"))
    assert [*map(float, gates)] == [0, 0.3, 0.6], "a gate from 0 to 1"
    assert [*map(float, signed)] == [0.6, 0.3], "C by its largest"


def test_the_chart_is_a_figure_of_plotly():
    courses = [shipped(key) for key in ("recall", "stream", "text", "parity")]
    figure = courses_chart([(course.problem.key, course) for course in courses], KO)
    assert len(Figure(figure).data) == 2 * len(courses) == 2 * len(LOOKS)
    assert figure["layout"]["yaxis"]["type"] == "log"
    assert all(len(line["x"]) == len(line["y"]) <= 1000 for line in figure["data"])
    assert figure["data"][0]["x"][-1] == courses[0].updates


@collected("key", sample(PROBLEMS, 3))
def test_every_weight_has_its_cell_and_the_strongest_is_the_largest(key):
    params = shipped(key).network().params
    numbers = np.concatenate([params.W, params.b[..., None]], axis=2)
    limit = float(abs(numbers).max())
    picture = weights(params, limit, 2, EN)
    paths = elements(picture, "path")
    cells = sum(path.get("d", "").count("M") for path in paths)
    assert cells == (np.round(12 * abs(numbers) / limit) >= 1).sum()
    assert any(path.get("fill-opacity") == "1.00" and path.get("d") for path in paths)
    assert len(picture) < 120_000


def test_the_plain_rnn_has_one_block_and_weights_that_ran_away_are_drawn_strongest():
    params = shipped("recall").network(0).params
    assert [e.get("data-key") for e in elements(weights(params, 1.0, 1, KO, plain=True), "g")] == ["C_tilde"]
    assert elements(weights(params, 1e-300, 1, KO), "path")
