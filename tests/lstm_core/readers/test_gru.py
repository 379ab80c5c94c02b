"""A GRU: its equations, its ledger, its files in every framework's order, and what is told of its units.

That it runs as PyTorch, Keras and ONNX Runtime run it is held by test_files.py, against their own outputs.
"""

import io

import numpy as np
import pandas as pd
import pytest

from lstm_core.readers import Refused, compare, read_file, read_layers, run_layers
from lstm_core.readers.command import main
from lstm_core.readers.gru import GRUParams, gru_forward, gru_step
from lstm_core.readers.loaded_network import LoadedNetwork
from lstm_core.readers.ranking import ranked
from lstm_core.rounding import shown_ledger
from lstm_core.view.network import gru_strip
from lstm_core.words import Words
from tests.collected import collected
from tests.lstm_core.readers.layer_files import ANSWERED, FOLDER, answer, gru, read

GRUS = [name for name in ANSWERED if "gru" in name]


@collected("reset_after", [True, False])
def test_a_run_is_its_equations_step_by_step_and_the_ledger_adds_up(reset_after):
    params, rng = gru(reset_after=reset_after), np.random.default_rng(1)
    x, h = rng.normal(size=(9, 2)), rng.normal(size=3)
    trace = gru_forward(params, x, h)
    for t in range(9):
        h = gru_step(params, x[t], h)
        np.testing.assert_allclose(trace.h[t], h, rtol=0, atol=1e-14)
    assert np.array_equal(trace.kept + trace.written, trace.h)
    np.testing.assert_allclose(trace.kept + trace.erased, trace.h_prev, atol=1e-15)
    np.testing.assert_allclose(trace.written, (1 - trace.z) * trace.n, atol=1e-15)
    for unit in (1, 2, 3):
        for t in range(1, 10):
            shown = shown_ledger(trace, t, unit)
            assert round(shown.kept + shown.written - shown.C, 9) == 0
            assert round(shown.kept + shown.erased - shown.C_prev, 9) == 0
    batch = gru_forward(params, np.stack([x, x[::-1]], axis=1), trace.h_prev[0])
    np.testing.assert_allclose(batch.h[:, 0], trace.h, atol=1e-14)


def test_any_finite_numbers_give_finite_ones():
    large = float(np.finfo(np.float64).max)
    W = np.full((3, 1, 3), [[[1.0, large, -large]]])
    trace = gru_forward(GRUParams(W, np.full((3, 1), large), np.array([large])), np.full((3, 2), large), 5.0)
    for array in (trace.h, trace.gates, trace.reset, trace.kept, trace.written):
        assert np.isfinite(array).all()


@collected(
    "wrong",
    [{"W": np.ones((4, 1, 2))}, {"b": np.ones((3, 2))}, {"b_h": np.ones(2)}, {"reset_after": "yes"},
     {"W": np.full((3, 1, 2), np.nan)}],
)  # fmt: skip
def test_parameters_that_do_not_fit_are_refused_by_name(wrong):
    given = {"W": np.ones((3, 1, 2)), "b": np.ones((3, 1)), "b_h": np.ones(1)}
    with pytest.raises(ValueError, match=f"^{next(iter(wrong))}: "):
        GRUParams(**(given | wrong))


def test_each_framework_says_where_it_resets_and_the_kind_of_each_layer():
    after = {name: {layer.params.reset_after for layer in read(name).layers} for name in GRUS}
    assert len(GRUS) == 12 and all(layer.kind == "gru" for name in GRUS for layer in read(name).layers)
    before = {name for name in GRUS if after[name] == {False}}
    assert before == {
        "keras_gru_before.keras", "keras_gru_cell.keras", "keras_gru_no_bias.keras", "onnx_gru_before.onnx",
    }  # fmt: skip
    assert read_layers(FOLDER / "torch_plain.pt")[0].kind == "lstm"
    assert [(one.name, one.direction) for one in read("onnx_gru_reverse.onnx").layers] == [
        ("tagger/gru", "reverse")
    ]


@collected(
    "shapes",
    [{"weight_hh_l0": (9, 2)}, {"weight_ih_l0": (8, 2)}, {"bias_hh_l0": (8,)}, {"weight_hh_l0": (9, 3, 1)}],
)
def test_arrays_of_no_gru_are_refused(shapes):
    whole = {"weight_ih_l0": (9, 2), "weight_hh_l0": (9, 3), "bias_ih_l0": (9,), "bias_hh_l0": (9,)}
    file = io.BytesIO()
    np.savez(file, **{name: np.ones(shape) for name, shape in (whole | shapes).items()})
    with pytest.raises(Refused):
        read_file(file.getvalue())


def test_the_half_life_of_a_unit_is_that_of_z():
    trace = gru_forward(gru(4, 3), np.random.default_rng(2).normal(size=(12, 3)))
    np.testing.assert_allclose(ranked(trace).half_life, np.log(0.5) / np.log(trace.z).mean(axis=0))


def test_the_files_of_a_run_hold_its_numbers_and_are_read_again(tmp_path, capsys):
    x, h = answer("torch_gru_stacked.pt")
    np.save(tmp_path / "x.npy", x[:, 0])
    [last] = read("torch_gru_stacked.pt").layers[3:]
    arguments = [str(FOLDER / "torch_gru_stacked.pt"), "--layer", last.address, "--input"]
    arguments += [str(tmp_path / "x.npy"), "--out"]
    for ending in ("csv", "npz"):
        assert main([*arguments, str(tmp_path / f"t.{ending}")]) == 0
    frame = pd.read_csv(tmp_path / "t.csv")
    assert (frame["h"] == frame["kept"] + frame["written"]).all()
    np.testing.assert_allclose(frame["h"].to_numpy().reshape(6, 3), h[:, 0, 3:], atol=1e-11)
    with np.load(tmp_path / "t.npz") as held:
        np.testing.assert_allclose(held["h"][::-1], h[:, 0, 3:], atol=1e-11)
    [again] = read_layers(tmp_path / "t.npz")
    assert again.kind == "gru" and np.array_equal(again.params.W, last.params.W)
    for ending in ("xlsx", "json"):
        assert main([*arguments, str(tmp_path / f"t.{ending}")]) == 1
        assert f"not as .{ending}" in capsys.readouterr().err


def test_a_network_of_grus_is_compared_ranked_and_stands_side_by_side():
    network = LoadedNetwork.of(read("torch_gru_stacked.pt"), "gru")
    x, h = answer("torch_gru_stacked.pt")
    network.choose(network.file.layers[2].address)
    network.feed(x[:, 0], "x.npy", "abcdef")
    assert compare(network.output(), h[:, 0]).agrees
    network.compare_with(h[:, 0])
    assert len(network.lives()) == 4 and network.bytes() > 0 and network.layer_bytes() > 0
    highest, _ = network.contexts(1)
    assert highest[0].value == network.run().in_time("h")[:, 0].max()


def test_the_strip_shows_the_ledger_of_h():
    [layer] = read_layers(FOLDER / "torch_gru.pt")
    [run] = run_layers([layer], answer("torch_gru.pt")[0][:, 0])
    strip, shown = gru_strip(run.trace, 2, 4, Words("en")), shown_ledger(run.trace, 4, 2)
    assert f"{abs(shown.kept):.2f}" in strip and f"{abs(shown.C):.2f}" in strip and "h is now" in strip
    assert "C_tilde" not in strip.replace("mark-", "")
