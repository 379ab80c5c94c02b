"""The page of a reader's own network, without a browser: files in, every view, bad input."""

import io
import re

import numpy as np
import pytest

from lstm_core import LSTMParams, forward
from lstm_core.params import GATES
from lstm_core.readers import read_layers, run_layers
from lstm_core.readers.ranking import half_lives
from lstm_core.rounding import ShownNumbers, shown_ledger, text
from lstm_core.view.network import steps_text
from lstm_core.words import texts
from pages._ui.browser import upload_box
from pages._ui.network.example import example
from tests.collected import collected
from tests.lstm_core.readers.layer_files import FOLDER, TEXTS, captured_run
from tests.nightly import sample
from tests.pages.apps import is_sound, opened
from tests.pages.apps import texts as on_screen
from tests.pages.panels import move_slider
from tests.pages.walks import picture

EN = texts("en")


def brought(name, content=None, at=None, box="file.0", lang="en"):
    """The page after a file was dropped into a box; where no content is given, one of the fixtures."""
    at = at or opened("network", lang=lang)
    content = (FOLDER / name).read_bytes() if content is None else content
    return at.file_uploader(key=f"network.{box}").upload(name, content, "application/octet-stream").run()


def given(at, name, content):
    """The page after a sequence was dropped, which is run where it fits."""
    return brought(name, content, at, "table.0")


def a_network():
    """The page with a layer of two inputs and three units, and what the page holds of it."""
    at = brought("torch_checkpoint.pt")
    return at, network(at)


def network(at):
    return at.session_state["network.loaded"]


def shown(at, view, **opened_there):
    """The page at another view, and with the boxes of it that are named open."""
    at.session_state["network.view_chosen"] = view
    for name, value in opened_there.items():
        at.session_state[f"network.{name}"] = value
    return at.run()


def written(at) -> str:
    return "\n".join(block.value for block in at.markdown)


def refused(at) -> str:
    """The one sentence that says why something was not taken."""
    [said] = at.error
    assert not at.exception and "{" not in said.value.replace("\\{", "")
    return said.value.replace("\\", "")


def columns(at):
    return next(box for box in at.multiselect if box.key.startswith("network.mapping"))


def downloads(at) -> list[str]:
    return [button.key.removeprefix("network.take.") for button in at.get("download_button")]


def npy(array) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def npz(**arrays) -> bytes:
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def layer(name: str = "", H: int = 2, D: int = 1) -> dict:
    """The arrays of a layer under PyTorch's names."""
    shapes = {"weight_ih": (4 * H, D), "weight_hh": (4 * H, H), "bias_ih": 4 * H, "bias_hh": 4 * H}
    return {f"{name}{key}_l0": np.ones(shape) for key, shape in shapes.items()}


# -- a file ---------------------------------------------------------------------------------------


def test_the_page_opens_on_a_unit_of_its_example_until_there_is_a_network():
    at, there = opened("network", lang="en"), example()
    unit, t = there.first_look()
    ranking, numbers = there.ranking(), ShownNumbers(there.run().trace)
    assert ranking.half_life[unit - 1] == ranking.half_life.max()
    assert is_sound(at) and f"{ranking.half_life[unit - 1]:.1f}" in on_screen(at)
    [preview] = [part.key for part in at.get("bidi_component") if "preview" in (part.key or "")]
    markup = picture(at, preview)
    assert all(text(numbers.at(key, t, unit)) in markup for key in ("C_prev", "kept", "erased", "C"))
    at.button(key="network.example").click().run()
    assert is_sound(at) and network(at).brought is not None
    assert preview not in [part.key for part in at.get("bidi_component")]


OPENED = [
    "torch_checkpoint.pt", "keras_now_stack.keras", "onnx_bidirectional.onnx", "torch_gru_stacked.pt",
    "keras_gru_before.keras", "onnx_gru_after.onnx",
]  # fmt: skip


