"""Files and names that a reader brings and takes home: what the page makes of them."""

import json

import numpy as np

from lstm_core.export import to_csv
from lstm_core.labels import LONGEST
from lstm_core.params import LSTMParams
from lstm_core.words import Words
from lstm_core.workbench.focus import Focus
from lstm_core.workbench.link import from_link, to_link
from lstm_core.workbench.opening import first_look
from lstm_core.workbench.presets import preset
from pages._ui.edit.inputs_table import _edited
from pages._ui.look.downloads import file_name, fits_csv
from tests.collected import collected
from tests.pages.apps import experiment, focus, is_sound, link, opened, texts
from tests.pages.panels import looks, move_slider, sliders, specs
from tests.pages.walks import picture

EN = Words("en")


def brought(at, kind: str, content: bytes):
    name = {"sequence": "mine.csv", "params": "mine.json"}[kind]
    return at.file_uploader(key=f"upload.{kind}").upload(name, content, "text/plain").run()


def on_numbers(name: str = "latch", **query: str):
    """The page of all numbers, where files are brought."""
    return opened("trace", preset=name, lang="en", **query)


# -- a sequence -----------------------------------------------------------------------------------


def test_a_sequence_is_taken_and_one_with_more_inputs_widens_the_cell():
    at = on_numbers(t="9", **{"b_f.1": "1.5"})
    brought(at, "sequence", b"x_1,x_2,x_3\n0.5,1,0\n-0.25,0,0\n")
    assert is_sound(at) and len(at.success) == 1 and focus(at).t == 2
    assert experiment(at).x.tolist() == [[0.5, 1, 0], [-0.25, 0, 0]] and experiment(at).value("b_f.1") == 1.5
    brought(at, "sequence", b"1,2,3,4\n5,6,7,8\n")
    assert is_sound(at) and experiment(at).D == 4 and not experiment(at).params.V_f[:, 3:].any()


def test_a_long_sequence_has_no_sliders_and_its_link_says_once_that_it_does_not_hold_it():
    at = brought(on_numbers(t="16"), "sequence", b"0.5,1,0\n" * 500)
    assert not at.exception and not at.error and not sliders(at) and len(at.info) == 1
    assert specs(at)["t"][4] == 500
    move_slider(at, "t", 499)
    assert looks(at)["t"] == 499 and link(at)["own"] == "1" and "t" not in link(at) and not at.toast
    again = opened("cell_state", **link(at))
    [said] = again.toast
    assert is_sound(again) and "Numbers" in said.value and "Latch" in said.value
    assert link(again) == to_link(preset("latch"), Focus(first_look(preset("latch"))), "en")
    move_slider(again, next(iter(sliders(again))), 0.5)
    assert is_sound(again) and not again.toast
    at.selectbox(key="preset").set_value("leaky").run()
    assert is_sound(at) and experiment(at) == preset("leaky") and sliders(at)


# -- parameters -----------------------------------------------------------------------------------


@collected("dtype", [np.float64, np.float32])
def test_parameters_are_taken_with_the_sequence_that_fits_and_their_link_gives_the_same_numbers(dtype):
    draw = np.random.default_rng(1).normal
    params = LSTMParams(draw(size=(4, 2, 4)).astype(dtype), draw(size=(4, 2)).astype(dtype))
    at = brought(on_numbers(), "params", params.to_json().encode())
    assert is_sound(at) and len(at.success) == 1
    np.testing.assert_array_equal(experiment(at).params.W, params.W)
    assert experiment(at).x.tolist() == preset("latch").x[:, :2].tolist()
    assert to_csv(from_link(link(at)).experiment.trace()) == to_csv(at.session_state["experiment"].trace())


def test_parameters_bring_their_pins_along_and_take_others_away():
    pinned = preset("latch").pinned("pin_f.1.5", 0.25).pinned("pin_c.1", -1.0)
    at = brought(on_numbers(**{"pin_o.1": "0.5"}), "params", pinned.to_json().encode())
    assert is_sound(at) and experiment(at) == pinned and "2" in at.success[0].value
    brought(at, "params", preset("latch").to_json().encode())
    assert is_sound(at) and experiment(at) == preset("latch")


def test_pins_that_do_not_fit_are_refused_and_change_nothing():
    at = on_numbers(**{"pin_o.1": "0.5"})
    before, content = link(at), json.loads(preset("latch").to_json())
    for pins in ({"pin_f.2": 0.5}, {"pin_f.1.99": 0.5}, {"pin_f.1": 2}, {"<b>": 0}, {"pin_f.1": "0.5"}):
        [said] = brought(at, "params", json.dumps(content | {"pins": pins}).encode()).error
        assert not at.exception and link(at) == before and "pin" in said.value and "<" not in said.value


