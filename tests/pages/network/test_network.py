"""The page of a reader's own network, without a browser: files in, every view, both languages, bad input."""

import io
import json
import re

import numpy as np
import pytest

from lstm_core import LSTMParams, forward
from lstm_core.params import GATES
from lstm_core.readers import read_layers, run_layers
from lstm_core.readers.ranking import half_lives
from lstm_core.rounding import ShownNumbers, shown_ledger, text
from lstm_core.view.network import steps_text
from lstm_core.words import LANGUAGES, texts
from pages._ui.browser import upload_box
from pages._ui.network.example import example
from tests.collected import collected
from tests.conftest import ROOT
from tests.lstm_core.readers.layer_files import TEXTS, captured_run
from tests.nightly import sample
from tests.pages.apps import is_sound, opened
from tests.pages.apps import texts as on_screen
from tests.pages.panels import move_slider
from tests.pages.walks import picture

FILES = ROOT / "tests" / "fixtures" / "layer_files"
VIEWS = ("units", "layers", "one", "two", "proof", "home")


def page(lang="en"):
    return opened("network", lang=lang)


def brought(at, name, content=None, key="network.file.0"):
    content = (FILES / name).read_bytes() if content is None else content
    at.file_uploader(key=key).upload(name, content, "application/octet-stream").run()
    return at


def shown(at, view):
    at.session_state["network.view_chosen"] = view
    return at.run()


def tables(at) -> str:
    return "\n".join(block.value for block in at.markdown)


def npy(array) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


@pytest.mark.parametrize("lang", sample(LANGUAGES, 1))
def test_the_page_opens_on_a_unit_of_its_example_until_there_is_a_network(lang):
    at, network = page(lang), example()
    unit, t = network.first_look()
    ranking, trace = network.ranking(), network.run().trace
    assert ranking.half_life[unit - 1] == ranking.half_life.max()
    assert is_sound(at) and f"{ranking.half_life[unit - 1]:.1f}" in on_screen(at)
    strip = next(part for part in at.get("bidi_component") if "preview" in (part.key or ""))
    markup, shown_there = json.loads(strip.proto.json)[0][0], ShownNumbers(trace)
    told = [text(shown_there.at(key, t, unit)) for key in ("C_prev", "kept", "erased", "C")]
    assert all(number in markup for number in told), told
    at.button(key="network.example").click().run()
    assert is_sound(at) and not [p for p in at.get("bidi_component") if "preview" in (p.key or "")]


@pytest.mark.parametrize("lang", sample(LANGUAGES, 1))
@pytest.mark.parametrize(
    "name", sample(["torch_checkpoint.pt", "keras_now_stack.keras", "onnx_bidirectional.onnx"], 1)
)
def test_a_file_opens_and_every_view_of_it_is_sound(name, lang):
    at = brought(page(lang), name)
    for view in VIEWS:
        at = shown(at, view)
        assert is_sound(at), view
        said = on_screen(at)
        assert name in said.replace("\\", "") and "Latch" not in said and "래치" not in said


@pytest.mark.parametrize("lang", sample(LANGUAGES, 1))
def test_a_captured_run_opens_on_its_own_input_and_each_sequence_of_it_can_be_chosen(lang):
    at = brought(page(lang), "run.npz", captured_run())
    network = at.session_state["network.loaded"]
    assert is_sound(at) and network.labels == tuple(TEXTS[0])
    at.number_input(key="network.captured").set_value(2).run()
    assert is_sound(at) and network.labels == tuple(TEXTS[1])
    assert network.inputs().tolist() == network.layer.seen.sequence(2).x.tolist()
    at.selectbox(key="network.layer").set_value("second").run()
    assert is_sound(at) and network.inputs().tolist() == network.file.layers[1].seen.sequence(2).x.tolist()
    at = shown(at, "one")
    move_slider(at, "t", 3)
    assert is_sound(at) and texts(lang)["steps.named"].format(t=3, label=")") in picture(at, "network.strip")
    at.segmented_control(key="network.sequence_kind").set_value("noise").run()
    at.button(key="network.run_noise").click().run()
    assert (
        is_sound(at) and network.sequence is None and texts(lang)["network.data_noise"][:9] in on_screen(at)
    )
    at.segmented_control(key="network.sequence_kind").set_value("captured").run()
    at.button(key="network.run_captured").click().run()
    assert is_sound(at) and network.labels == tuple(TEXTS[0])


