"""Slider panels without a browser: what they show, and the report that a hand on one would send."""

from __future__ import annotations

import json

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.testing.v1 import AppTest


def panels(at: AppTest) -> list:
    return [found for found in at.get("bidi_component") if "slider_panel" in found.proto.component_name]


def sliders(at: AppTest) -> dict[str, float]:
    """Address -> value of every slider in a panel on screen."""
    return {spec[0]: spec[1] for panel in panels(at) for _, group in _data(panel)[2] for spec in group}


def move_slider(at: AppTest, address: str, value: float, final: bool = True) -> AppTest:
    """Put a slider somewhere, and let the page run again; `final` where the hand lets go."""
    panel = next(panel for panel in panels(at) if address in str(_data(panel)))
    seq, turn, *_ = _data(panel)
    return report(at, panel, {"seq": seq + 1, "turn": turn, "final": final, "values": {address: value}})


def report(at: AppTest, component, sent: object, name: str = "moved") -> AppTest:
    """Let a component send anything. AppTest has no such call of its own, as it runs no script of one."""
    states = at._tree.get_widget_states()
    states.MergeFrom(report_state(component, sent, name))
    return _run(at, states)


def report_state(component, sent: object, name: str = "moved") -> WidgetStates:
    """What a component says, as the browser sends it."""
    return WidgetStates(widgets=[WidgetState(id=component.proto.id, json_value=json.dumps({name: sent}))])


def trigger(at: AppTest, component, name: str, sent: object) -> AppTest:
    """Let a component send something that counts for one run."""
    states = at._tree.get_widget_states()
    of_triggers = _make_trigger_id(component.proto.id, "events")
    sent = json.dumps([{"event": name, "value": sent}])
    states.widgets.append(WidgetState(id=of_triggers, json_trigger_value=sent))
    return _run(at, states)


def _run(at: AppTest, states: WidgetStates) -> AppTest:
    """Twice, because AppTest forgets the sidebar where a callback asks for the page alone."""
    return at._run(states).run()


def _data(panel) -> list:
    return json.loads(panel.proto.json)
