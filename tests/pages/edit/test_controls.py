"""What the reader turns changes the experiment and its link, and that link opened afresh shows the same."""

from unittest.mock import patch

import pytest
import streamlit

from lstm_core.params import VARIANTS
from lstm_core.words import Words
from lstm_core.workbench.experiment import HAND_D, HAND_H, HAND_T
from lstm_core.workbench.focus import Focus
from lstm_core.workbench.link import to_link
from lstm_core.workbench.opening import first_look
from lstm_core.workbench.presets import PRESETS, SEEDS, preset
from pages._ui.edit import controls
from tests.collected import collected
from tests.nightly import sample
from tests.pages.apps import ONE_OF_EACH_FLOW, PAGES, experiment, focus, is_sound, link, opened, screen, texts
from tests.pages.panels import move_slider, sliders


@collected("page", sample(PAGES, 3))
@collected("value", [-2.5, 0.35])
def test_a_slider_changes_the_experiment_the_link_and_the_pictures(page, value):
    at = opened(page, lang="en", preset="latch")
    before, address = texts(at), next(iter(sliders(at)))
    move_slider(at, address, value)
    assert is_sound(at) and link(at)[address] == str(value)
    assert experiment(at) == preset("latch").edited(address, value)
    assert texts(at) != before and sliders(at)[address] == value
    assert screen(at) == screen(opened(page, **link(at)))


def test_every_slider_on_screen_shows_its_number_and_moves_it():
    at = opened("forget_gate", lang="en", preset="random")
    assert set(sliders(at)) == set(preset("random").gate_addresses("f", 1))
    for address in list(sliders(at)):
        assert sliders(at)[address] == experiment(at).value(address)
        move_slider(at, address, 0.35)
        assert experiment(at).value(address) == 0.35
    assert is_sound(at) and set(sliders(at).values()) == {0.35}


def test_numbers_beyond_the_usual_range_of_a_slider_are_shown_and_kept():
    at = opened("forget_gate", lang="en", preset="latch", **{"b_f.1": "987.65"})
    assert sliders(at)["b_f.1"] == 987.65 and link(at)["b_f.1"] == "987.65"
    move_slider(at, "V_f.1.1", 0.5)
    assert is_sound(at) and experiment(at).value("b_f.1") == 987.65


# -- presets and reset ----------------------------------------------------------------------------


@collected("key", sample(PRESETS, 4))
def test_each_preset_can_be_chosen(key):
    other = "leaky" if key != "leaky" else "latch"
    at = opened("overview", lang="ko", preset=other, t="3", **{"b_f.1": "1"})
    at.selectbox(key="preset").set_value(key).run()
    assert is_sound(at)
    assert link(at) == to_link(preset(key), Focus(first_look(preset(key))), "ko")
    assert screen(at) == screen(opened("overview", **link(at)))


@pytest.mark.parametrize("page", sample(PAGES, 4))
def test_reset_goes_back_to_the_preset_and_empties_the_link(page):
    at = opened(page, preset="random", seed="7", H="3", T="4", cell="1997", lang="en", **{"b_f.1": "1"})
    at.button(key="reset").click().run()
    original = preset("random", 7)
    first = Focus(first_look(original, page))
    assert is_sound(at) and link(at) == to_link(original, first, "en")
    assert screen(at) == screen(opened(page, **link(at)))
    address = next(iter(sliders(at)))
    move_slider(at, address, 0.5)
    assert link(at)[address] == "0.5"
    at.button(key="reset").click().run()
    assert link(at) == to_link(original, first, "en")


def test_another_seed():
    at = opened("overview", preset="random", lang="en")
    for seed in (SEEDS[-1], SEEDS[0], 42):
        at.number_input(key="seed").set_value(seed).run()
        assert is_sound(at) and experiment(at) == preset("random", seed)
        assert link(at)["seed"] == str(seed)
    assert not [box for box in opened("overview", preset="latch").number_input if box.key == "seed"]


@collected("cell", VARIANTS)
@collected("page", sample(PAGES, 1))
def test_a_link_to_any_cell_opens_and_its_peepholes_have_sliders(page, cell):
    at = opened(page, lang="en", preset="random", cell=cell)
    assert is_sound(at) and experiment(at) == preset("random").with_variant(cell)
    if page == "forget_gate":
        assert ("p_f.1" in sliders(at)) == ("peephole" in cell)


# -- variant and sizes ----------------------------------------------------------------------------


@collected(
    "page, where", [*((page, "sidebar") for page in sample(ONE_OF_EACH_FLOW, 1)), ("overview", "overview")]
)
def test_another_cell_and_back(page, where):
    at = opened(page, preset="latch", lang="en")
    for cell in ("1997", "peephole", "coupled"):
        at.selectbox(key=f"variant.{where}").set_value(cell).run()
        assert is_sound(at) and link(at)["cell"] == cell
        assert screen(at) == screen(opened(page, **link(at)))
    at.selectbox(key=f"variant.{where}").set_value("lstm").run()
    assert is_sound(at) and "cell" not in link(at)
    assert screen(at) == screen(opened(page, **link(at)))


def test_the_whole_cell_says_in_a_line_what_another_cell_changes():
    at = opened("overview", preset="latch", lang="en")
    for cell in ("1997", "peephole", "coupled"):
        at.selectbox(key="variant.overview").set_value(cell).run()
        said = [caption.value for caption in at.main.caption]
        assert Words("en")(f"variant.{cell}_says") in said


@collected("page", sample(ONE_OF_EACH_FLOW, 1))
@collected("name, most", [("H", HAND_H), ("D", HAND_D), ("T", HAND_T)])
def test_sizes_up_to_the_limits_and_down_to_1(page, name, most):
    at = opened(page, preset="latch", lang="en")
    for size in (most, 1):
        at.number_input(key=f"size.{name}").set_value(size).run()
        assert is_sound(at) and getattr(experiment(at), name) == size
    assert experiment(at) == preset("latch").resized(**{name: most}).resized(**{name: 1})
    assert screen(at) == screen(opened(page, **link(at)))


def test_the_focus_stays_within_what_is_left():
    at = opened("overview", preset="random", t="12", unit="2", lang="en")
    at.number_input(key="size.T").set_value(5).run()
    at.number_input(key="size.H").set_value(1).run()
    assert is_sound(at) and focus(at) == Focus(5, 1)
    at.number_input(key="size.T").set_value(1).run()
    assert is_sound(at) and focus(at) == Focus(1, 1)


def test_what_a_browser_only_sends_again_undoes_nothing():
    """After a line that broke, what stands in the widgets comes again, as if it were new."""
    at = opened("forget_gate", lang="en", preset="leaky", **{"b_f.1": "1.5"})
    before = experiment(at)
    kept = {key: at.session_state[key] for key in ("experiment", "focus", "page", "turn")}
    state = kept | {"preset": "leaky"}
    with patch.object(streamlit, "session_state", state):
        controls._choose_preset()
    assert state["experiment"] == before and state["focus"] == at.session_state["focus"]
