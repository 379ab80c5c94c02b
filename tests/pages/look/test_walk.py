"""Walking through a step, asking where a number comes from, pinning a gate: on screen and in the link."""

import re

import pytest

from lstm_core.explain import Place
from lstm_core.quantities import GATE_KEYS
from lstm_core.rounding import text
from lstm_core.view.origin.explanation import explanation_panel
from lstm_core.view.typeset import emphasised
from lstm_core.words import Words
from lstm_core.workbench.experiment import PIN_RANGES
from lstm_core.workbench.focus import ALL, Focus, step_on
from lstm_core.workbench.opening import OPENS_ON
from lstm_core.workbench.presets import preset
from pages._ui import heading
from tests.collected import collected
from tests.nightly import sample
from tests.pages.apps import experiment, focus, is_sound, link, on_to, opened, opened_by_menu, screen
from tests.pages.panels import looks, rest, sliders
from tests.pages.walks import WALKED, asking, buttons, choosing, lit, picture, pressing

EN = Words("en")
START = {"overview": ALL, **OPENS_ON}


@collected("page", sample(WALKED, 3))
def test_a_page_opens_on_its_own_phase_which_the_link_leaves_out_and_its_buttons_walk_on(page):
    at = opened(page, lang="en", preset="latch", t="3")
    assert is_sound(at) and "phase" not in link(at) and lit(at, page) == START[page]
    pressing(at, "next")
    phase, t = step_on(START[page], 3, experiment(at).T, 1)
    assert is_sound(at) and link(at)["phase"] == lit(at, page) == phase and focus(at).t == t


def test_another_page_starts_on_its_own_phase_with_no_number_asked_for():
    at = opened_by_menu("forget_gate", lang="en", t="5")
    choosing(at, {"role": "phase", "value": "output"})
    at = choosing(at, {"quantity": "f", "t": 5, "unit": 1})
    assert at.session_state["asked"] and focus(at).phase == "output"
    at.switch_page("pages/output_gate.py").run()
    assert is_sound(at) and "phase" not in link(at) and link(at)["t"] == "5"
    assert lit(at, "output_gate") == "show" and not at.session_state["asked"] and sliders(at)


def test_presenting_is_in_the_link_and_is_left_again():
    at = opened("forget_gate", lang="en", t="3")
    assert buttons(at, "forget_gate")["present"] == EN("walk.present")
    pressing(at, "present")
    assert is_sound(at) and buttons(at, "forget_gate")["leave"] == EN("walk.leave")
    assert screen(at) == screen(opened("forget_gate", **link(at)))
    assert link(pressing(at, "next"))["present"] == "1"
    pressing(at, heading.PRESENTING["Escape"])
    assert is_sound(at) and "present" not in link(at)


# -- where does this number come from? ------------------------------------------------------------


def test_every_number_can_be_asked_for_and_the_sliders_come_back():
    at = opened("overview", lang="ko", preset="random", t="3", phase="write")
    for key in ("x", "z_f", "h"):
        at = choosing(at, {"quantity": key, "t": 5, ("index" if key == "x" else "unit"): 2})
        assert is_sound(at) and not sliders(at) and (focus(at).t, focus(at).phase) == (5, "write")
        told = explanation_panel(preset("random").trace(), Place(key, 5, 2), Words("ko"))
        assert picture(at, "why") == told
    at.button(key="why.back").click().run()
    assert is_sound(at) and not at.session_state["asked"]
    assert sliders(at) == sliders(opened("overview", **link(at))) != {}


def test_the_question_moves_along_with_the_unit_and_a_weight_of_the_answer_leads_to_its_sliders():
    at = opened("overview", lang="en", preset="random", H="3", t="3")
    choosing(at, {"quantity": "f", "t": 5, "unit": 1})
    choosing(at, {"role": "unit", "unit": 3})
    told = explanation_panel(experiment(at).trace(), Place("f", 5, 3), EN)
    assert focus(at).unit == 3 and picture(at, "why") == told
    asking(at, {"role": "slider", "value": "U_o.3.2"})
    assert is_sound(at) and "U_o.3.2" in sliders(at) and not at.session_state["asked"]