@pytest.mark.parametrize("name", sample(OPENED, 2))
def test_every_view_of_a_file_is_sound_with_all_that_can_be_opened_in_it(name):
    at = brought(name, lang="ko")
    views = ["units", "one", "two", "proof", "home", "layers"]
    for view in views[: None if len(network(at).file.layers) > 1 else -1]:
        at = shown(at, view, contexts=True, gradient=True, order_box=True)
        assert is_sound(at), view
        assert name in on_screen(at).replace("\\", "") and "래치" not in on_screen(at)


def test_one_unit_of_a_gru_shows_its_own_memory():
    at = shown(brought("torch_gru.pt"), "one", contexts=True)
    at.number_input(key="network.t").set_value(7).run()
    ledger = shown_ledger(network(at).run().trace, 7, at.number_input(key="network.unit").value)
    assert is_sound(at) and f"= {text(ledger.C)}$" in written(at)
    assert EN["network.contexts_highest"].format(C="h") in written(at)
    assert downloads(shown(at, "home")) == ["csv", "npz"]


def test_the_gradient_of_a_unit_opens_below_it():
    at = shown(brought("torch_plain.pt"), "one", gradient=True)
    assert is_sound(at) and EN["network.gradient"] in [box.label for box in at.expander]


REFUSED = {
    "torch_module.pt": None, "torch_rnn.pt": None, "empty": b"", "one.npy": npy(np.ones(3)),
    "cut.json": b'{"W": [1,', "deep.json": b'{"W": [[1], [2, 3]], "b": [1]}',
    "own.json": b'{"format": "lstm-params", "version": 2, "W": [[[1, 2]]], "b": [[1]]}',
    "zip.npz": b"PK\x03\x04" + bytes(60), "h5.h5": b"\x89HDF\r\n\x1a\n" + bytes(90),
}  # fmt: skip
NAMES = r"`[^`]*`|__main__\.Net|JSON|UTF|NumPy|HDF5|zip|GRU|LSTM|RNN|lstm|params|version|gates|dtype|npz|gru"


def test_a_file_that_is_refused_is_told_in_one_sentence_of_the_readers_language():
    at = opened("network", lang="ko")
    for name, content in REFUSED.items():
        said = re.sub(NAMES, "", refused(brought(name, content, at)))
        assert not re.findall(r"[A-Za-z]{3,}", said), said
        assert "network.loaded" not in at.session_state


def test_a_refused_file_leaves_the_network_before_and_each_message_is_over_with_the_next():
    at, before = a_network()
    assert "RNN" in refused(brought("torch_rnn.pt", at=at)) and network(at) is before
    assert "takes 2 inputs" in refused(given(at, "x.npy", npy(np.ones((4, 3)))))
    assert "RNN" in refused(brought("torch_rnn.pt", at=at))


def test_a_layer_with_a_hostile_name_opens_without_markup():
    at = brought("<i>.npz", npz(**layer("](http:x)<b>![y](z):red[q]$e^1$.")))
    assert not at.exception and "<b>" not in written(at)


def test_a_file_that_is_let_go_is_gone_and_one_whose_memory_was_needed_is_told_of():
    at, there = a_network()
    at.button(key="network.leave").click().run()
    assert is_sound(at) and "network.loaded" not in at.session_state
    at = brought("torch_plain.pt")
    network(at).evict()
    assert refused(at.run()) == EN["network.let_go"] and "network.loaded" not in at.session_state
    assert is_sound(brought("torch_plain.pt", at=at, box="file.1"))


def test_what_stands_in_an_upload_box_is_let_go_with_what_is_stored():
    """Both share the contents, so that these stayed in memory as long as the box had them."""
    at = brought("torch_plain.pt").run()
    [kept] = at.session_state["network.file.0"]
    [session_id] = [one for one, files in upload_box._in_boxes.items() if kept in files.values()]
    assert is_sound(at) and len(kept.getvalue()) == kept.size
    upload_box.let_go(session_id)
    assert kept.getvalue() == b""


# -- its views ------------------------------------------------------------------------------------


