"""Links that were put together, opened by somebody else: what is hidden, locked and asked stays so."""

import json
from functools import cache

import pytest

from lstm_core.lessons.items import ITEMS
from lstm_core.lessons.lesson_link import CONTROLS, split
from lstm_core.words import LANGUAGES
from lstm_core.workbench.link import from_link
from lstm_core.workbench.presets import preset
from tests.collected import collected
from tests.nightly import sample
from tests.pages.apps import is_sound, link, opened
from tests.pages.lessons.making import SCREEN, WORDS, again, follow, made, set_control
from tests.pages.panels import move_slider, sliders


def _page(at) -> str:
    return at.session_state["page"]


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

GROUPS = {"weights": "f", "inputs": "x", "start": "start"}


def experiment(at):
    """What the address bar tells of, beside the lesson."""
    told = from_link(split(link(at))[0])
    assert told.problems == ()
    return told.experiment


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


@pytest.mark.parametrize("half", [0, 1])
def test_what_is_hidden_is_not_there_all_else_is_and_it_stays_so_on_reload(half):
    assert not [control for control in KEYS if widget(nothing_held(), control) is None]
    hidden = list(KEYS)[half::2]
    at = _lesson_with(dict.fromkeys(hidden, "hidden"))
    for seen in (at, again(at)):
        assert is_sound(seen) and [control for control in KEYS if widget(seen, control) is None] == hidden


@pytest.mark.parametrize("half", [0, 1])
def test_what_is_locked_can_be_seen_and_not_changed_and_stays_so_on_reload(half):
    locked = [control for control in KEYS if control not in ("downloads", "table")][half::2]
    assert not [control for control in locked if is_disabled(widget(nothing_held(), control))]
    at = _lesson_with(dict.fromkeys(locked, "locked"))
    for seen in (at, again(at)):
        assert is_sound(seen) and all(is_disabled(widget(seen, control)) for control in locked)


@pytest.mark.parametrize("control", GROUPS)
def test_sliders_that_are_hidden_cannot_be_chosen(control):
    assert GROUPS[control] in groups(nothing_held())
    at = _lesson_with({control: "hidden"})
    for seen in (at, again(at)):
        assert is_sound(seen) and groups(seen) and GROUPS[control] not in groups(seen)


@pytest.mark.parametrize("language", sample(LANGUAGES, 1))
def test_all_hidden_is_still_a_page(language):
    at = _lesson_with(dict.fromkeys(CONTROLS, "hidden"), lang=language)
    for seen in (at, again(at)):
        assert is_sound(seen) and not groups(seen) and not [c for c in KEYS if widget(seen, c)]


@pytest.mark.parametrize("page", ["forget_gate", "trace"])
def test_within_another_page_there_is_neither_menu_nor_upload_and_it_stays_so_on_reload(page):
    at = opened("make_lesson", lang="en", preset="leaky")
    at.selectbox(key="make.page").select(page).run()
    for view in ("student", "embed"):
        at.selectbox(key="make.view").select(view).run()
        there = follow(made(at))
        for seen in (there, again(there)):
            alone = any("stHeader" in one.proto.body for one in seen.get("html"))
            assert is_sound(seen) and alone == (view == "embed")
            assert bool(seen.file_uploader) == (view != "embed" and page == "trace")


def test_the_language_of_the_lesson_is_spoken():
    at = opened("make_lesson", lang="en")
    at.selectbox(key="make.language").select("ko").run()
    assert follow(made(at)).header[0].value == WORDS["ko"]("question.overview")


def test_a_link_with_a_task_opens_the_task_and_one_with_a_question_asks_it():
    at = opened("make_lesson", lang="en", **SCREEN)
    at.multiselect(key="make.task").set_value(["store_on_flag"]).run()
    there = follow(made(at))
    assert is_sound(there) and _page(there) == "input_gate"
    assert there.session_state["experiment"] != preset("latch")
    at.multiselect(key="make.task").set_value([]).run()
    at.multiselect(key="make.item").set_value(["c_or_h"]).run()
    there = follow(made(at))
    assert is_sound(there) and _page(there) == ITEMS["c_or_h"].page and link(there)["ask"] == "c_or_h.1"


def test_a_student_who_edits_keeps_the_lesson_in_a_link_of_their_own():
    at = _lesson_with({"preset": "locked", "table": "hidden"}, preset="leaky")
    move_slider(at, "b_f.1", 0.5)
    assert {"b_f.1": "0.5", "lock": "preset", "hide": "table"}.items() <= link(at).items()


@pytest.mark.parametrize("control", GROUPS)
def test_sliders_that_are_locked_show_their_numbers_and_do_not_move(control):
    at = _lesson_with({control: "locked"}, t="2")
    address = {"weights": "b_f.1", "inputs": "x.2.1", "start": "C0.1"}[control]
    for seen in (at, again(at)):
        key = next(one.key for one in seen.get("button_group") if (one.key or "").startswith("group."))
        seen.button_group(key=key).set_value(GROUPS[control]).run()
        before = experiment(seen)
        assert address in sliders(seen)
        move_slider(seen, address, 0.75)
        assert is_sound(seen) and experiment(seen) == before


@collected("control, state", [
    ("preset", "locked"), ("weights", "hidden"), ("inputs", "locked"), ("inputs", "hidden"),
    ("start", "hidden"), ("size", "locked"), ("variant", "hidden"),
])  # fmt: skip
def test_what_a_teacher_set_is_not_undone_by_the_way_back_to_the_preset_nor_by_another_seed(control, state):
    at = _lesson_with({control: state}, **{"b_f.1": "-2.5"})
    assert "reset" not in [button.key for button in at.button]
    if control in ("weights", "inputs"):
        assert at.number_input(key="seed").disabled
    assert "reset" in [button.key for button in nothing_held().button]
