"""Links that were put together, opened by somebody else: what is hidden, locked and asked stays so."""

import json
from functools import cache

from lstm_core.lessons.lesson_link import CONTROLS
from tests.collected import collected
from tests.nightly import sample
from tests.pages.apps import is_sound, link, opened
from tests.pages.lessons.making import again, follow, made, set_control
from tests.pages.panels import move_slider


def _lesson_with(controls: dict[str, str], page: str = "forget_gate", **screen):
    at = opened("make_lesson", **{"lang": "en", "preset": "random", **screen})
    at.selectbox(key="make.page").select(page).run()
    for control, state in controls.items():
        set_control(at, control, state)
    return follow(made(at))


@cache
def nothing_held():
    """A lesson that holds nothing, to look at: what tests of one that does compare it with."""
    return _lesson_with({})


KEYS = {
    "preset": ("selectbox", "preset"),
    "step": ("bidi_component", "sliders.t"),
    "unit": ("button_group", "focus.unit"),
    "size": ("number_input", "size.H"),
    "variant": ("selectbox", "variant.sidebar"),
    "downloads": ("download_button", "csv"),
    "table": ("expander", "inputs_table.open"),
}
"""Control -> kind and key of a widget that it is about; weights, inputs and start are sliders."""


def widget(at, control: str):
    kind, key = KEYS[control]
    found = [
        one for one in at.get(kind) if key in (getattr(one, "key", None), one.proto.id.rpartition("-")[2])
    ]
    return found[0] if found else None


def is_disabled(widget) -> bool:
    """A slider of the figure says so itself."""
    if widget.type == "bidi_component":
        [spec] = json.loads(widget.proto.json)[1]
        return spec[-1]
    return widget.disabled


def groups(at) -> list[str]:
    """The groups of sliders to choose from."""
    found = [one for one in at.get("button_group") if (one.key or "").startswith("group.")]
    return list(found[0].key.removeprefix("group.").split("-")) if found else []


def test_what_is_hidden_is_not_there_all_else_is_and_it_stays_so_on_reload():
    assert not [control for control in KEYS if widget(nothing_held(), control) is None]
    hidden = list(KEYS)[::2]
    at = _lesson_with(dict.fromkeys(hidden, "hidden"))
    for seen in (at, again(at)):
        assert is_sound(seen) and [control for control in KEYS if widget(seen, control) is None] == hidden


def test_what_is_locked_can_be_seen_and_not_changed_and_stays_so_on_reload():
    locked = [control for control in KEYS if control not in ("downloads", "table")]
    assert not [control for control in locked if is_disabled(widget(nothing_held(), control))]
    at = _lesson_with(dict.fromkeys(locked, "locked"))
    for seen in (at, again(at)):
        assert is_sound(seen) and all(is_disabled(widget(seen, control)) for control in locked)


def test_all_hidden_is_still_a_page():
    at = _lesson_with(dict.fromkeys(CONTROLS, "hidden"))
    assert is_sound(at) and not groups(at) and not [c for c in KEYS if widget(at, c)]


def test_within_another_page_there_is_neither_menu_nor_upload_and_it_stays_so_on_reload():
    at = opened("make_lesson", lang="en", preset="leaky")
    at.selectbox(key="make.page").select("trace").run()
    for view in ("student", "embed"):
        at.selectbox(key="make.view").select(view).run()
        there = follow(made(at))
        for seen in (there, again(there)):
            alone = any("stHeader" in one.proto.body for one in seen.get("html"))
            assert is_sound(seen) and alone == (view == "embed") == (not seen.file_uploader)


def test_a_student_who_edits_keeps_the_lesson_in_a_link_of_their_own():
    at = _lesson_with({"preset": "locked", "table": "hidden"}, preset="leaky")
    move_slider(at, "b_f.1", 0.5)
    assert {"b_f.1": "0.5", "lock": "preset", "hide": "table"}.items() <= link(at).items()


@collected("control, state", sample([
    ("preset", "locked"), ("weights", "hidden"), ("inputs", "locked"), ("inputs", "hidden"),
    ("start", "hidden"), ("size", "locked"), ("variant", "hidden"),
], 3))  # fmt: skip
def test_what_a_teacher_set_is_not_undone_by_the_way_back_to_the_preset_nor_by_another_seed(control, state):
    at = _lesson_with({control: state}, **{"b_f.1": "-2.5"})
    assert "reset" not in [button.key for button in at.button]
    if control in ("weights", "inputs"):
        assert at.number_input(key="seed").disabled
    assert "reset" in [button.key for button in nothing_held().button]
