"""The command line: what it lists, what it writes, and how it refuses."""

import io
import re

import numpy as np
import pandas as pd
import pytest

from lstm_core import forward
from lstm_core.export import read_csv
from lstm_core.readers import read_layers, run_layers
from lstm_core.readers.command import main
from lstm_core.words import texts
from tests.lstm_core.readers.layer_files import FOLDER, TEXTS, captured_run

X = np.random.default_rng(1).normal(size=(4, 2))


@pytest.fixture
def x_csv(tmp_path):
    path = tmp_path / "x.csv"
    np.savetxt(path, X, delimiter=",", fmt="%.17g")
    return str(path)


def run(*arguments) -> int:
    return main([str(argument) for argument in arguments])


def test_it_lists_the_layers_of_many_files(capsys):
    names = ("torch_checkpoint.pt", "keras_30_stack.weights.h5", "onnx_input_forget.onnx")
    assert run("--list", *(FOLDER / name for name in names)) == 0
    shown = capsys.readouterr().out
    for part in (
        "encoder.lstm_forward: 2 inputs, 3 units, forward, float32", "encoder.lstm_reverse", "its place in",
        "tagger/lstm: 2 inputs, 3 units, forward, float32, coupled",
    ):  # fmt: skip
        assert part in shown


def test_the_trace_of_a_layer_as_csv(x_csv, tmp_path):
    out = tmp_path / "trace.csv"
    assert run(FOLDER / "torch_double.pt", "--layer", "lstm", "--input", x_csv, "--out", out) == 0
    frame = read_csv(out.read_text("utf-8"))
    trace = forward(read_layers(FOLDER / "torch_double.pt")[0].params, X)
    np.testing.assert_array_equal(frame["C"].to_numpy().reshape(4, 3), trace.C)
    np.testing.assert_array_equal(frame["x_2"].to_numpy()[::3], X[:, 1])


def test_a_reverse_layer_is_told_in_the_order_of_time(x_csv, tmp_path):
    out = tmp_path / "trace.csv"
    name = "both_ways_reverse"
    assert (
        run(FOLDER / "keras_now_pair.keras", "--layer", name, "--input", x_csv, "--out", out, "--unit", 2)
        == 0
    )
    frame = read_csv(out.read_text("utf-8"))
    [_, reverse] = run_layers(read_layers(FOLDER / "keras_now_pair.keras"), X)
    assert list(frame["t"]) == [1, 2, 3, 4] and set(frame["unit"]) == {2}
    np.testing.assert_array_equal(frame["h"], reverse.in_time("h")[:, 1])
    np.testing.assert_array_equal(frame["x_1"], X[:, 0])


def test_each_layer_of_a_stack_has_a_file_of_its_own(x_csv, tmp_path, capsys):
    out = tmp_path / "trace.npz"
    assert run(FOLDER / "torch_stacked.pt", "--input", x_csv, "--out", out) == 0
    written = sorted(path.name for path in tmp_path.glob("*.npz"))
    sides = [f"l{level}_{side}" for level in (0, 1) for side in ("forward", "reverse")]
    assert written == [f"trace.lstm_{side}.npz" for side in sides]
    runs = run_layers(read_layers(FOLDER / "torch_stacked.pt"), X)
    with np.load(tmp_path / written[3]) as arrays:
        np.testing.assert_array_equal(arrays["h"], runs[3].trace.h)
        assert list(arrays["times"]) == [4, 3, 2, 1]
    assert len(capsys.readouterr().out.splitlines()) == 4


def test_layers_of_several_names_run_one_after_the_other_when_it_is_asked_for(x_csv, tmp_path):
    file = FOLDER / "keras_now_stack.keras"
    out = tmp_path / "trace.csv"
    assert run(file, "--layer", "a_second", "--input", x_csv, "--out", out) == 1  # takes three inputs
    assert run(file, "--layer", "a_second", "--stack", "--input", x_csv, "--out", out) == 0
    runs = run_layers(read_layers(file), X)
    np.testing.assert_array_equal(
        read_csv(out.read_text())["h"].to_numpy(np.float32).reshape(4, 2), runs[1].trace.h
    )