def test_files_are_called_after_what_is_in_them_and_a_large_run_is_of_one_unit():
    latch, large = preset("latch"), preset("random").resized(H=64, T=2000)
    assert file_name(latch) == "lstm_latch" and file_name(latch.pinned("pin_f.1", 1)) == "lstm_latch_pinned"
    assert fits_csv(latch.resized(4, 4, 40)) and not fits_csv(large)
    assert file_name(large, 3) == "lstm_own_unit3"
    at = on_numbers()
    at.session_state["experiment"] = large
    captions = " ".join(caption.value for caption in at.run().caption)
    assert not at.exception and "unit 1" in captions
    assert f"{2000 * 64 * (18 + large.D):,} numbers, more than 1,000,000" in captions
    assert "npz" in [button.key for button in at.get("download_button")]


# -- names of steps -------------------------------------------------------------------------------


def with_table(page: str = "trace", **query: str):
    """A page with the table of inputs open, where the steps have names."""
    at = opened(page, preset="replace", lang="en", **query)
    at.session_state["inputs_table.open"] = True
    return at.run()


def test_a_text_names_the_steps_in_pictures_sentences_and_link():
    text = "he llo wörld"
    at = with_table("forget_gate", t="8")
    at.text_input(key="steps.text").set_value(text).run()
    assert is_sound(at) and experiment(at).labels == tuple(text) and list(link(at))[-1] == "labels"
    said = EN("steps.named", t=8, label="w")
    assert said in picture(at, "strip.forget_gate") and "step-labels" in picture(at, "strip.forget_gate")
    assert said in picture(at, "diagram.forget_gate").replace("&quot;", '"')
    assert experiment(opened("forget_gate", **link(at))).labels == tuple(text)


def test_a_shorter_text_leaves_steps_without_a_name_a_longer_one_is_cut_and_none_takes_all_away():
    at = with_table()
    for typed, kept, labels in (
        ("abc", "abc", ("a", "b", "c", *[""] * 9)), ("x" * 40, "x" * 12, ("x",) * 12), ("", "", ()),
    ):  # fmt: skip
        at.text_input(key="steps.text").set_value(typed).run()
        assert experiment(at).labels == labels and at.text_input(key="steps.text").value == kept
        assert (*at.dataframe[0].value["label"],) == (labels or ("",) * 12)  # as the table says, too
    assert "labels" not in link(at) and experiment(at) == preset("replace")


def test_the_table_holds_a_label_for_each_step_and_takes_what_is_typed_there():
    base = preset("replace").x, ("",) * 12
    typed = {0: {"label": "the"}, "1": {"x_2": 0.5, "label": "c\u202eat\0"}, 2: {"label": None}}
    x, labels = _edited(base, typed | {3: {"label": "x" * 99}})
    assert labels == ("the", "cat", "", "x" * LONGEST, *[""] * 8)
    assert x[1, 1] == 0.5 and (x[2:] == base[0][2:]).all()


def test_a_csv_brings_its_labels_and_one_without_takes_them_away():
    at = brought(on_numbers("replace"), "sequence", b"x_1,x_2,label\n0.5,0,the\n1,1,cat\n")
    assert is_sound(at) and EN("upload.took_labels", n=2) in at.success[0].value
    content = to_csv(experiment(at).trace()).encode()
    brought(at, "sequence", b"0.5,0\n1,1\n")
    assert experiment(at).labels == () and "label" not in at.success[0].value
    assert experiment(brought(at, "sequence", content)).labels == ("the", "cat")


def test_labels_that_no_link_holds_are_said_to_be_lost_on_a_reload():
    rows = "".join(f"{k},0,{'가나다라마바'}\n" for k in range(12))
    at = brought(with_table(), "sequence", f"x_1,x_2,label\n{rows}".encode())
    said = EN("steps.no_link")
    assert is_sound(at) and "labels" not in link(at) and said in at.success[0].value
    assert said in [caption.value for caption in at.caption] and "가나다라마바" in texts(at)


def test_a_lesson_that_locks_the_inputs_locks_their_labels():
    at = with_table(lock="inputs", labels="a~b")
    assert not at.text_input and experiment(at).labels[:2] == ("a", "b")
