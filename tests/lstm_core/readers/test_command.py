"""The command line: what it lists, what it writes, and how it refuses."""

import re

import numpy as np
import pandas as pd
import pytest

from lstm_core import forward
from lstm_core.export import read_csv
from lstm_core.readers import read_layers, run_layers
from lstm_core.readers.command import main
from lstm_core.words import texts
from tests.collected import collected
from tests.lstm_core.readers.layer_files import FOLDER, TEXTS, captured_run

X = np.random.default_rng(1).normal(size=(4, 2))
DOUBLE, PLAIN, STACKED = (FOLDER / f"torch_{name}.pt" for name in ("double", "plain", "stacked"))
PAIR = FOLDER / "keras_now_pair.keras"


@pytest.fixture
def x_csv(tmp_path):
    path = tmp_path / "x.csv"
    np.savetxt(path, X, delimiter=",", fmt="%.17g")
    return path


@pytest.fixture
def out(tmp_path):
    return tmp_path / "trace.csv"


def run(*arguments) -> int:
    return main([str(argument) for argument in arguments])


def column(path, name: str, H: int = 3) -> np.ndarray:
    """A column of a trace's CSV, a row a step."""
    return read_csv(path.read_text("utf-8"))[name].to_numpy().reshape(-1, H)


def test_it_lists_the_layers_of_many_files(capsys):
    names = ("torch_checkpoint.pt", "keras_30_stack.weights.h5", "onnx_input_forget.onnx")
    assert run("--list", *(FOLDER / name for name in names)) == 0
    shown = capsys.readouterr().out
    for part in (
        "encoder.lstm_forward: 2 inputs, 3 units, forward, float32", "encoder.lstm_reverse", "its place in",
        "tagger/lstm: 2 inputs, 3 units, forward, float32, coupled",
    ):  # fmt: skip
        assert part in shown


# -- what is written --------------------------------------------------------------------------------


def test_the_trace_of_a_layer_as_csv(x_csv, out):
    assert run(DOUBLE, "--layer", "lstm", "--input", x_csv, "--out", out) == 0
    np.testing.assert_array_equal(column(out, "C"), forward(read_layers(DOUBLE)[0].params, X).C)
    np.testing.assert_array_equal(column(out, "x_2")[:, 0], X[:, 1])


def test_a_reverse_layer_is_told_in_the_order_of_time(x_csv, out):
    reverse_alone = ("--layer", "both_ways_reverse", "--unit", 2)
    assert run(PAIR, *reverse_alone, "--input", x_csv, "--out", out) == 0
    frame = read_csv(out.read_text("utf-8"))
    assert list(frame["t"]) == [1, 2, 3, 4] and set(frame["unit"]) == {2}
    [_, reverse] = run_layers(read_layers(PAIR), X)
    np.testing.assert_array_equal(frame["h"], reverse.in_time("h")[:, 1])
    np.testing.assert_array_equal(frame["x_1"], X[:, 0])


def test_each_layer_of_a_stack_has_a_file_of_its_own(x_csv, tmp_path):
    assert run(STACKED, "--input", x_csv, "--out", tmp_path / "trace.npz") == 0
    runs = run_layers(read_layers(STACKED), X)
    assert len(list(tmp_path.glob("*.npz"))) == len(runs) == 4
    for one in runs:
        with np.load(tmp_path / f"trace.{one.layer.address}.npz") as arrays:
            np.testing.assert_array_equal(arrays["h"], one.trace.h)
            np.testing.assert_array_equal(arrays["times"], one.times)


def test_layers_of_several_names_run_one_after_the_other_when_it_is_asked_for(x_csv, out):
    second = (FOLDER / "keras_now_stack.keras", "--layer", "a_second", "--input", x_csv, "--out", out)
    assert run(*second) == 1  # takes three inputs
    assert run(*second, "--stack") == 0
    runs = run_layers(read_layers(second[0]), X)
    np.testing.assert_array_equal(column(out, "h", 2).astype(np.float32), runs[1].trace.h)


@pytest.mark.parametrize("ending", ["xlsx", "parquet", "json", "npz", "csv"])
def test_every_ending(x_csv, tmp_path, ending):
    out = tmp_path / f"a.{ending}"
    assert run(DOUBLE, "--input", x_csv, "--out", out) == 0
    start = {"xlsx": b"PK", "parquet": b"PAR1", "json": b"{", "npz": b"PK", "csv": b"t,unit"}[ending]
    assert out.read_bytes().startswith(start)
    if ending in ("json", "npz"):
        assert read_layers(out)[0].params == read_layers(DOUBLE)[0].params


@pytest.fixture
def large(tmp_path, monkeypatch):
    """As if a table of more than 200 numbers were large, and where a trace may go."""
    monkeypatch.setattr("lstm_core.readers.command.COMPACT_ABOVE", 200)
    return tmp_path