def test_the_units_of_all_layers_of_a_captured_run_are_told(tmp_path, capsys):
    file = tmp_path / "run.npz"
    file.write_bytes(captured_run())
    assert run(file, "--sequence", 2, "--units") == 0
    said = capsys.readouterr().out
    assert [line.split(":")[0] for line in said.splitlines() if line[0] != " "] == ["first", "second"]
    assert said.count("  unit ") == 6 and "by chance" not in said
    assert (
        run(file, "--layer", "second", "--sequence", 2, "--units", "label", "--label", ")", "--unit", 3) == 0
    )
    [layer] = [layer for layer in read_layers(file) if layer.name == "second"]
    seen = layer.seen.sequence(2)
    C = forward(layer.params, seen.x, seen.h0, seen.C0).C[:, 2]
    r = np.corrcoef([label == ")" for label in TEXTS[1]], C)[0, 1]
    said = capsys.readouterr().out
    assert (
        f"r {r:.2f} (by chance" in said and f"C is highest at step {C.argmax() + 1}, {C.max():.3g}: " in said
    )
    assert f"[{TEXTS[1][C.argmax()]}]" in said
    assert run(file, "--units", "--unit", 4) == 1 and "unit: expected" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["states.npy", "states.csv", "states.npz"])
def test_the_state_before_the_first_step_comes_from_a_file(x_csv, tmp_path, name):
    layers = read_layers(FOLDER / "torch_stacked.pt")
    states = np.round(np.random.default_rng(4).normal(size=(len(layers), layers[0].H)), 6)
    place, out = tmp_path / name, tmp_path / "t.npz"
    if name.endswith("npy"):
        np.save(place, states)
    elif name.endswith("npz"):
        np.savez(place, x=states, more=states)
    else:
        np.savetxt(place, states, delimiter=";")
    files = FOLDER / "torch_stacked.pt", "--input", x_csv, "--out", out
    assert run(*files, "--h0", place, "--C0", place) == 0
    for k, layer in enumerate(layers):
        with np.load(tmp_path / f"t.{layer.address}.npz") as arrays:
            assert np.array_equal(arrays["h0"], states[k]) and np.array_equal(arrays["C0"], states[k])


def test_an_input_is_the_array_x_of_an_npz_or_its_only_one(tmp_path, capsys):
    out, file = tmp_path / "t.npz", tmp_path / "x.npz"
    weights = FOLDER / "torch_double.pt"
    for arrays in ({"x": X, "y": X + 1}, {"any": X}):
        np.savez(file, **arrays)
        assert run(weights, "--input", file, "--out", out) == 0
        with np.load(out) as made:
            assert np.array_equal(made["x"], X)
    for arrays, told in (
        ({"a": X, "b": X}, "none is called x: a, b"),
        ({"x": np.array(["a"])}, "x is no array of numbers"),
    ):
        np.savez(file, **arrays)
        assert run(weights, "--input", file, "--out", out) == 1 and told in capsys.readouterr().err


@pytest.mark.parametrize("ending", ["xlsx", "parquet", "json", "npz", "csv"])
def test_every_ending(x_csv, tmp_path, ending):
    out = tmp_path / f"a.{ending}"
    assert run(FOLDER / "torch_double.pt", "--input", x_csv, "--out", out) == 0
    start = {"xlsx": b"PK", "parquet": b"PAR1", "json": b"{", "npz": b"PK", "csv": b"t,unit"}[ending]
    assert out.read_bytes().startswith(start)
    if ending in ("json", "npz"):
        assert read_layers(out)[0].params == read_layers(FOLDER / "torch_double.pt")[0].params


@pytest.fixture
def large(tmp_path, monkeypatch):
    """As if a table of more than 200 numbers were large, and where a trace may go."""
    monkeypatch.setattr("lstm_core.readers.command.COMPACT_ABOVE", 200)
    return tmp_path


def test_a_large_table_is_written_as_npz_and_that_is_said(x_csv, large, capsys):
    assert run(FOLDER / "torch_double.pt", "--input", x_csv, "--out", large / "t.csv") == 0
    said = capsys.readouterr()
    assert str(large / "t.npz") in said.out and "would be 240 numbers (--form long writes them)" in said.err
    assert not (large / "t.csv").exists()
    with np.load(large / "t.npz") as arrays:
        assert arrays["x"].shape == (4, 2) and arrays["C"].shape == (4, 3)


