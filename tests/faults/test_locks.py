"""What a lesson locks or hides stays as it is, whichever way somebody tries to change it."""

import re
from dataclasses import replace

import pytest

from lstm_core.lessons.lesson_link import BROUGHT
from lstm_core.lessons.locks import touched
from lstm_core.words import Words
from lstm_core.workbench.presets import preset
from tests.collected import collected
from tests.nightly import sample
from tests.pages.apps import is_sound, opened
from tests.pages.forged import follow, forge
from tests.pages.panels import on_line, rest, sliders
from tests.pages.walks import picture

START = {"preset": "random", "lang": "en", "t": "3", "pin_f.1.3": "0.5", "b_f.1": "1.5"}
STATES = sample(["lock", "hide"], 1)

WAYS = {
    "unpin.pin_f.1.3": ("button", {"trigger_value": True}, "weights"),
    "size.H": ("number_input", {"int_value": 3}, "size"),
    "size.T": ("number_input", {"int_value": 5}, "size"),
    "variant.overview": ("selectbox", {"string_value": Words("en")("variant.1997")}, "variant"),
    "preset": ("selectbox", {"string_value": Words("en")("preset.leaky.name")}, "preset"),
    "seed": ("number_input", {"int_value": 5}, "preset"),
    "reset": ("button", {"trigger_value": True}, "weights"),
}
"""Key of a widget -> its kind, what a browser sends when it is used, and what that changes."""


def now(at):
    return at.session_state["experiment"]


@collected("key", WAYS)
def test_a_widget_that_was_on_screen_before_changes_nothing_that_is_held_now(key):
    kind, sent, control = WAYS[key]
    at = opened("overview", **START)
    [widget] = [one for one in at.get(kind) if one.key == key]
    forge(at, widget.proto.id, **sent)
    assert control in touched(preset("random").edited("b_f.1", 1.5).pinned("pin_f.1.3", 0.5), now(at))
    for state in STATES:
        held = now(follow(at, **START, **{state: control}))
        forge(at, widget.proto.id, **sent)
        assert now(at) == held, state


@pytest.mark.parametrize(("group", "control"), [("f", "weights"), ("x", "inputs"), ("start", "start")])
@pytest.mark.parametrize("state", STATES)
def test_a_number_that_could_be_moved_before_is_not_moved_while_it_is_held(state, group, control):
    at = opened("forget_gate", **START)
    next(one for one in at.button_group if one.key.startswith("group.")).set_value(group).run()
    address = next(iter(sliders(at)))
    for held in (False, True):
        before = now(follow(at, **START, **({state: control} if held else {})))
        pictures = {name: sent for name, (sent, *_) in on_line(at)["pictures"].items()}
        answer = on_line(at, values={address: 0.75 + held / 10})
        shown = {name: sent for name, (sent, *_) in answer["pictures"].items()}
        # Of the pictures a move leaves out the exact numbers; so what is read is compared.
        assert ([*map(read, shown.values())] == [*map(read, pictures.values())]) == held
        rest(at, values={address: 0.75 + held / 10})
        assert (now(at) == before) == held and not at.exception


def read(markup: str) -> str:
    """What is seen of a picture: shapes and words, without what a pointer reads off."""
    return re.sub(r' data-(?:name|values|alone)="[^"]*"', "", markup)


@collected("control, address", [("weights", "pin_f.1.3"), ("inputs", "x.3.1"), ("start", "C0.1")])
def test_what_is_held_is_not_offered_to_the_hand_in_a_picture(control, address):
    offered = f'data-grab="{address.partition(".")[0]}'
    for state in STATES:
        held, free = (
            picture(at, "diagram.forget_gate") + picture(at, "strip.forget_gate")
            for at in (opened("forget_gate", **START, **{state: control}), opened("forget_gate", **START))
        )
        assert offered not in held and offered in free


@pytest.mark.parametrize("name", ["step", "unit"])
def test_what_is_looked_at_stays_where_a_lesson_locks_it(name):
    at = opened("forget_gate", **START, lock=name)
    before = at.session_state["focus"]
    for sent in ({"look": {"t": 7, "unit": 2}}, {"acts": [{"quantity": "f", "t": "7", "unit": "2"}]}):
        looked = on_line(at, **sent)["look"]
        assert (looked["t"] == before.t) == (name == "step") and (looked["unit"] == before.unit) == (
            name == "unit"
        )
    rest(at, {"quantity": "f", "t": "7", "unit": "2"})
    after = at.session_state["focus"]
    assert (after.t, after.unit) == ((before.t, 2) if name == "step" else (7, before.unit))


@collected("control", BROUGHT)
@collected("state", STATES)
def test_nothing_can_be_brought_that_would_change_what_is_held(state, control):
    at = opened("trace", **START, **{state: control})
    assert is_sound(at) and not at.file_uploader
    assert len(opened("trace", **START).file_uploader) == 2


START_OF = preset("random")
LABELLED = replace(START_OF, labels="x" * START_OF.T)


@collected(
    "before, after, controls",
    [
        (START_OF, START_OF, set()),
        (START_OF, START_OF.edited("b_f.1", 2), {"weights"}),
        (START_OF, START_OF.pinned("pin_f.1", 0.5), {"weights"}),
        (START_OF, START_OF.edited("x.1.1", 2), {"inputs"}),
        (START_OF, LABELLED, {"inputs"}),
        (LABELLED, LABELLED.resized(T=20), {"size"}),
        (START_OF, START_OF.edited("C0.1", 2), {"start"}),
        (START_OF, START_OF.resized(H=3, D=1, T=40), {"size"}),
        (START_OF, START_OF.resized(H=3).edited("U_f.1.3", 1), {"size", "weights"}),
        (START_OF, START_OF.with_variant("peephole"), {"variant"}),
        (START_OF, preset("random", 2), {"preset", "weights", "inputs"}),
    ],
)
def test_what_a_change_touches_is_named(before, after, controls):
    assert touched(before, after) == controls