def test_a_captured_run_opens_on_its_own_input_and_each_sequence_of_it_can_be_chosen():
    at = brought("run.npz", captured_run())
    there = network(at)
    assert is_sound(at) and there.labels == tuple(TEXTS[0])
    at.number_input(key="network.captured").set_value(2).run()
    assert is_sound(at) and there.labels == tuple(TEXTS[1])
    for name in (there.layer.name, "second"):
        at.selectbox(key="network.layer").set_value(name).run()
        assert is_sound(at) and there.layer.name == name
        assert there.inputs().tolist() == there.layer.seen.sequence(2).x.tolist()
    at = move_slider(shown(at, "one"), "t", 3)
    assert is_sound(at) and EN["steps.named"].format(t=3, label=")") in picture(at, "network.strip")
    for kind, labels in (("noise", ()), ("captured", tuple(TEXTS[0]))):
        at.segmented_control(key="network.sequence_kind").set_value(kind).run()
        at.button(key=f"network.run_{kind}").click().run()
        assert is_sound(at) and there.labels == labels and (there.sequence is None) == (kind == "noise")


def test_units_are_ranked_by_a_label_beside_chance_and_one_shows_where_it_is_highest():
    at = brought("run.npz", captured_run())
    there = network(at)
    at.segmented_control(key="network.order_by").set_value("label").run()
    [labels] = [box for box in at.multiselect if box.key.startswith("network.labels")]
    assert is_sound(at) and len(labels.value) == 1 and len(at.dataframe[0].value["control"]) == 3
    labels.set_value(["(", ")"]).run()
    brackets = np.array([label in "()" for label in TEXTS[0]], float)
    r = np.corrcoef(brackets, there.run().trace.C.T)[0, 1:]
    assert at.dataframe[0].value["r"].tolist() == pytest.approx(sorted(r, key=abs, reverse=True))
    at = shown(at, "one", contexts=True)
    read = [there.layer.seen.sequence(number) for number in (1, 2, 3)]
    C = [forward(there.layer.params, one.x, one.h0, one.C0).C[:, there.first_look()[0] - 1] for one in read]
    assert is_sound(at) and f"- {text(max(map(np.max, C)))} · " in written(at).replace("\\", "")


def test_the_layers_stand_side_by_side():
    at = shown(brought("run.npz", captured_run()), "layers")
    first, second = (one.quartiles()[1] for one in network(at).lives())
    assert is_sound(at) and first < second
    assert f"**{steps_text(first)} → {steps_text(second)}**" in on_screen(at)
    assert is_sound(brought("torch_plain.pt", at=at))  # which has no such view


def test_a_second_file_tells_which_units_moved_and_another_sequence_ends_that():
    at = shown(brought("torch_double.pt"), "two")
    brought("torch_plain.pt", at=at, box="second.0")
    [table] = at.dataframe
    [there] = run_layers(read_layers(FOLDER / "torch_plain.pt"), network(at).inputs())
    lives, match = half_lives(there.trace.f), np.array(table.value["match"])
    assert is_sound(at) and np.allclose(table.value["after"], lives[match - 1])
    assert refused(brought("torch_gru.pt", at=at, box="second.0")) and not at.dataframe
    brought("torch_plain.pt", at=at, box="second.0")
    network(at).make_noise(7)
    assert is_sound(at.run()) and not at.dataframe


def test_their_h_is_proved_ours_and_one_wrong_number_is_found():
    numbers = np.load(FOLDER / "torch_checkpoint.pt.npz")
    at, _ = a_network()
    at = shown(given(at, "x.npy", npy(numbers["x"][:, :1])), "proof")
    h = numbers["h"][:, 0].copy()
    assert is_sound(brought("h.npy", npy(h), at, "h.0")) and len(at.success) == 1
    h[2, 4] += 0.1
    said = refused(brought("h.npy", npy(h), at, "h.0"))
    assert "step 3 in unit 5" in said and "-" not in said
    at.text_area(key="network.pasted").set_value("much").run()
    assert refused(at.button(key="network.compare").click().run())


