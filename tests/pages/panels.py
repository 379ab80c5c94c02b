"""The figure of a page without a browser: its sliders, its line, and what the hand tells when it rests."""

import json
from itertools import count

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.testing.v1 import AppTest

from pages._ui import line

_numbers = count(1)


def panels(at: AppTest) -> list:
    return [one for one in at.get("bidi_component") if one.proto.component_name.endswith(".sliders")]


def specs(at: AppTest) -> dict[str, list]:
    """Address -> what the browser is told of every slider of the figure on screen."""
    return {spec[0]: spec for panel in panels(at) for spec in json.loads(panel.proto.json)[1]}


def sliders(at: AppTest) -> dict[str, float]:
    """Address -> value of every slider on screen that moves a number of the experiment."""
    return {address: spec[1] for address, spec in specs(at).items() if "." in address}


def looks(at: AppTest) -> dict[str, float]:
    """The same of the sliders that look elsewhere: "t", "length"."""
    return {address: spec[1] for address, spec in specs(at).items() if "." not in address}


def hand(at: AppTest):
    """What a page has of its figure's hand; None where it has no figure."""
    return next((one for one in at.get("bidi_component") if one.proto.component_name.endswith(".hand")), None)


def told(at: AppTest) -> tuple[str, int]:
    """The turn of the figure on screen, and the number of the last report that the page took."""
    turn, taken, *_ = json.loads(hand(at).proto.json)
    return turn, taken


def a_report(at: AppTest, *choices: dict, **parts) -> dict:
    """What an honest browser would send of the figure on screen: `values`, `look`, choices, `digests`."""
    turn, taken = told(at)
    return {"seq": taken + 1, "turn": turn, "values": {}, "look": {}, "acts": list(choices)} | parts


def on_line(at: AppTest, *choices: dict, **parts) -> dict | None:
    """What the line answers to a report, while no page runs."""
    return line.answer(a_report(at, *choices, **parts))


def rest(at: AppTest, *choices: dict, **parts) -> AppTest:
    """The hand rests: the page is told once what was moved, looked at and chosen, and runs again."""
    sent = a_report(at, **parts)
    sent["acts"] = [[next(_numbers) + 10**6, choice] for choice in choices]
    return report(at, hand(at), sent)


def move_slider(at: AppTest, address: str, value: float) -> AppTest:
    """Put a slider somewhere, let go, and let the page run again."""
    assert address in specs(at)
    return rest(at, look={address: value}) if address in looks(at) else rest(at, values={address: value})


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