def test_a_large_parquet_is_wide_and_that_is_said(x_csv, large, capsys):
    file, out = FOLDER / "keras_now_pair.keras", large / "t.parquet"
    name = "both_ways_reverse"
    assert run(file, "--layer", name, "--input", x_csv, "--out", out) == 0
    assert "a column for each quantity and unit" in capsys.readouterr().err
    frame = pd.read_parquet(out)
    [_, reverse] = run_layers(read_layers(file), X)
    assert list(frame["t"]) == [1, 2, 3, 4]
    np.testing.assert_array_equal(frame["h_2"], reverse.in_time("h")[:, 1])
    np.testing.assert_array_equal(frame["x_1"], X[:, 0])


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_who_asks_for_a_form_gets_it_without_a_word(x_csv, large, ending, capsys):
    out = large / f"t.{ending}"
    assert run(FOLDER / "torch_double.pt", "--input", x_csv, "--out", out, "--form", "long") == 0
    frame = read_csv(out.read_text()) if ending == "csv" else pd.read_parquet(out)
    assert list(frame["unit"]) == [1, 2, 3] * 4 and not capsys.readouterr().err
    assert run(FOLDER / "torch_double.pt", "--input", x_csv, "--out", out, "--unit", 2) == 0
    frame = read_csv(out.read_text()) if ending == "csv" else pd.read_parquet(out)
    assert list(frame["unit"]) == [2] * 4 and not capsys.readouterr().err