def test_a_large_table_is_written_as_npz_and_that_is_said(x_csv, large, capsys):
    assert run(DOUBLE, "--input", x_csv, "--out", large / "t.csv") == 0
    said = capsys.readouterr()
    assert str(large / "t.npz") in said.out and "would be 240 numbers (--form long writes them)" in said.err
    assert not (large / "t.csv").exists()
    with np.load(large / "t.npz") as arrays:
        assert arrays["x"].shape == (4, 2) and arrays["C"].shape == (4, 3)


def test_a_large_parquet_is_wide_and_that_is_said(x_csv, large, capsys):
    out = large / "t.parquet"
    assert run(PAIR, "--layer", "both_ways_reverse", "--input", x_csv, "--out", out) == 0
    assert "a column for each quantity and unit" in capsys.readouterr().err
    frame = pd.read_parquet(out)
    np.testing.assert_array_equal(frame["h_2"], run_layers(read_layers(PAIR), X)[1].in_time("h")[:, 1])
    np.testing.assert_array_equal(frame["x_1"], X[:, 0])


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_who_asks_for_a_form_or_a_unit_gets_it_without_a_word(x_csv, large, ending, capsys):
    out = large / f"t.{ending}"
    for asked, units in ((("--form", "long"), [1, 2, 3]), (("--unit", 2), [2])):
        assert run(DOUBLE, "--input", x_csv, "--out", out, *asked) == 0
        frame = read_csv(out.read_text()) if ending == "csv" else pd.read_parquet(out)
        assert list(frame["unit"]) == units * 4 and not capsys.readouterr().err


def test_many_files_are_run_and_a_refused_one_does_not_stop_the_others(x_csv, out, capsys):
    files = [FOLDER / name for name in ("torch_plain.pt", "torch_module.pt", "onnx_forward.onnx")]
    assert run(*files, "--input", x_csv, "--out", out) == 1
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 2 and "torch_module.pt: The file needs __main__.Net" in said.err


def test_external_numbers_come_along(x_csv, out):
    arguments = (FOLDER / "onnx_external.onnx", "--input", x_csv, "--out", out)
    assert run(*arguments) == 1
    assert run(*arguments, "--beside", FOLDER / "external.data") == 0


def test_any_size_lifts_the_limits(tmp_path):
    arrays = {"weight_ih_l0": np.zeros((4100, 2)), "weight_hh_l0": np.zeros((4100, 1025))}
    np.savez(tmp_path / "large.npz", **{name: array.astype(np.float16) for name, array in arrays.items()})
    assert run("--list", tmp_path / "large.npz") == 1
    assert run("--list", tmp_path / "large.npz", "--any-size") == 0


# -- what is said of units --------------------------------------------------------------------------


def test_the_units_of_all_layers_of_a_captured_run_are_told(tmp_path, capsys):
    file = tmp_path / "run.npz"
    file.write_bytes(captured_run())
    assert run(file, "--sequence", 2, "--units") == 0
    said = capsys.readouterr().out
    assert [line.split(":")[0] for line in said.splitlines() if line[0] != " "] == ["first", "second"]
    assert said.count("  unit ") == 6 and "by chance" not in said
    of_unit_3 = ("--layer", "second", "--sequence", 2, "--units", "label", "--label", ")", "--unit", 3)
    assert run(file, *of_unit_3) == 0
    said = capsys.readouterr().out
    [layer] = [layer for layer in read_layers(file) if layer.name == "second"]
    seen = layer.seen.sequence(2)
    C = forward(layer.params, seen.x, seen.h0, seen.C0).C[:, 2]
    r = np.corrcoef([label == ")" for label in TEXTS[1]], C)[0, 1]
    assert f"r {r:.2f} (by chance" in said
    assert f"C is highest at step {C.argmax() + 1}, {C.max():.3g}: " in said
    assert f"[{TEXTS[1][C.argmax()]}]" in said
    assert run(file, "--units", "--unit", 4) == 1 and "unit: expected" in capsys.readouterr().err


# -- the sequence -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["states.npy", "states.csv", "states.npz"])
def test_the_state_before_the_first_step_comes_from_a_file(x_csv, tmp_path, name):
    layers = read_layers(STACKED)
    states = np.round(np.random.default_rng(4).normal(size=(len(layers), layers[0].H)), 6)
    place, out = tmp_path / name, tmp_path / "t.npz"
    if name.endswith("npy"):
        np.save(place, states)
    elif name.endswith("npz"):
        np.savez(place, x=states, more=states)
    else:
        np.savetxt(place, states, delimiter=";")
    assert run(STACKED, "--input", x_csv, "--out", out, "--h0", place, "--C0", place) == 0
    for k, layer in enumerate(layers):
        with np.load(tmp_path / f"t.{layer.address}.npz") as arrays:
            assert np.array_equal(arrays["h0"], states[k]) and np.array_equal(arrays["C0"], states[k])


