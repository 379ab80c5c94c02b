"""A training that is looked at, disturbed: what is held, how far it moves, and what the pictures say."""

import re

import numpy as np
import pytest

from lstm_core.figure.course import DISTURBED, CourseFigure
from lstm_core.figure.line import Line
from lstm_core.training import PROBLEMS, Setup, train
from lstm_core.training.example import batch_of, example
from lstm_core.training.shipped import shipped
from lstm_core.workbench.focus import Focus
from tests.lstm_core.training import plain

COURSE = shipped("recall")
BATCH = batch_of(COURSE.problem)


def figure(unit=2, course=COURSE) -> CourseFigure:
    return CourseFigure(course, len(course.snapshot_at) - 1, Focus(t=10, unit=unit))


def said(shown: CourseFigure) -> str:
    return re.sub(r"<[^>]+>", "", shown.draw()["effect"])


def share(hold=None, h_read=None, update=None) -> str:
    network = COURSE.network(update)
    h = plain.run(network, BATCH.x, hold, h_read)["h"]
    return f"{100 * plain.score(COURSE.problem, network, BATCH, h):.0f} %"


def test_nothing_is_disturbed_at_first_and_nothing_can_be_held():
    shown = figure()
    assert shown.disturb == DISTURBED[0] and "effect" not in shown.draw() and shown.undisturbed is None
    assert set(shown.sliders()) == {"snapshot"} and shown.bounds("C.2") is None
    with pytest.raises(KeyError):
        shown.moved({"C.2": 0.5})


def test_a_unit_is_held_at_its_mean_and_then_where_the_hand_is():
    shown = figure().disturbed("unit")
    memory = plain.run(COURSE.network(), BATCH.x)["C"][..., 1]
    [slider] = shown.sliders()["disturb"]
    assert slider.address == "C.2" and slider.value == slider.default == pytest.approx(memory.mean())
    assert slider.low <= memory.min() and slider.high >= memory.max()
    moved = shown.moved({"C.2": 0.9})
    for seen, value in ((shown, memory.mean()), (moved, 0.9)):
        np.testing.assert_allclose(seen.trace.C[:, 1], value)
        assert share((2, value)) in said(seen) and share() in said(seen)
    assert "0.90" in said(moved) and moved.sliders()["disturb"][0].value == 0.9
    assert np.array_equal(moved.undisturbed.C, COURSE.network().run(example(COURSE.problem).x).C)
    assert 'data-ghost="C"' in moved.draw()["strip"] and "Undisturbed" in moved.draw()["strip"]


def test_only_the_unit_in_focus_is_held_and_another_one_and_another_update_have_their_own_mean():
    shown = figure().disturbed("unit").moved({"C.2": 0.9})
    assert shown.moved({"C.3": 0.1}).value == shown.looked(t=4).value == 0.9
    for address in ("C.5", "C.0", "b_f.1"):
        with pytest.raises(KeyError):
            shown.moved({address: 0.1})
    other = shown.looked(unit=3)
    assert other.value is None and other.held_at == float(other.rest.mean[2])
    assert other.sliders()["disturb"][0].address == "C.3"
    first = figure().disturbed("unit").looked(snapshot=0)
    before = plain.run(COURSE.network(0), BATCH.x)["C"][..., 1]
    assert first.update == 0 and first.held_at == pytest.approx(before.mean())
    assert share(update=0) in said(first)


def test_without_the_loop_the_gates_read_the_mean_of_h():
    shown = figure().disturbed("loop")
    h = plain.run(COURSE.network(), BATCH.x)["h"].reshape(-1, 4).mean(axis=0)
    assert share(h_read=h) in said(shown) and set(shown.sliders()) == {"snapshot"}
    assert abs(shown.trace.C - shown.undisturbed.C).max() > 0.1


def test_h_of_the_plain_rnn_is_held_within_1():
    shown = figure(2, train(PROBLEMS["recall"], Setup(cell="rnn", H=2), 1, 20)).disturbed("unit")
    assert shown.bounds("C.2") == (-1, 1) and "strip" not in shown.draw()
    assert (abs(shown.moved({"C.2": 1.0}).trace.h[:, 1] - 1) < 1e-12).all()


def test_a_line_keeps_what_a_hand_sends_within_bounds():
    line = Line()
    line.show(figure().disturbed("unit"), "turn")
    report = {"seq": 1, "turn": "turn", "values": {"C.2": 1e9, "C.3": 1, "b_f.1": 2}, "look": {}}
    settled = line.settled(report)
    low, high = figure().disturbed("unit").bounds("C.2")
    assert settled.values == {"C.2": high, "C.3": 1.0} and settled.figure.value == high and low < -0.9
    assert line.answer(report)["pictures"]["effect"]
    away = line.settled({**report, "values": {"C.2": 0.5}, "look": {"unit": 3}})  # moved, then looked away
    assert away.figure.focus.unit == 3 and away.figure.value is None