@pytest.mark.parametrize("lang", sample(LANGUAGES, 1))
def test_units_are_ranked_by_a_label_beside_chance_and_one_shows_where_it_is_highest(lang):
    at = brought(page(lang), "run.npz", captured_run())
    network = at.session_state["network.loaded"]
    at.segmented_control(key="network.order_by").set_value("label").run()
    [table], [labels] = at.dataframe, [box for box in at.multiselect if box.key.startswith("network.labels")]
    assert is_sound(at) and len(labels.value) == 1 and len(table.value["control"]) == 3
    labels.set_value(["(", ")"]).run()
    brackets = np.array([label in "()" for label in TEXTS[0]], float)
    r = np.corrcoef(brackets, network.run().trace.C.T)[0, 1:]
    assert at.dataframe[0].value["r"].tolist() == pytest.approx(sorted(r, key=abs, reverse=True))
    at = shown(at, "one")
    at.session_state["network.contexts"] = True
    at.run()
    assert is_sound(at)
    unit = network.first_look()[0]
    sequences = [forward_of(network, number)[:, unit - 1] for number in (1, 2, 3)]
    highest = max(float(C.max()) for C in sequences)
    assert f"- {text(highest)} · " in tables(at).replace("\\", "")


def forward_of(network, number):
    seen = network.layer.seen.sequence(number)
    return forward(network.layer.params, seen.x, seen.h0, seen.C0).C


@pytest.mark.parametrize("lang", sample(LANGUAGES, 1))
def test_the_layers_stand_side_by_side_and_one_of_them_can_be_chosen(lang):
    at = shown(brought(page(lang), "run.npz", captured_run()), "layers")
    network = at.session_state["network.loaded"]
    first, second = (one.quartiles()[1] for one in network.lives())
    assert is_sound(at) and first < second
    assert f"**{steps_text(first)} → {steps_text(second)}**" in on_screen(at)
    at = brought(at, "torch_plain.pt")
    assert is_sound(at)


@pytest.mark.parametrize("lang", sample(LANGUAGES, 1))
@pytest.mark.parametrize(
    "name", sample(["torch_gru_stacked.pt", "keras_gru_before.keras", "onnx_gru_after.onnx"], 1)
)
def test_a_gru_opens_and_every_view_of_it_is_sound_and_names_its_own_memory(name, lang):
    at = brought(page(lang), name)
    network = at.session_state["network.loaded"]
    for view in VIEWS:
        if view == "layers" and len(network.file.layers) == 1:
            continue
        at = shown(at, view)
        assert is_sound(at), view
    assert [button.key for button in at.get("download_button")] == ["network.take.csv", "network.take.npz"]
    at = shown(at, "one")
    at.number_input(key="network.t").set_value(7).run()
    unit = at.number_input(key="network.unit").value
    ledger = shown_ledger(network.run().trace, 7, unit)
    assert is_sound(at) and f"= {text(ledger.C)}$" in tables(at)
    at.session_state["network.contexts"] = True
    at.run()
    assert is_sound(at) and texts(lang)["network.contexts_highest"].format(C="h") in tables(at)


@pytest.mark.parametrize("lang", sample(LANGUAGES, 1))
def test_a_second_file_tells_which_units_moved_and_another_sequence_ends_that(lang):
    at = shown(brought(page(lang), "torch_double.pt"), "two")
    brought(at, "torch_plain.pt", key="network.second.0")
    [table] = at.dataframe
    network = at.session_state["network.loaded"]
    [there] = run_layers(read_layers(FILES / "torch_plain.pt"), network.inputs())
    lives, match = half_lives(there.trace.f), np.array(table.value["match"])
    assert is_sound(at) and np.allclose(table.value["after"], lives[match - 1])
    brought(at, "torch_gru.pt", key="network.second.0")
    assert len(at.error) == 1 and not at.dataframe
    brought(at, "torch_plain.pt", key="network.second.0")
    network.make_noise(7)
    at.run()
    assert is_sound(at) and not at.dataframe