# -- pins -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("gate", sample(GATE_KEYS, 2))
def test_a_gate_is_pinned_moved_spread_and_set_free(gate):
    key, here, everywhere, free = GATE_KEYS[gate], f"pin_{gate}.2.5", f"pin_{gate}.2", preset("random")
    at = opened("overview", lang="en", preset="random", t="3")
    at = choosing(at, {"quantity": key, "t": 5, "unit": 2})
    before = link(at)
    named = "pin.toggle_candidate" if gate == "c" else "pin.toggle"  # the candidate is no gate
    assert at.toggle(key="pin.on").label == EN(named)
    at.toggle(key="pin.on").set_value(True).run()
    computed = getattr(free.trace(), key)[4, 1]
    assert is_sound(at) and experiment(at) == free.pinned(here, round(computed, 2))
    assert (at.slider(key="pin.value").min, at.slider(key="pin.value").max) == PIN_RANGES[gate]
    at.slider(key="pin.value").set_value(0.25).run()
    assert is_sound(at) and experiment(at) == free.pinned(here, 0.25)
    said = EN("pin.without", t=5, C=text(free.trace().C[4, 1]), h=text(free.trace().h[4, 1]))
    assert emphasised(said) in picture(at, "strip.overview")
    for spread, address in ((True, everywhere), (False, here)):
        at.checkbox(key="pin.all").set_value(spread).run()
        assert is_sound(at) and experiment(at) == free.pinned(address, 0.25)
    at.toggle(key="pin.on").set_value(False).run()
    assert is_sound(at) and link(at) == before


def test_pins_of_a_link_are_in_sight_and_removable_one_by_one():
    at = opened("forget_gate", lang="en", preset="random", t="5", **{"pin_f.1.5": "0.5", "pin_c.2": "-1"})
    for address in ("pin_f.1.5", "pin_c.2"):
        assert is_sound(at) and "pinned to" in at.button(key=f"unpin.{address}").label
        at.button(key=f"unpin.{address}").click().run()
        assert address not in link(at)
    assert is_sound(at) and experiment(at) == preset("random")
    assert screen(at) == screen(opened("forget_gate", **link(at)))


# -- the walk back --------------------------------------------------------------------------------


def test_who_begins_the_walk_back_stands_at_the_last_step_with_a_slider_for_how_many():
    at = opened("gradient", lang="en")
    assert "last" not in looks(at)
    at = rest(at, {"role": "turn", "value": "back"})
    assert is_sound(at) and link(at)["back"] == "arrive" and focus(at).t == looks(at)["last"] == 24
    for name, value in (("loss", "all"), ("ways", "C"), ("back", "sums")):
        rest(at, {"role": name, "value": value})
        chosen = rf'data-role="{name}" data-value="{value}" aria-checked="true"'
        assert is_sound(at) and link(at)[name] == value and re.search(chosen, picture(at, "paths.gradient"))


def test_a_link_brings_the_walk_back_which_ends_when_it_is_left_or_on_another_page():
    at = opened_by_menu("gradient", lang="en", back="sums", t="7", loss="h")
    assert is_sound(at) and focus(at) == Focus(7, back="sums", loss="h")
    assert 'class="backward"' in picture(at, "paths.gradient")
    ended = rest(opened("gradient", **link(at)), {"role": "turn", "value": "glance"})
    assert "back" not in link(ended) and 'class="backward"' not in picture(ended, "paths.gradient")
    at = on_to(at, "overview")
    assert is_sound(at) and "back" not in link(at)


def test_the_plain_rnn_gets_a_weight_of_its_own():
    at = opened("gradient", lang="en", preset="leaky")
    below = picture(at, "paths_below.gradient")
    assert 'data-role="rnn" data-value="1" aria-checked="true"' in below and "U = <b>1</b>" in below
    at = rest(at, {"role": "rnn", "value": "candidate"})
    assert is_sound(at) and link(at)["rnn"] == "candidate"
    assert "there is nothing to compare" in picture(at, "paths_below.gradient")
