"""What the reader turns changes the experiment and its link, and that link opened afresh shows the same."""

from unittest.mock import patch

import streamlit
from streamlit.testing.v1 import AppTest

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
def test_a_slider_changes_the_experiment_the_link_and_the_pictures_until_reset(page):
    at = opened(page, lang="en", preset="random", seed="7", H="3", T="4", cell="1997", **{"b_i.1": "1"})
    for address, value in zip(sliders(at), (0.35, -2.5), strict=False):
        before, there = texts(at), experiment(at).edited(address, value)
        move_slider(at, address, value)
        assert is_sound(at) and experiment(at) == there and texts(at) != before
        assert link(at)[address] == str(value) and sliders(at)[address] == value
    assert screen(at) == screen(opened(page, **link(at)))
    at.button(key="reset").click().run()
    original = preset("random", 7)
    assert is_sound(at) and link(at) == to_link(original, Focus(first_look(original, page)), "en")
    assert screen(at) == screen(opened(page, **link(at)))


def test_every_slider_on_screen_shows_its_number_and_moves_it_and_keeps_those_beyond_its_range():
    at = opened("forget_gate", lang="en", preset="random", **{"b_f.1": "987.65"})
    assert set(sliders(at)) == set(preset("random").gate_addresses("f", 1)) and sliders(at)["b_f.1"] == 987.65
    for address in [one for one in sliders(at) if one != "b_f.1"]:
        assert sliders(at)[address] == experiment(at).value(address)
        move_slider(at, address, 0.35)
        assert experiment(at).value(address) == sliders(at)[address] == 0.35
    assert is_sound(at) and experiment(at).value("b_f.1") == 987.65


@collected("key", sample(PRESETS, 3))
def test_each_preset_can_be_chosen(key):
    other = "leaky" if key != "leaky" else "latch"
    at = opened("overview", lang="ko", preset=other, t="3", **{"b_f.1": "1"})
    at.selectbox(key="preset").set_value(key).run()
    words = Words("ko")
    assert is_sound(at) and link(at) == to_link(preset(key), Focus(first_look(preset(key))), "ko")
    assert all(words(f"preset.{key}.{said}") in texts(at) for said in ("caption", "notice"))
    assert screen(at) == screen(opened("overview", **link(at)))


def test_another_seed():
    at = opened("overview", preset="random", lang="en")
    for seed in (SEEDS[-1], SEEDS[0]):
        at.number_input(key="seed").set_value(seed).run()
        assert is_sound(at) and experiment(at) == preset("random", seed)
        assert link(at)["seed"] == str(seed)
    assert "seed" not in [box.key for box in opened("overview", preset="latch").number_input]


@collected("page", sample(ONE_OF_EACH_FLOW, 1))
def test_another_cell_and_back(page):
    at = opened(page, preset="latch", lang="en")
    box = "variant.overview" if page == "overview" else "variant.sidebar"
    for cell in ("1997", "peephole", "coupled"):
        at.selectbox(key=box).set_value(cell).run()
        assert is_sound(at) and link(at)["cell"] == cell
        assert experiment(at) == preset("latch").with_variant(cell)
        said = Words("en")(f"variant.{cell}_says")
        assert page != "overview" or said in [caption.value for caption in at.main.caption]
    assert screen(at) == screen(opened(page, **link(at)))
    at.selectbox(key=box).set_value("lstm").run()
    assert is_sound(at) and "cell" not in link(at)


@collected("cell", ["lstm", "peephole"])
def test_peepholes_have_sliders_where_there_are_any(cell):
    assert ("p_f.1" in sliders(opened("forget_gate", preset="random", cell=cell))) == (cell == "peephole")


@collected("page", sample(ONE_OF_EACH_FLOW, 1))
def test_sizes_go_up_to_the_limits_and_down_to_1_and_the_focus_stays_within(page):
    at = opened(page, preset="random", t="12", unit="2", lang="en")
    for name, most in (("H", HAND_H), ("D", HAND_D), ("T", HAND_T)):
        for size in (most, 1):
            at.number_input(key=f"size.{name}").set_value(size).run()
            assert is_sound(at) and getattr(experiment(at), name) == size
    assert (focus(at).t, focus(at).unit) == (1, 1)
    there = preset("random").resized(H=HAND_H).resized(H=1).resized(D=HAND_D).resized(D=1)
    assert experiment(at) == there.resized(T=HAND_T).resized(T=1)
    assert screen(at) == screen(opened(page, **link(at)))


def test_what_a_browser_only_sends_again_undoes_nothing():
    """After a line that broke, what stands in the widgets comes again, as if it were new."""
    at = opened("forget_gate", lang="en", preset="leaky", **{"b_f.1": "1.5"})
    before = experiment(at)
    kept = {key: at.session_state[key] for key in ("experiment", "focus", "page", "turn")}
    state = kept | {"preset": "leaky"}
    with patch.object(streamlit, "session_state", state):
        controls._choose_preset()
    assert state["experiment"] == before and state["focus"] == at.session_state["focus"]


def page():
    import streamlit as st

    from pages._ui import session

    session.set_widget("units", st.session_state["wanted"])
    if st.session_state["broken_off"]:
        st.stop()  # as the next report from the browser does
    st.number_input("Units", 1, 32, key="units")
    session.drawn()


def test_a_value_of_a_run_that_was_broken_off_reaches_the_browser_with_the_next():
    at = AppTest.from_function(page)
    for wanted, broken_off in ((1, False), (4, True), (4, False)):
        at.session_state["wanted"], at.session_state["broken_off"] = wanted, broken_off
        at.run()
    shown = at.number_input(key="units")
    assert shown.value == 4 and shown.proto.set_value and shown.proto.value == 4
