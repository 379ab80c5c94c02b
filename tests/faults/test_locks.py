"""What a lesson locks or hides stays as it is, whichever way somebody tries to change it."""

import json
from dataclasses import replace

import pytest

from lstm_core.lessons.lesson_link import BROUGHT
from lstm_core.lessons.locks import touched
from lstm_core.words import Words
from lstm_core.workbench.presets import preset
from tests.collected import collected
from tests.pages.apps import is_sound, opened
from tests.pages.forged import follow, forge
from tests.pages.panels import panels

START = {"preset": "random", "lang": "en", "t": "3", "pin_f.1.3": "0.5", "b_f.1": "1.5"}
STATES = ["lock", "hide"]

WAYS = {
    "unpin.pin_f.1.3": ("button", {"trigger_value": True}, "weights"),
    "size.H": ("number_input", {"int_value": 3}, "size"),
    "size.T": ("number_input", {"int_value": 5}, "size"),
    "variant.sidebar": ("selectbox", {"string_value": Words("en")("variant.1997")}, "variant"),
    "variant.overview": ("selectbox", {"string_value": Words("en")("variant.1997")}, "variant"),
    "preset": ("selectbox", {"string_value": Words("en")("preset.leaky.name")}, "preset"),
    "seed": ("number_input", {"int_value": 5}, "preset"),
    "reset": ("button", {"trigger_value": True}, "weights"),
}
"""Key of a widget -> its kind, what a browser sends when it is used, and what that changes."""


def now(at):
    return at.session_state["experiment"]


def found(at, key: str):
    kind = WAYS[key][0]
    return next((one for one in at.get(kind) if one.key == key), None)


def keys_on(at) -> set[str]:
    return {key for key in WAYS if found(at, key)}


@pytest.mark.parametrize("key", WAYS)
@pytest.mark.parametrize("state", STATES)
def test_a_widget_that_was_on_screen_before_changes_nothing_that_is_held_now(state, key):
    kind, sent, control = WAYS[key]
    at = opened("overview", **START)
    widget = found(at, key) or found(at, "variant.overview" if key.startswith("variant") else key)
    if widget is None:
        pytest.skip("another place of the same choice")
    forge(at, widget.proto.id, **sent)
    assert control in touched(preset("random").edited("b_f.1", 1.5).pinned("pin_f.1.3", 0.5), now(at))
    held = now(follow(at, **START, **{state: control}))
    forge(at, widget.proto.id, **sent)
    assert now(at) == held


@pytest.mark.parametrize(("group", "control"), [("f", "weights"), ("x", "inputs"), ("start", "start")])
@pytest.mark.parametrize("state", STATES)
def test_a_panel_of_sliders_that_was_on_screen_before_changes_nothing_that_is_held_now(state, group, control):
    at = opened("forget_gate", **START)
    next(one for one in at.button_group if one.key.startswith("group.")).set_value(group).run()
    [panel] = panels(at)
    seq, _, [[_, [[address, *_], *_]], *_], _ = json.loads(panel.proto.json)
    for held in (False, True):
        before = now(follow(at, **START, **({state: control} if held else {})))
        turn = f"{at.session_state['reports.session']}/{at.session_state['turn']}"
        sent = {"seq": seq + 1 + held, "turn": turn, "final": True, "values": {address: 0.75 + held / 10}}
        forge(at, panel.proto.id, json_value=json.dumps({"moved": sent}))
        assert (now(at) == before) == held and not at.exception


@collected("control", BROUGHT)
@collected("state", STATES)
def test_nothing_can_be_brought_that_would_change_what_is_held(state, control):
    at = opened("trace", **START, **{state: control})
    assert is_sound(at) and not at.file_uploader
    assert len(opened("trace", **START).file_uploader) == 2


@pytest.mark.parametrize("control", BROUGHT)
def test_another_preset_is_not_offered_where_it_would_change_what_is_locked(control):
    assert found(opened("overview", **START, lock=control), "preset").disabled
    assert not found(opened("overview", **START, hide="downloads"), "preset").disabled


@pytest.mark.parametrize("state", STATES)
def test_a_pin_can_be_seen_and_not_removed(state):
    at = opened("overview", **START, **{state: "weights"})
    assert found(at, "unpin.pin_f.1.3").disabled and "0.50" in found(at, "unpin.pin_f.1.3").label


def test_what_a_change_touches_is_named():
    start = preset("random")
    assert touched(start, start) == set()
    assert touched(start, start.edited("b_f.1", 2)) == {"weights"}
    assert touched(start, start.pinned("pin_f.1", 0.5)) == {"weights"}
    assert touched(start, start.edited("x.1.1", 2)) == {"inputs"}
    assert touched(start, replace(start, labels="x" * start.T)) == {"inputs"}
    assert touched(replace(start, labels="x" * 12), replace(start, labels="x" * 12).resized(T=20)) == {"size"}
    assert touched(start, start.edited("C0.1", 2)) == {"start"}
    assert touched(start, start.resized(H=3, D=1, T=40)) == {"size"}
    assert touched(start, start.resized(H=3).edited("U_f.1.3", 1)) == {"size", "weights"}
    assert touched(start, start.with_variant("peephole")) == {"variant"}
    assert touched(start, preset("random", 2)) == {"preset", "weights", "inputs"}