def test_without_pyarrow_the_parquet_is_refused_in_a_sentence(x_csv, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("lstm_core.compact.find_spec", lambda name: None)
    out = tmp_path / "t.parquet"
    assert run(FOLDER / "torch_double.pt", "--input", x_csv, "--out", out) == 1
    assert "pip install pyarrow, or take the .npz" in capsys.readouterr().err and not out.exists()


def test_many_files_are_run_and_a_refused_one_does_not_stop_the_others(x_csv, tmp_path, capsys):
    files = [FOLDER / name for name in ("torch_plain.pt", "torch_module.pt", "onnx_forward.onnx")]
    assert run(*files, "--input", x_csv, "--out", tmp_path / "t.csv") == 1
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 2 and "torch_module.pt: The file needs __main__.Net" in said.err


def test_external_numbers_come_along(x_csv, tmp_path):
    arguments = (FOLDER / "onnx_external.onnx", "--input", x_csv, "--out", tmp_path / "t.csv")
    assert run(*arguments) == 1
    assert run(*arguments, "--beside", FOLDER / "external.data") == 0


@pytest.mark.parametrize(
    "text",
    [
        "", "1\n2\n", "1,2,3\n", "a,b\n", "1,2\n1\n", "1,2\n1,x\n", "1,2\n1,nan\n", "1;2;3\n",
        "=1+1,2\n1,2\n3\n", "x_1,y,z\n1,2,3\n",
    ],
)  # fmt: skip
def test_a_sequence_that_does_not_fit_is_refused(text, tmp_path, capsys):
    (tmp_path / "x.csv").write_text(text)
    assert run(FOLDER / "torch_plain.pt", "--input", tmp_path / "x.csv", "--out", tmp_path / "t.csv") == 1
    assert len(capsys.readouterr().err.split()) > 4 and not (tmp_path / "t.csv").exists()


@pytest.mark.parametrize("head", ["", "a,b\n", "\ufeffx_1,x_2\n", "x_2,x_1\n"])
def test_a_sequence_with_or_without_names(head, tmp_path):
    (tmp_path / "x.csv").write_text(head + "1,2\n\n3,4\n", "utf-8")
    out = tmp_path / "t.csv"
    assert run(FOLDER / "torch_plain.pt", "--input", tmp_path / "x.csv", "--out", out) == 0
    assert list(read_csv(out.read_text())["x_1"][::3]) == ([2, 4] if head.startswith("x_2") else [1, 3])


def test_a_sequence_as_npy(tmp_path):
    np.save(tmp_path / "x.npy", np.asfortranarray(X))
    np.save(tmp_path / "o.npy", np.array([{}, {}]), allow_pickle=True)
    out = tmp_path / "t.csv"
    assert run(FOLDER / "torch_plain.pt", "--input", tmp_path / "x.npy", "--out", out) == 0
    np.testing.assert_allclose(read_csv(out.read_text())["x_2"][::3], X[:, 1], rtol=1e-6)
    assert run(FOLDER / "torch_plain.pt", "--input", tmp_path / "o.npy", "--out", out) == 1


@pytest.mark.parametrize("shape", [(1, 5, 2), (5, 1, 2), (5, 2)])
def test_a_batch_of_one_is_its_sequence(shape, tmp_path):
    x = np.random.default_rng(2).normal(size=(5, 2))
    np.save(tmp_path / "x.npy", x.reshape(shape))
    out = tmp_path / "t.csv"
    assert run(FOLDER / "torch_double.pt", "--input", tmp_path / "x.npy", "--out", out) == 0
    frame = read_csv(out.read_text())
    assert "sequence" not in frame and frame["t"].max() == 5
    trace = forward(read_layers(FOLDER / "torch_double.pt")[0].params, x)
    np.testing.assert_array_equal(frame["C"].to_numpy().reshape(5, 3), trace.C)


def test_of_several_sequences_is_asked_which_axis_is_time(tmp_path, capsys):
    x = np.random.default_rng(2).normal(size=(3, 5, 2))
    np.save(tmp_path / "x.npy", x)
    out = tmp_path / "t.csv"
    arguments = (FOLDER / "torch_double.pt", "--input", tmp_path / "x.npy", "--out", out)
    assert run(*arguments) == 1 and not out.exists()
    said = capsys.readouterr().err
    assert "3 sequences of 5 steps (say --batch-first)" in said and "5 sequences of 3 steps" in said
    params = read_layers(FOLDER / "torch_double.pt")[0].params
    for flag, ordered in (("--batch-first", x.swapaxes(0, 1)), ("--time-first", x)):
        assert run(*arguments, flag) == 0
        frame = read_csv(out.read_text())
        T, B = ordered.shape[:2]
        assert (frame["t"].max(), frame["sequence"].max()) == (T, B)
        wanted = forward(params, ordered).C.swapaxes(0, 1)
        np.testing.assert_allclose(frame["C"].to_numpy().reshape(B, T, 3), wanted, rtol=0, atol=1e-14)
        assert run(*arguments, flag, "--sequence", "3") == 0
        chosen = read_csv(out.read_text())["C"].to_numpy().reshape(T, 3)
        np.testing.assert_allclose(chosen, wanted[2], rtol=0, atol=1e-14)
        assert run(*arguments, flag, "--sequence", B + 1) == 1


@pytest.mark.parametrize("ending", ["csv", "npy"])
def test_a_sequence_whose_steps_are_columns_is_told_to_be_turned(ending, tmp_path, capsys):
    if ending == "csv":
        np.savetxt(tmp_path / "x.csv", X.T, delimiter=",")
    else:
        np.save(tmp_path / "x.npy", X.T)
    arguments = ("--input", tmp_path / f"x.{ending}", "--out", tmp_path / "t.csv")
    assert run(FOLDER / "torch_plain.pt", *arguments) == 1
    assert "has 4 columns and 2 rows" in capsys.readouterr().err


def test_the_commands_that_refusals_name_run_as_they_are_written(tmp_path):
    commands = set(re.findall(r"`python -m lstm_core ([^`]*)`", " ".join(texts("en").values())))
    assert commands
    for command in commands:
        assert run(*command.replace("FILE", str(FOLDER / "torch_plain.pt")).split()) == 0, command


def test_an_unknown_layer_is_refused_with_those_that_there_are(x_csv, tmp_path, capsys):
    out = tmp_path / "t.csv"
    assert run(FOLDER / "torch_stacked.pt", "--layer", "encoder", "--input", x_csv, "--out", out) == 1
    assert "no layer encoder; it has lstm_l0_forward" in capsys.readouterr().err


def test_a_run_of_a_file_that_brings_no_input_needs_one(tmp_path, capsys):
    assert run(FOLDER / "torch_plain.pt", "--out", tmp_path / "t.csv") == 1
    assert "A run needs an input" in capsys.readouterr().err


def test_any_size_lifts_the_limits(tmp_path):
    file = io.BytesIO()
    np.savez(
        file, weight_ih_l0=np.zeros((4100, 2), np.float16), weight_hh_l0=np.zeros((4100, 1025), np.float16)
    )
    (tmp_path / "large.npz").write_bytes(file.getvalue())
    assert run("--list", tmp_path / "large.npz") == 1
    assert run("--list", tmp_path / "large.npz", "--any-size") == 0