@pytest.mark.parametrize("lang", sample(LANGUAGES, 1))
def test_the_example_opens(lang):
    at = page(lang)
    at.button(key="network.example").click().run()
    assert is_sound(at) and at.session_state["network.loaded"].brought is not None


@collected("lang", sample(LANGUAGES, 1))
@collected(
    "name, content",
    [("torch_module.pt", None), ("torch_rnn.pt", None), ("empty", b""), ("one.npy", npy(np.ones(3)))],
)  # fmt: skip
def test_a_file_that_is_refused_is_told_in_one_sentence_and_nothing_breaks(name, content, lang):
    at = brought(page(lang), name, content)
    assert not at.exception and len(at.error) == 1 and "{" not in at.error[0].value.replace("\\{", "")
    assert "network.loaded" not in at.session_state


def test_the_gradient_of_a_unit_opens_below_it():
    at = shown(brought(page(), "torch_checkpoint.pt"), "one")
    at.session_state["network.gradient"] = True
    at.run()
    assert is_sound(at) and at.expander[1].label == texts("en")["network.gradient"]


def test_a_refused_file_leaves_the_one_before():
    at = brought(page(), "torch_plain.pt")
    brought(at, "torch_rnn.pt")
    assert not at.exception and at.session_state["network.loaded"].name == "torch_plain.pt"


def test_their_h_is_proved_ours_and_one_wrong_number_is_found():
    at = brought(page(), "torch_checkpoint.pt")
    numbers = np.load(FILES / "torch_checkpoint.pt.npz")
    brought(at, "x.npy", npy(numbers["x"][:, :1]), "network.table.0")
    at = shown(at, "proof")
    h = numbers["h"][:, 0].copy()
    brought(at, "h.npy", npy(h), "network.h.0")
    assert is_sound(at) and len(at.success) == 1
    h[2, 4] += 0.1
    brought(at, "h.npy", npy(h), "network.h.0")
    assert "step 3 in unit 5" in at.error[0].value and "-" not in at.error[0].value
    at.text_area(key="network.pasted").set_value("much").run()
    at.button(key="network.compare").click().run()
    assert not at.exception and len(at.error) == 1


def test_a_table_with_names_of_its_own_runs_and_its_dates_are_set_aside():
    at = brought(page(), "torch_checkpoint.pt")
    content = "date;a;b;c\n" + "2024-01-01;0,5;1;2\n" * 9
    brought(at, "mine.csv", content.encode("utf-8-sig"), "network.table.0")
    network = at.session_state["network.loaded"]
    assert is_sound(at) and network.inputs().tolist() == [[0.5, 1]] * 9
    [columns] = [box for box in at.multiselect if box.key.startswith("network.mapping")]
    columns.set_value([2, 1]).run()
    assert is_sound(at) and at.session_state["network.loaded"].inputs().tolist() == [[2, 1]] * 9


@pytest.mark.parametrize("lang", sample(LANGUAGES, 1))
def test_the_order_that_a_file_does_not_say_is_chosen_beside_what_each_order_makes_of_it(lang):
    params = LSTMParams(*(np.random.default_rng(3).normal(size=shape) for shape in ((4, 2, 5), (4, 2))))
    stored = [GATES.index(gate) for gate in "ocif"]
    W, b = params.W[stored].reshape(8, 5), params.b[stored].reshape(8)
    file = io.BytesIO()
    np.savez(file, weight_ih_l0=W[:, 2:], weight_hh_l0=W[:, :2], bias_ih_l0=b, bias_hh_l0=0 * b)
    at = brought(page(lang), "mine.npz", file.getvalue())
    assert at.expander[0].label == texts(lang)["network.order_taken"]
    assert not at.warning
    at.session_state["network.order_box"] = True
    at.run()
    assert is_sound(at) and "**PyTorch, Keras**" in on_screen(at)
    at = shown(at, "proof")
    h = forward(params, at.session_state["network.loaded"].inputs().astype(float)).h
    brought(at, "h.npy", npy(h), "network.h.0")
    assert not at.exception and len(at.error) == 1 and "| o,\u00a0C̃,\u00a0i,\u00a0f | – |" in tables(at)
    assert next(block.value for block in at.markdown if "| –" in block.value).count("✓") == 1
    at.selectbox(key="network.order").set_value("ocif").run()
    assert is_sound(at) and len(at.success) == 1 and not at.error
    assert "**o,\u00a0C̃,\u00a0i,\u00a0f**" in tables(at)


