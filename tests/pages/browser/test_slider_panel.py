"""The slider panel's side of Python: what is shown, what a report changes, what is not believed."""

import json

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from lstm_core.workbench.presets import preset
from pages._ui.browser.slider_panel import label_parts
from tests.conftest import ROOT
from tests.pages.apps import texts
from tests.pages.panels import move_slider, panels, report, sliders


def opened(**query: str) -> AppTest:
    at = AppTest.from_file(ROOT / "pages" / "forget_gate.py", default_timeout=60)
    at.query_params.update({"lang": "en"} | query)
    return at.run()


def value(at: AppTest, address: str) -> float:
    return at.session_state["experiment"].value(address)


# -- what is shown and what moves -----------------------------------------------------------------


def test_the_panel_shows_the_numbers_of_the_gate_in_focus():
    at = opened(preset="random", unit="2")
    assert not at.exception and list(sliders(at)) == preset("random").gate_addresses("f", 2)
    assert all(number == value(at, address) for address, number in sliders(at).items())


def test_a_report_under_way_changes_the_page_and_the_last_one_writes_the_link():
    at = opened(preset="leaky", t="2")
    move_slider(at, "b_f.1", -1.25, final=False)
    assert not at.exception and sliders(at)["b_f.1"] == value(at, "b_f.1") == -1.25
    assert "0.22" in texts(at)  # the gate's number in the diagram
    move_slider(at, "b_f.1", -1.5)
    assert at.query_params["b_f.1"] == "-1.5" and value(at, "b_f.1") == -1.5


def test_the_sequence_number_comes_back():
    at = opened()
    panel = panels(at)[0]
    report(at, panel, {"seq": 41, "turn": json.loads(panel.proto.json)[1], "values": {}, "final": True})
    assert json.loads(panels(at)[0].proto.json)[0] == 41


def test_a_new_session_does_not_acknowledge_a_report_that_it_never_handled():
    """After a server died the browser sends the state of its widgets, and with it the last report."""
    at, died = opened(preset="leaky"), opened(preset="leaky")
    panel = panels(died)[0]
    unanswered = {"seq": 7, "turn": json.loads(panel.proto.json)[1], "values": {"b_f.1": -1.5}, "final": True}
    new = AppTest.from_file(ROOT / "pages" / "forget_gate.py", default_timeout=60)
    new.query_params.update({"lang": "en", "preset": "leaky"})
    states = at._tree.get_widget_states()
    states.widgets.append(WidgetState(id=panel.proto.id, json_value=json.dumps({"moved": unanswered})))
    new._run(states)
    seq, turn, *_ = json.loads(panels(new)[0].proto.json)
    assert not new.exception and value(new, "b_f.1") == 2
    assert seq == 0 and turn.partition("/")[0] != unanswered["turn"].partition("/")[0]
    report(new, panels(new)[0], unanswered | {"seq": 8, "turn": turn})
    assert json.loads(panels(new)[0].proto.json)[0] == 8 and value(new, "b_f.1") == -1.5


def test_letting_go_of_what_has_arrived_writes_the_link():
    at = opened()
    move_slider(at, "b_f.1", 1.0, final=False)
    panel = panels(at)[0]
    _, turn, *_ = json.loads(panel.proto.json)
    report(at, panel, {"seq": 9, "turn": turn, "values": {}, "final": True})
    assert at.query_params["b_f.1"] == "1"


def test_a_move_made_in_another_experiment_is_void():
    at = opened(preset="leaky")
    panel = panels(at)[0]
    late = {"seq": 5, "turn": json.loads(panel.proto.json)[1], "values": {"b_f.1": -3.0}, "final": True}
    at.selectbox(key="preset").set_value("counter").run()
    report(at, panels(at)[0], late)
    assert at.session_state["experiment"] == preset("counter") and sliders(at)["b_f.1"] == 12


def test_preset_and_reset_move_the_sliders():
    at = opened(preset="leaky")
    move_slider(at, "b_f.1", -3.0)
    at.button(key="reset").click().run()
    assert sliders(at)["b_f.1"] == 2 and "b_f.1" not in at.query_params
    at.selectbox(key="preset").set_value("silent").run()
    assert sliders(at)["b_f.1"] == 6


def test_a_slider_that_reached_far_keeps_its_reach():
    at = opened(preset="leaky", **{"b_f.1": "40"})
    move_slider(at, "b_f.1", 3.0)
    _, _, [[_, specs]], _ = json.loads(panels(at)[0].proto.json)
    assert specs[0][3:5] == [-50, 50]
    at.selectbox(key="preset").set_value("counter").run()
    _, _, [[_, specs]], _ = json.loads(panels(at)[0].proto.json)
    assert specs[0][3:5] == [-15, 15]


@pytest.mark.parametrize(
    "sent", [None, [], "x", 3, {"seq": "1"}, {"values": {"b_f.1": "<b>"}}, {"values": [1]}]
)
def test_a_hostile_report_leaves_a_sound_page(sent):
    at = opened(preset="latch")
    report(at, panels(at)[0], sent)
    assert not at.exception
    assert at.session_state["experiment"] == preset("latch")


@pytest.mark.parametrize(
    ("markdown", "parts"),
    [
        ("bias $b_f$", ("bias ", ("b", "f"))),
        ("$h_{t-1,2}$의 가중치", (("h", "t−1,2"), "의 가중치")),
        ("$C_0$ of unit 1", (("C", "0"), " of unit 1")),
        ("plain", ("plain",)),
    ],
)
def test_labels_are_text_and_symbols(markdown, parts):
    assert label_parts(markdown) == parts
