"""Walking through a step, asking where a number comes from, pinning a gate: on screen and in the link."""

import pytest

from lstm_core.explain import Place
from lstm_core.quantities import GATE_KEYS, TRACE_KEYS
from lstm_core.rounding import text
from lstm_core.view.origin.explanation import explanation_panel
from lstm_core.view.typeset import emphasised
from lstm_core.words import LANGUAGES, Words
from lstm_core.workbench.experiment import PIN_RANGES
from lstm_core.workbench.focus import ALL, PHASES
from lstm_core.workbench.opening import OPENS_ON
from lstm_core.workbench.presets import preset
from pages._ui import heading
from tests.collected import collected
from tests.nightly import sample
from tests.pages.apps import experiment, focus, is_sound, link, opened, opened_by_menu, screen
from tests.pages.panels import sliders
from tests.pages.walks import WALKED, asking, buttons, choosing, lit, picture, pressing

START = {"overview": ALL, **OPENS_ON}


def stands_at(at, page: str) -> tuple[str, int]:
    """Phase and step on screen; the link may leave the phase to the page."""
    where = focus(at)
    assert lit(at, page) == (where.phase or START[page])
    return where.phase or START[page], where.t


@pytest.mark.parametrize("page", sample(WALKED, 3))
def test_a_page_opens_on_its_own_phase_and_the_link_does_not_say_so(page):
    at = opened(page, lang="en", preset="latch", t="3")
    assert is_sound(at) and "phase" not in link(at)
    assert stands_at(at, page) == (START[page], 3)
    assert stands_at(pressing(pressing(at, "next"), "back"), page) == (START[page], 3) or page == "overview"


def test_the_buttons_walk_through_the_step_and_on_into_the_next():
    at = opened("overview", lang="en", preset="latch", t="3")
    for phase in PHASES:
        assert stands_at(pressing(at, "next"), "overview") == (phase, 3)
        assert is_sound(at) and link(at)["phase"] == phase
    assert stands_at(pressing(at, "next"), "overview") == (PHASES[0], 4)
    for where in [(PHASES[-1], 3), (PHASES[-2], 3)]:
        assert stands_at(pressing(at, "back"), "overview") == where
    assert screen(at) == screen(opened("overview", **link(at)))


def test_another_page_starts_on_its_own_phase_with_no_number_asked_for():
    at = opened_by_menu("forget_gate", lang="en", t="5")
    choosing(at, {"role": "phase", "value": "output"})
    at = choosing(at, {"quantity": "f", "t": 5, "unit": 1})
    assert at.session_state["asked"] and focus(at).phase == "output"
    at.switch_page("pages/output_gate.py").run()
    assert is_sound(at) and "phase" not in link(at) and link(at)["t"] == "5"
    assert stands_at(at, "output_gate") == ("show", 5) and not at.session_state["asked"] and sliders(at)


@collected("language", sample(LANGUAGES, 1))
@collected("page", sample(WALKED, 3))
def test_presenting_is_in_the_link_and_is_left_again(page, language):
    at = opened(page, lang=language, t="3")
    words = Words(language)
    assert buttons(at, page)["present"] == words("walk.present")
    pressing(at, "present")
    assert is_sound(at) and link(at)["present"] == "1"
    assert buttons(at, page)["leave"] == words("walk.leave")
    assert screen(at) == screen(opened(page, **link(at)))
    pressing(at, "next")
    assert link(at)["present"] == "1"
    at = choosing(at, {"role": "key", "value": heading.PRESENTING["Escape"]})
    assert is_sound(at) and "present" not in link(at)


# -- where does this number come from? ------------------------------------------------------------