def test_a_sequence_in_an_npz_is_read_apart_and_runs():
    at = brought(page(), "torch_checkpoint.pt")
    x, file = np.arange(8.0).reshape(4, 2), io.BytesIO()
    np.savez_compressed(file, x=x, other=np.ones(9))
    brought(at, "x.npz", file.getvalue(), "network.table.0")
    assert is_sound(at) and at.session_state["network.loaded"].inputs().tolist() == x.tolist()
    file = io.BytesIO()
    np.savez_compressed(file, a=x, b=x)
    brought(at, "y.npz", file.getvalue(), "network.table.0")
    assert "none is called x: a, b" in at.error[0].value.replace("\\", "")
    assert at.session_state["network.loaded"].brought.name == "x.npz"


def test_of_several_sequences_in_one_array_one_is_chosen():
    at = brought(page(), "torch_checkpoint.pt")
    x = np.random.default_rng(1).normal(size=(3, 5, 2))
    brought(at, "x.npy", npy(x), "network.table.0")
    at.number_input(key="network.number").set_value(3).run()
    network = at.session_state["network.loaded"]
    assert is_sound(at) and network.inputs().tolist() == x[2].tolist()
    assert any("sequence **3** of 3" in said.value for said in at.markdown)
    at.segmented_control(key="network.axes").set_value("time_first").run()
    assert is_sound(at) and network.inputs().tolist() == x[:, 0].tolist()
    at.number_input(key="network.number").set_value(5).run()
    assert is_sound(at) and network.inputs().tolist() == x[:, 4].tolist()
    x[2, 0, 0] = np.nan
    brought(at, "y.npy", npy(x), "network.table.0")
    at.number_input(key="network.number").set_value(3).run()
    assert not at.exception and len(at.error) == 1 and network.inputs().tolist() == x[0].tolist()


@pytest.mark.parametrize("content", [b"a,b\n1,x\n", npy(np.ones((3, 5)))])
def test_a_bad_sequence_changes_nothing(content):
    at = brought(page("ko"), "torch_checkpoint.pt")
    brought(at, "mine.csv", content, "network.table.0")
    assert not at.exception and len(at.error) == 1 and at.session_state["network.loaded"].brought is None


@pytest.mark.parametrize("after", ["x.npy", "text"])
def test_what_follows_a_table_with_more_columns_is_taken_and_the_table_is_over(after):
    """A browser sends the choice of columns once more with the next file."""
    at = brought(page(), "torch_checkpoint.pt")
    brought(at, "mine.csv", b"a,b,c\n" + b"1,2,3\n" * 9, "network.table.0")
    [columns] = [box for box in at.multiselect if box.key.startswith("network.mapping")]
    columns.set_value([2, 1])
    brought(at, after, npy(np.full((5, 2), 7.0)) if after == "x.npy" else b"7,7\n" * 5, "network.table.0")
    assert is_sound(at) and at.session_state["network.loaded"].inputs().tolist() == [[7, 7]] * 5
    assert at.session_state["network.loaded"].brought.name == after


@pytest.mark.parametrize("lang", sample(LANGUAGES, 1))
@pytest.mark.parametrize("ending", ["csv", "npy"])
def test_a_table_whose_steps_are_columns_is_refused_and_can_be_turned(ending, lang):
    x = np.arange(12.0).reshape(6, 2)
    content = npy(x.T) if ending == "npy" else "\n".join(",".join(map(str, row)) for row in x.T).encode()
    at = brought(page(lang), "torch_checkpoint.pt")
    brought(at, f"x.{ending}", content, "network.table.0")
    assert len(at.error) == 1 and at.session_state["network.loaded"].brought is None
    assert at.error[0].value == texts(lang)["network.refused.x_turned"].format(got=6, expected=2)
    at.button(key="network.turn").click().run()
    assert is_sound(at) and at.session_state["network.loaded"].inputs().tolist() == x.tolist()
    assert not [button for button in at.button if button.key == "network.turn"]


