"""Files that a reader brings and takes home: what the page makes of them, and what they are called."""

import json

import numpy as np
import pytest

from lstm_core.export import to_csv
from lstm_core.params import LSTMParams
from lstm_core.workbench.focus import Focus
from lstm_core.workbench.link import from_link, to_link
from lstm_core.workbench.opening import first_look
from lstm_core.workbench.presets import preset
from pages._ui.look.downloads import file_name, fits_csv
from tests.pages.apps import experiment, focus, is_sound, link, opened
from tests.pages.panels import looks, move_slider, sliders, specs


def brought(at, kind: str, name: str, content: bytes):
    at.file_uploader(key=f"upload.{kind}").upload(name, content, "text/plain").run()
    return at


def test_a_sequence_is_taken():
    at = opened("trace", preset="latch", lang="en", t="9", **{"b_f.1": "1.5"})
    brought(at, "sequence", "mine.csv", b"x_1,x_2,x_3\n0.5,1,0\n-0.25,0,0\n")
    assert is_sound(at) and len(at.success) == 1
    assert experiment(at).x.tolist() == [[0.5, 1, 0], [-0.25, 0, 0]] and experiment(at).value("b_f.1") == 1.5
    assert focus(at).t == 2


def test_a_sequence_with_more_inputs_widens_the_cell():
    at = opened("trace", preset="leaky", lang="en")
    brought(at, "sequence", "mine.csv", b"1,2,3,4\n5,6,7,8\n")
    assert is_sound(at) and experiment(at).D == 4
    assert not experiment(at).params.V_f[:, 1:].any()


def test_a_long_sequence_is_shown_without_sliders_and_another_preset_brings_them_back():
    at = opened("trace", preset="latch", lang="en")
    brought(at, "sequence", "mine.csv", b"0.5,1,0\n" * 500)
    assert not at.exception and not at.error and not sliders(at) and len(at.info) == 1
    assert specs(at)["t"][4] == 500
    move_slider(at, "t", 499)
    assert not at.exception and looks(at)["t"] == 499
    at.selectbox(key="preset").set_value("leaky").run()
    assert is_sound(at) and experiment(at) == preset("leaky") and sliders(at)


def test_the_link_of_own_numbers_says_once_that_it_does_not_hold_them():
    at = opened("trace", preset="latch", lang="en", t="16")
    brought(at, "sequence", "mine.csv", b"0.5,1,0\n" * 500)
    move_slider(at, "t", 499)
    assert link(at)["own"] == "1" and "t" not in link(at) and not at.toast
    again = opened("cell_state", **link(at))
    [said] = again.toast
    assert is_sound(again) and "Numbers" in said.value and "Latch" in said.value
    assert link(again) == to_link(preset("latch"), Focus(first_look(preset("latch"))), "en")
    move_slider(again, next(iter(sliders(again))), 0.5)
    assert is_sound(again) and not again.toast


def test_parameters_bring_their_pins_along_and_take_others_away():
    pinned = preset("latch").pinned("pin_f.1.5", 0.25).pinned("pin_c.1", -1.0)
    at = opened("trace", preset="latch", lang="en", **{"pin_o.1": "0.5"})
    brought(at, "params", "mine.json", pinned.to_json().encode())
    assert is_sound(at) and experiment(at) == pinned and "2" in at.success[0].value
    brought(at, "params", "mine.json", preset("latch").to_json().encode())
    assert is_sound(at) and experiment(at) == preset("latch")


@pytest.mark.parametrize(
    "pins",
    [{"pin_f.2": 0.5}, {"pin_f.1.99": 0.5}, {"pin_f.1": 2}, {"b_f.1": 1}, {"<b>": 0}, {"pin_f.1": "0.5"}],
)
def test_pins_that_do_not_fit_are_refused_and_change_nothing(pins):
    at = opened("trace", preset="latch", lang="en", **{"pin_o.1": "0.5"})
    before = link(at)
    content = json.loads(preset("latch").to_json()) | {"pins": pins}
    brought(at, "params", "mine.json", json.dumps(content).encode())
    [said] = at.error
    assert not at.exception and link(at) == before and "pin" in said.value and "<" not in said.value


def test_files_are_called_after_what_is_in_them():
    latch, large = preset("latch"), preset("random").resized(H=64, T=2000)
    assert file_name(latch) == "lstm_latch" and file_name(latch.pinned("pin_f.1", 1)) == "lstm_latch_pinned"
    assert fits_csv(latch) and fits_csv(latch.resized(4, 4, 40)) and not fits_csv(large)
    assert file_name(large, 3) == "lstm_own_unit3"
    at = opened("trace", preset="latch", lang="en")
    at.session_state["experiment"] = large
    at.run()
    assert not at.exception and any("unit 1" in caption.value for caption in at.caption)
    count = f"{2000 * 64 * (18 + large.D):,} numbers, more than 1,000,000"
    assert any(count in caption.value for caption in at.caption)
    assert "npz" in [button.key for button in at.get("download_button")]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_parameters_are_taken_and_their_link_gives_the_same_numbers(dtype):
    draw = np.random.default_rng(1).normal
    params = LSTMParams(draw(size=(4, 2, 5)).astype(dtype), draw(size=(4, 2)).astype(dtype))
    at = opened("trace", preset="latch", lang="en")
    brought(at, "params", "mine.json", params.to_json().encode())
    assert is_sound(at) and len(at.success) == 1
    np.testing.assert_array_equal(experiment(at).params.W, params.W)
    on_screen = at.session_state["experiment"]
    assert to_csv(from_link(link(at)).experiment.trace()) == to_csv(on_screen.trace())


def test_parameters_of_another_size_take_the_sequence_along():
    layer = preset("random").params
    at = opened("trace", preset="latch", lang="en")
    brought(at, "params", "mine.json", layer.to_json().encode())
    assert is_sound(at) and experiment(at).params == layer
    assert experiment(at).x.tolist() == preset("latch").x[:, :2].tolist()