def test_the_order_that_a_file_does_not_say_is_chosen_beside_what_each_order_makes_of_it():
    params = LSTMParams(*(np.random.default_rng(3).normal(size=shape) for shape in ((4, 2, 5), (4, 2))))
    stored = [GATES.index(gate) for gate in "ocif"]
    W, b = params.W[stored].reshape(8, 5), params.b[stored].reshape(8)
    file = npz(weight_ih_l0=W[:, 2:], weight_hh_l0=W[:, :2], bias_ih_l0=b, bias_hh_l0=0 * b)
    at = brought("mine.npz", file)
    assert at.expander[0].label == EN["network.order_taken"] and not at.warning
    at = shown(at, "proof", order_box=True)
    assert is_sound(at) and "**PyTorch, Keras**" in on_screen(at)
    h = forward(params, network(at).inputs().astype(float)).h
    assert refused(brought("h.npy", npy(h), at, "h.0"))
    order = "o,\u00a0C̃,\u00a0i,\u00a0f"
    [orders] = [block.value for block in at.markdown if "| –" in block.value]
    assert f"| {order} | – |" in orders and orders.count("✓") == 1
    at.selectbox(key="network.order").set_value("ocif").run()
    assert is_sound(at) and len(at.success) == 1 and f"**{order}**" in written(at)


def test_a_long_run_is_drawn_in_part_and_says_so():
    at = given(a_network()[0], "x.npy", npy(np.random.default_rng(0).normal(size=(5000, 2))))
    assert "mean of 17 steps" in on_screen(at)
    at = move_slider(shown(at, "one", gradient=True), "t", 4321)
    assert is_sound(at) and "steps 4321 to 4360 of 5,000" in on_screen(at)
    assert "4321" in picture(at, "network.paths")


def test_a_large_run_is_taken_home_in_the_compact_form_and_as_a_table_of_chosen_units(monkeypatch):
    at = brought("large.npz", npz(W=np.ones((4, 60, 62)), b=np.ones((4, 60))))
    at = shown(given(at, "x.npy", npy(np.ones((900, 2)))), "home")
    assert is_sound(at) and f"{900 * 60 * 20:,}" in at.info[0].value and "1,000,000" in at.info[0].value
    assert downloads(at)[:2] == ["npz", "parquet"] and "csv" not in downloads(at)
    at.multiselect[0].set_value([2, 5]).run()
    assert is_sound(at) and not at.info and "csv" in downloads(at)
    monkeypatch.setattr("lstm_core.compact.find_spec", lambda name: None)
    assert "pyarrow is not installed" in on_screen(at.run()) and "parquet" not in downloads(at)


def test_a_small_layer_opens_on_all_other_pages_and_a_large_one_says_why_not():
    at, there = a_network()
    at = move_slider(shown(at, "one"), "t", 7)
    assert not at.button(key="network.open").click().run().exception
    experiment = at.session_state["experiment"]
    assert (experiment.H, experiment.D, experiment.T) == (3, 2, 40) and at.session_state["focus"].t == 7
    np.testing.assert_allclose(experiment.trace().C, there.run().trace.C, rtol=0, atol=2e-3)
    at = shown(brought("large.npz", npz(W=np.ones((4, 300, 302)), b=np.ones((4, 300)))), "one")
    assert is_sound(at) and "at most 256 units" in on_screen(at)


# -- a sequence -----------------------------------------------------------------------------------

X = np.arange(12.0).reshape(6, 2)