def test_a_table_without_names_and_with_more_columns_asks_which_are_the_inputs():
    at = brought(page(), "torch_checkpoint.pt")
    brought(at, "x.csv", b"1,2,3\n" * 5, "network.table.0")
    assert "3 columns, and 2 are needed" in at.error[0].value
    assert at.session_state["network.loaded"].brought is None
    [columns] = [box for box in at.multiselect if box.key.startswith("network.mapping")]
    columns.set_value([2, 0]).run()
    assert is_sound(at) and at.session_state["network.loaded"].inputs().tolist() == [[3, 1]] * 5


def test_a_message_is_over_when_something_else_is_brought():
    at = brought(page(), "torch_checkpoint.pt")
    brought(at, "torch_rnn.pt")
    assert len(at.error) == 1
    brought(at, "x.npy", npy(np.ones((4, 3))), "network.table.0")
    assert len(at.error) == 1 and "takes 2 inputs" in at.error[0].value
    brought(at, "torch_rnn.pt")
    assert len(at.error) == 1 and "RNN" in at.error[0].value


def test_ids_and_letters_are_read_through_the_embedding_of_the_file():
    layer = {"weight_ih_l0": (12, 2), "weight_hh_l0": (12, 3), "bias_ih_l0": (12,), "bias_hh_l0": (12,)}
    table, file = np.arange(10.0).reshape(5, 2), io.BytesIO()
    arrays = {f"rnn.{name}": np.ones(shape) for name, shape in layer.items()}
    np.savez(file, **arrays, **{"embedding.weight": table})
    at = brought(page("ko"), "mine.npz", file.getvalue())
    for text_said, letters in (("4 0 9", ""), ("4 0 2", ""), ("eac", "abcde")):
        at.text_area(key="network.ids").set_value(text_said).run()
        at.text_input(key="network.id_letters").set_value(letters).run()
        at.button(key="network.run_ids").click().run()
        network = at.session_state["network.loaded"]
        if "9" in text_said:
            assert len(at.error) == 1 and network.brought is None
        else:
            assert is_sound(at) and network.inputs().tolist() == table[[4, 0, 2]].tolist()
    assert network.labels == tuple("eac")


def test_text_runs_by_the_alphabet_that_is_said():
    at = brought(page(), "torch_checkpoint.pt")
    at.segmented_control(key="network.sequence_kind").set_value("text").run()
    at.text_input(key="network.alphabet").set_value("ab").run()
    at.text_area(key="network.text").set_value("abba").run()
    at.button(key="network.run_text").click().run()
    assert is_sound(at)
    assert at.session_state["network.loaded"].inputs().tolist() == [[1, 0], [0, 1], [0, 1], [1, 0]]
    at.text_area(key="network.text").set_value("abc").run()
    at.button(key="network.run_text").click().run()
    assert len(at.error) == 1 and len(at.session_state["network.loaded"].inputs()) == 4


def test_a_long_run_is_drawn_in_part_and_says_so():
    at = brought(page(), "torch_checkpoint.pt")
    brought(at, "x.npy", npy(np.random.default_rng(0).normal(size=(5000, 2))), "network.table.0")
    assert "mean of 17 steps" in on_screen(at)
    at = shown(at, "one")
    move_slider(at, "t", 4321)
    assert is_sound(at) and "steps 4321 to 4360 of 5,000" in on_screen(at)


@pytest.mark.parametrize("lang", sample(LANGUAGES, 1))
def test_a_large_run_is_taken_home_in_the_compact_form_and_as_a_table_of_chosen_units(lang):
    file = io.BytesIO()
    np.savez(file, W=np.ones((4, 60, 62)), b=np.ones((4, 60)))
    at = brought(page(lang), "large.npz", file.getvalue())
    brought(at, "x.npy", npy(np.ones((900, 2))), "network.table.0")
    at = shown(at, "home")
    count = 900 * 60 * 20
    assert is_sound(at) and f"{count:,}" in at.info[0].value and "1,000,000" in at.info[0].value
    keys = [button.key for button in at.get("download_button")]
    assert keys[:2] == ["network.take.npz", "network.take.parquet"] and "network.take.csv" not in keys
    at.multiselect[0].set_value([2, 5]).run()
    keys = [button.key for button in at.get("download_button")]
    assert is_sound(at) and not at.info and "network.take.csv" in keys