@collected("arrays, told", [
    ({"x": X, "y": X + 1}, ""), ({"any": X}, ""), ({"a": X, "b": X}, "none is called x: a, b"),
    ({"x": np.array(["a"])}, "x is no array of numbers"),
])  # fmt: skip
def test_an_input_is_the_array_x_of_an_npz_or_its_only_one(tmp_path, capsys, arrays, told):
    out, file = tmp_path / "t.npz", tmp_path / "x.npz"
    np.savez(file, **arrays)
    assert run(DOUBLE, "--input", file, "--out", out) == bool(told)
    assert told in capsys.readouterr().err
    if not told:
        with np.load(out) as made:
            assert np.array_equal(made["x"], X)


@collected("text", [
    "", "1\n2\n", "1,2,3\n", "a,b\n", "1,2\n1\n", "1,2\n1,x\n", "1,2\n1,nan\n", "1;2;3\n",
    "=1+1,2\n1,2\n3\n", "x_1,y,z\n1,2,3\n",
])  # fmt: skip
def test_a_sequence_that_does_not_fit_is_refused(text, tmp_path, out, capsys):
    (tmp_path / "x.csv").write_text(text)
    assert run(PLAIN, "--input", tmp_path / "x.csv", "--out", out) == 1
    assert len(capsys.readouterr().err.split()) > 4 and not out.exists()


@collected("head", ["", "a,b\n", "\ufeffx_1,x_2\n", "x_2,x_1\n"])
def test_a_sequence_with_or_without_names(head, tmp_path, out):
    (tmp_path / "x.csv").write_text(head + "1,2\n\n3,4\n", "utf-8")
    assert run(PLAIN, "--input", tmp_path / "x.csv", "--out", out) == 0
    assert list(column(out, "x_1")[:, 0]) == ([2, 4] if head.startswith("x_2") else [1, 3])


@collected("x", [X[None], X[:, None], X, np.asfortranarray(X)])
def test_a_batch_of_one_is_its_sequence(x, tmp_path, out):
    np.save(tmp_path / "x.npy", x)
    assert run(DOUBLE, "--input", tmp_path / "x.npy", "--out", out) == 0
    assert "sequence" not in read_csv(out.read_text())
    np.testing.assert_array_equal(column(out, "C"), forward(read_layers(DOUBLE)[0].params, X).C)


def test_of_several_sequences_is_asked_which_axis_is_time(tmp_path, out, capsys):
    x = np.random.default_rng(2).normal(size=(3, 5, 2))
    np.save(tmp_path / "x.npy", x)
    arguments = (DOUBLE, "--input", tmp_path / "x.npy", "--out", out)
    assert run(*arguments) == 1 and not out.exists()
    said = capsys.readouterr().err
    assert "3 sequences of 5 steps (say --batch-first)" in said and "5 sequences of 3 steps" in said
    params = read_layers(DOUBLE)[0].params
    for flag, ordered in (("--batch-first", x.swapaxes(0, 1)), ("--time-first", x)):
        T, B = ordered.shape[:2]
        wanted = forward(params, ordered).C.swapaxes(0, 1)
        assert run(*arguments, flag) == 0
        np.testing.assert_allclose(column(out, "C").reshape(B, T, 3), wanted, rtol=0, atol=1e-14)
        assert run(*arguments, flag, "--sequence", "3") == 0
        np.testing.assert_allclose(column(out, "C"), wanted[2], rtol=0, atol=1e-14)
        assert run(*arguments, flag, "--sequence", B + 1) == 1


# -- refusals ---------------------------------------------------------------------------------------


def test_what_can_not_be_run_is_refused_in_a_sentence(x_csv, tmp_path, out, capsys):
    np.savetxt(tmp_path / "turned.csv", X.T, delimiter=",")
    np.save(tmp_path / "turned.npy", X.T)
    np.save(tmp_path / "o.npy", np.array([{}, {}]), allow_pickle=True)
    for arguments, told in [
        ((PLAIN, "--input", tmp_path / "turned.csv"), "has 4 columns and 2 rows"),
        ((PLAIN, "--input", tmp_path / "turned.npy"), "has 4 columns and 2 rows"),
        ((PLAIN, "--input", tmp_path / "o.npy"), "does not hold the numbers"),
        ((PLAIN,), "A run needs an input"),
        ((STACKED, "--layer", "encoder", "--input", x_csv), "no layer encoder; it has lstm_l0_forward"),
    ]:
        assert run(*arguments, "--out", out) == 1 and told in capsys.readouterr().err


def test_the_commands_that_refusals_name_run_as_they_are_written():
    commands = set(re.findall(r"`python -m lstm_core ([^`]*)`", " ".join(texts("en").values())))
    assert commands
    for command in commands:
        assert run(*command.replace("FILE", str(PLAIN)).split()) == 0, command