@pytest.mark.parametrize("language", sample(LANGUAGES, 1))
def test_every_number_can_be_asked_for_and_the_sliders_come_back(language):
    at, run = (
        opened("overview", lang=language, preset="random", t="3", phase="write"),
        preset("random").trace(),
    )
    for key in sample(TRACE_KEYS, 7):
        at = choosing(at, {"quantity": key, "t": 5, ("index" if key == "x" else "unit"): 2})
        assert is_sound(at) and not sliders(at) and (focus(at).t, focus(at).phase) == (5, "write")
        assert picture(at, "why") == explanation_panel(run, Place(key, 5, 2), Words(language))
    at.button(key="why.back").click().run()
    assert is_sound(at) and not at.session_state["asked"]
    assert sliders(at) == sliders(opened("overview", **link(at))) != {}


def test_a_unit_is_looked_at_and_a_weight_leads_to_its_sliders():
    at = opened("overview", lang="en", preset="random", H="3", t="3")
    choosing(at, {"quantity": "f", "t": 5, "unit": 1})
    choosing(at, {"role": "unit", "unit": 3})
    assert focus(at).unit == 3 and picture(at, "why") == explanation_panel(
        experiment(at).trace(), Place("f", 5, 3), Words("en")
    ), "the question moves along with the unit"
    for address in ("U_o.3.2", "V_c.3.1", "b_i.3"):
        choosing(at, {"quantity": "f", "t": 5, "unit": 3})
        asking(at, {"role": "slider", "value": address})
        assert is_sound(at) and address in sliders(at) and not at.session_state["asked"]


@pytest.mark.parametrize("language", sample(LANGUAGES, 1))
@pytest.mark.parametrize("gate", sample(GATE_KEYS, 2))
def test_a_gate_is_pinned_moved_spread_and_set_free(gate, language):
    key, here, everywhere = GATE_KEYS[gate], f"pin_{gate}.2.5", f"pin_{gate}.2"
    at = opened("overview", lang=language, preset="random", t="3")
    at = choosing(at, {"quantity": key, "t": 5, "unit": 2})
    free, named = link(at), "pin.toggle_candidate" if gate == "c" else "pin.toggle"
    assert at.toggle(key="pin.on").label == Words(language)(named)  # the candidate is no gate
    at.toggle(key="pin.on").set_value(True).run()
    computed = getattr(preset("random").trace(), key)[4, 1]
    assert is_sound(at) and experiment(at) == preset("random").pinned(here, round(computed, 2))
    assert (at.slider(key="pin.value").min, at.slider(key="pin.value").max) == PIN_RANGES[gate]
    at.slider(key="pin.value").set_value(0.25).run()
    assert is_sound(at) and experiment(at) == preset("random").pinned(here, 0.25)
    ghost = text(preset("random").trace().C[4, 1])
    said = Words(language)("pin.without", t=5, C=ghost, h=text(preset("random").trace().h[4, 1]))
    assert emphasised(said) in picture(at, "strip.overview")
    at.checkbox(key="pin.all").set_value(True).run()
    assert is_sound(at) and experiment(at) == preset("random").pinned(everywhere, 0.25)
    again = opened("overview", **link(at))
    assert [b.key for b in again.button if (b.key or "").startswith("unpin.")] == [f"unpin.{everywhere}"]
    at.checkbox(key="pin.all").set_value(False).run()
    assert is_sound(at) and experiment(at) == preset("random").pinned(here, 0.25)
    at.toggle(key="pin.on").set_value(False).run()
    assert is_sound(at) and link(at) == free


@pytest.mark.parametrize("page", sample(WALKED, 3))
def test_pins_of_a_link_are_in_sight_and_removable_one_by_one(page):
    at = opened(page, lang="en", preset="random", t="5", **{"pin_f.1.5": "0.5", "pin_c.2": "-1"})
    for address in ("pin_f.1.5", "pin_c.2"):
        assert is_sound(at) and "pinned to" in at.button(key=f"unpin.{address}").label
        at.button(key=f"unpin.{address}").click().run()
        assert address not in link(at)
    assert is_sound(at) and experiment(at) == preset("random")
    assert screen(at) == screen(opened(page, **link(at)))