def test_where_pyarrow_is_missing_the_page_says_so(monkeypatch):
    monkeypatch.setattr("lstm_core.compact.find_spec", lambda name: None)
    at = shown(brought(page(), "torch_checkpoint.pt"), "home")
    assert is_sound(at) and "pyarrow is not installed" in on_screen(at)
    assert "network.take.parquet" not in [button.key for button in at.get("download_button")]


def test_what_stands_in_an_upload_box_is_let_go_with_what_is_stored():
    """Both share the contents, so that these stayed in memory as long as the box had them."""
    at = brought(page(), "torch_plain.pt")
    [kept] = at.session_state["network.file.0"]
    [session_id] = [one for one, files in upload_box._in_boxes.items() if kept in files.values()]
    at.run()
    assert is_sound(at)
    [kept] = at.session_state["network.file.0"]
    assert len(kept.getvalue()) == kept.size
    upload_box.let_go(session_id)
    assert kept.getvalue() == b""


@pytest.mark.parametrize("lang", sample(LANGUAGES, 1))
def test_a_network_whose_memory_was_needed_is_told_of_and_can_be_dropped_again(lang):
    at = brought(page(lang), "torch_plain.pt")
    at.session_state["network.loaded"].evict()
    at.run()
    assert not at.exception and "network.loaded" not in at.session_state
    assert [error.value for error in at.error] == [texts(lang)["network.let_go"]]
    assert is_sound(brought(at, "torch_plain.pt", key="network.file.1"))


def test_a_file_that_is_let_go_is_gone():
    at = brought(page(), "torch_plain.pt")
    at.button(key="network.leave").click().run()
    assert is_sound(at) and "network.loaded" not in at.session_state


@pytest.mark.parametrize(
    ("name", "content"),
    [("cut.json", b'{"W": [1,'), ("deep.json", b'{"W": [[1], [2, 3]], "b": [1]}'), ("torch_rnn.pt", None),
     ("own.json", b'{"format": "lstm-params", "version": 2, "W": [[[1, 2]]], "b": [[1]]}'),
     ("zip.npz", b"PK\x03\x04" + bytes(60)), ("h5.h5", b"\x89HDF\r\n\x1a\n" + bytes(90))],
)  # fmt: skip
def test_a_refusal_in_korean_quotes_no_english(name, content):
    at = brought(page("ko"), name, content)
    names = r"JSON|UTF|NumPy|HDF5|zip|GRU|LSTM|RNN|lstm|params|version|gates|dtype|npz|gru"
    said = re.sub(names, "", at.error[0].value)
    assert not re.findall(r"[A-Za-z]{3,}", said), said


def test_a_layer_with_a_hostile_name_opens_without_markup():
    name = "](http:x)<b>![y](z):red[q]$e^1$"
    arrays = {f"{name}.{key}": array for key, array in {
        "weight_ih_l0": np.ones((8, 3)), "weight_hh_l0": np.ones((8, 2)), "bias_ih_l0": np.ones(8),
        "bias_hh_l0": np.ones(8)}.items()}  # fmt: skip
    file = io.BytesIO()
    np.savez(file, **arrays)
    at = brought(page(), "<i>.npz", file.getvalue())
    assert not at.exception and "<b>" not in "".join(block.value for block in at.markdown)


def test_a_small_layer_opens_on_all_other_pages_and_a_large_one_says_why_not():
    at = shown(brought(page(), "torch_checkpoint.pt"), "one")
    network = at.session_state["network.loaded"]
    move_slider(at, "t", 7)
    at.button(key="network.open").click().run()
    assert not at.exception
    experiment, focus = at.session_state["experiment"], at.session_state["focus"]
    assert (experiment.H, experiment.D, experiment.T) == (3, 2, 40) and focus.t == 7
    np.testing.assert_allclose(experiment.trace().C, network.run().trace.C, rtol=0, atol=2e-3)
    file = io.BytesIO()
    np.savez(file, W=np.ones((4, 300, 302)), b=np.ones((4, 300)))
    at = shown(brought(page(), "large.npz", file.getvalue()), "one")
    assert is_sound(at) and "at most 256 units" in on_screen(at)