def test_a_sequence_is_taken_or_refused_in_a_sentence_and_then_the_one_before_stays():
    at, there = a_network()
    dates = "date;a;b;c\n" + "2024-01-01;0,5;1;2\n" * 9
    for name, content, inputs in (
        ("x.npz", npz(x=X, other=np.ones(9)), X.tolist()),
        ("mine.csv", dates.encode("utf-8-sig"), [[0.5, 1]] * 9),
    ):
        assert is_sound(given(at, name, content)) and there.inputs().tolist() == inputs
    columns(at).set_value([2, 1]).run()
    assert is_sound(at) and there.inputs().tolist() == [[2, 1]] * 9
    for content, said in (
        (npz(a=X, b=X), "none is called x: a, b"),
        (b"a,b\n1,x\n", ""),
        (npy(np.ones((3, 5))), "takes 2 inputs"),
        (b"1,2,3\n" * 5, "3 columns, and 2 are needed"),
    ):
        assert said in refused(given(at, "other", content)) and there.brought.name == "mine.csv"
    columns(at).set_value([2, 0]).run()
    assert is_sound(at) and there.inputs().tolist() == [[3, 1]] * 5


@pytest.mark.parametrize("content", [npy(X.T), "\n".join(",".join(map(str, row)) for row in X.T).encode()])
def test_a_table_whose_steps_are_columns_is_refused_and_can_be_turned(content):
    at, there = a_network()
    said = EN["network.refused.x_turned"].format(got=6, expected=2)
    assert refused(given(at, "x", content)) == said and there.brought is None
    at.button(key="network.turn").click().run()
    assert is_sound(at) and there.inputs().tolist() == X.tolist()
    assert "network.turn" not in [button.key for button in at.button]


def test_of_several_sequences_in_one_array_one_is_chosen():
    x = np.random.default_rng(1).normal(size=(3, 5, 2))
    at, there = a_network()
    given(at, "x.npy", npy(x)).number_input(key="network.number").set_value(3).run()
    assert is_sound(at) and there.inputs().tolist() == x[2].tolist()
    assert "sequence **3** of 3" in written(at)
    at.segmented_control(key="network.axes").set_value("time_first").run()
    assert is_sound(at) and there.inputs().tolist() == x[:, 0].tolist()
    at.number_input(key="network.number").set_value(5).run()
    assert is_sound(at) and there.inputs().tolist() == x[:, 4].tolist()
    x[2, 0, 0] = np.nan
    given(at, "y.npy", npy(x)).number_input(key="network.number").set_value(3).run()
    assert refused(at) and there.inputs().tolist() == x[0].tolist()


@collected("name, content", [("x.npy", npy(np.full((5, 2), 7.0))), ("text", b"7,7\n" * 5)])
def test_what_follows_a_table_with_more_columns_is_taken_and_the_table_is_over(name, content):
    """A browser sends the choice of columns once more with the next file."""
    at, there = a_network()
    columns(given(at, "mine.csv", b"a,b,c\n" + b"1,2,3\n" * 9)).set_value([2, 1])
    assert is_sound(given(at, name, content)) and there.inputs().tolist() == [[7, 7]] * 5
    assert there.brought.name == name


def test_ids_and_letters_are_read_through_the_embedding_of_the_file():
    table = np.arange(10.0).reshape(5, 2)
    at = brought("mine.npz", npz(**layer("rnn.", 3, 2), **{"embedding.weight": table}))
    there = network(at)

    def run(ids: str, letters: str):
        at.text_area(key="network.ids").set_value(ids).run()
        at.text_input(key="network.id_letters").set_value(letters).run()
        return at.button(key="network.run_ids").click().run()

    assert refused(run("4 0 9", "")) and there.brought is None
    for ids, letters in (("4 0 2", ""), ("eac", "abcde")):
        assert is_sound(run(ids, letters)) and there.inputs().tolist() == table[[4, 0, 2]].tolist()
    assert there.labels == tuple("eac")


def test_text_runs_by_the_alphabet_that_is_said():
    at, there = a_network()
    at.segmented_control(key="network.sequence_kind").set_value("text").run()
    at.text_input(key="network.alphabet").set_value("ab").run()
    for said in ("abba", "abc"):
        at.text_area(key="network.text").set_value(said).run()
        at.button(key="network.run_text").click().run()
        assert there.inputs().tolist() == [[1, 0], [0, 1], [0, 1], [1, 0]]
    assert refused(at)
