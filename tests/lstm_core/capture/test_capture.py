"""A live model's LSTM layers: what they read is kept, and the h computed here is that of the framework.

With the frameworks: `TORCH_PYTHON=… KERAS_PYTHON=… pytest tests/lstm_core/capture`.
"""

import os
import subprocess
import warnings

import numpy as np
import pytest

from lstm_core.capture import Run, capture
from lstm_core.capture.seen import NotCaptured
from lstm_core.readers import Refused, read_layers
from lstm_core.readers.command import main
from tests.conftest import ROOT
from tests.lstm_core.capture.modules import GRU, LSTM, RNN, LSTMCell, Model, Tensor, packed

RNG = np.random.default_rng(5)
SEQUENCES = [RNG.normal(size=(T, 3)) for T in (4, 7, 1)]
WORDS = ["abcd", "efghijk", "l"]


def agrees(run: Run) -> bool:
    return 0 <= run.difference < 1e-12


@pytest.mark.parametrize("batch_first", [False, True])
@pytest.mark.parametrize("states", [False, True])
def test_a_batch_with_and_without_first_states(batch_first, states):
    layer = LSTM(3, 2, batch_first=batch_first)
    x = RNG.normal(size=(5, 4, 3))
    given = (Tensor(x.swapaxes(0, 1) if batch_first else x),)
    if states:
        given += (tuple(Tensor(RNG.normal(size=(1, 4, 2))) for _ in "hC"),)
    run = capture(Model(lambda children, *all: children["encoder"](*all), encoder=layer), given)
    assert list(run) == ["encoder"] and agrees(run)
    np.testing.assert_array_equal(run["encoder"].x, x)
    assert bool(run["encoder"].h0.any()) is states


def test_a_stack_of_pairs_over_packed_sequences_of_different_lengths():
    layer = LSTM(3, 2, levels=2, pair=True, seed=3)
    run = capture(layer, packed(SEQUENCES), labels=WORDS)
    assert list(run) == [f"lstm_l{level}_{way}" for level in (0, 1) for way in ("forward", "reverse")]
    assert agrees(run) and all(np.isfinite(run[name].difference) for name in run)
    backwards = run["lstm_l1_reverse"].sequence(2)
    assert backwards.trace.labels == tuple("kjihgfe")
    h, _ = layer.one(SEQUENCES[1], np.zeros((4, 2)), np.zeros((4, 2)))
    np.testing.assert_allclose(backwards.in_time("h"), h[:, 2:], atol=1e-12)
    with pytest.raises(IndexError, match="expected 1 to 3, got 4"):
        run["lstm_l0_forward"].sequence(4)


def test_one_sequence_without_an_axis_for_the_batch():
    run = capture(LSTM(3, 2, levels=2), Tensor(SEQUENCES[1]), labels="efghijk")
    assert agrees(run) and run["lstm_l1"].labels == (tuple("efghijk"),)


def test_a_loop_over_a_cell_is_one_sequence_and_a_second_loop_another():
    def loops(children, x):
        for order in (1, -1):
            state = None
            for row in x.array[::order]:
                state = children["cell"](Tensor(row), state)

    x = RNG.normal(size=(6, 2, 3))
    run = capture(Model(loops, cell=LSTMCell(3, 4)), Tensor(x))
    assert list(run) == ["cell", "cell#2"] and agrees(run)
    np.testing.assert_array_equal(run["cell#2"].x, x[::-1])


def test_a_model_is_left_as_it_was_also_by_an_error():
    def breaks(children, x):
        children["encoder"](x)
        raise RuntimeError("no room")

    layer = LSTM(3, 2)
    model = Model(breaks, encoder=layer)
    layer.training = False
    with pytest.raises(RuntimeError, match="no room"):
        capture(model, Tensor(SEQUENCES[0]))
    capture(layer, Tensor(SEQUENCES[0]))
    assert model.training and not layer.training and not layer.hooks


def test_an_h_that_differs_is_said():
    class Other(LSTM):
        def forward(self, input, hx=None):
            output, states = super().forward(input, hx)
            return Tensor(output.array + 0.25), states

    Other.__module__, Other.__name__ = "mine", "Other"
    with pytest.warns(UserWarning, match=r"differs .* by up to 2\.5e-01"):
        run = capture(Other(3, 2), Tensor(SEQUENCES[0]))
    assert run.difference == pytest.approx(0.25)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        capture(LSTM(3, 2), Tensor(SEQUENCES[0]))


@pytest.mark.parametrize("by", ["half_life", "saturated", "moved"])
def test_units_are_ranked_by_each_order(by):
    units = capture(LSTM(3, 5), Tensor(SEQUENCES[1]))["lstm"].units(by)
    values = [getattr(unit, by) for unit in units]
    assert values == sorted(values, reverse=True) and {unit.unit for unit in units} == {1, 2, 3, 4, 5}


def test_units_go_along_with_labels_and_have_contexts_and_layers_have_half_lives():
    run = capture(LSTM(3, 5), packed(SEQUENCES), labels=[("xy" * 9)[: len(x)] for x in SEQUENCES])
    captured = run["lstm"]
    found = captured.units("label", 2, "x")
    C, at_x = captured.sequence(2).trace.C, [1, 0, 1, 0, 1, 0, 1]
    for unit in found:
        assert unit.r == pytest.approx(np.corrcoef(C[:, unit.unit - 1], at_x)[0, 1], abs=1e-6)
    assert [abs(unit.r) for unit in found] == sorted((abs(unit.r) for unit in found), reverse=True)
    assert np.isnan(captured.units()[0].r)
    highest, lowest = captured.contexts(4, most=1)
    values = np.concatenate([captured.sequence(k).trace.C[:, 3] for k in (1, 2, 3)])
    assert (highest[0].value, lowest[0].value) == (values.max(), values.min())
    lives = run.half_lives(2)["lstm"]
    assert [lives[unit.unit - 1] for unit in captured.units("half_life", 2)] == sorted(lives, reverse=True)


def test_a_gru_is_captured_with_its_states_and_saved(tmp_path):
    layer, x, h0 = GRU(3, 4), np.random.default_rng(2).normal(size=(5, 2, 3)), np.ones((1, 2, 4)) / 3
    run = capture(layer, (Tensor(x), Tensor(h0)), labels=["abcde", "fghij"])
    assert 0 < run.difference < 1e-12 and run["gru"].layer.kind == "gru"
    theirs = layer(Tensor(x), Tensor(h0))[0].array
    trace = run["gru"].sequence(2).trace
    np.testing.assert_allclose(trace.h, theirs[:, 1], atol=1e-12)
    run.save(tmp_path / "run.npz")
    [again] = read_layers(tmp_path / "run.npz")
    assert again.kind == "gru" and again.seen.sequence(2).labels == tuple("fghij")
    assert np.array_equal(again.seen.h0, h0[0]) and len(run["gru"].units()) == 4


def test_what_is_saved_is_read_again_and_runs_on_its_own_input(tmp_path):
    run = capture(LSTM(3, 2, pair=True), packed(SEQUENCES), labels=WORDS)
    run.save(tmp_path / "run.npz")
    forward, reverse = read_layers(tmp_path / "run.npz")
    assert (forward.direction, reverse.direction) == ("forward", "reverse")
    for layer in (forward, reverse):
        kept = layer.seen.sequence(2)
        np.testing.assert_array_equal(kept.x, SEQUENCES[1])
        assert kept.labels == tuple("efghijk")
    with pytest.raises(Refused, match="no sequence 4; there are 3"):
        forward.seen.sequence(4)
    out = tmp_path / "trace.csv"
    arguments = [str(tmp_path / "run.npz"), "--layer", reverse.address, "--sequence", "2", "--out", str(out)]
    assert main(arguments) == 0
    rows = [line.split(",") for line in out.read_text().splitlines()]
    h, label = rows[0].index("h"), rows[0].index("label")
    ours = run["lstm_reverse"].sequence(2).in_time("h").ravel()
    np.testing.assert_allclose([float(row[h]) for row in rows[1:]], ours, atol=1e-6)
    assert [row[label] for row in rows[1::2]] == list("efghijk")


def test_a_file_without_an_input_says_that_a_run_needs_one(tmp_path, capsys):
    np.savez(tmp_path / "weights.npz", W=np.zeros((4, 1, 2)), b=np.zeros((4, 1)))
    assert main([str(tmp_path / "weights.npz"), "--out", str(tmp_path / "t.csv")]) == 1
    assert "--input x.csv" in capsys.readouterr().err


@pytest.mark.parametrize(
    "wrong",
    [
        {"lengths": np.array([9])}, {"lengths": np.array([[1]])}, {"lengths": np.array([1.0])},
        {"h0": np.zeros((2, 1))}, {"x": np.zeros((3, 1, 2))}, {"labels": np.zeros(1)},
        *({"labels": np.frombuffer(text, np.uint8)} for text in (b"{", b"[3]", b"[[1, 2]]", b"[[], []]")),
    ],
)  # fmt: skip
def test_arrays_that_do_not_belong_together_are_refused(tmp_path, wrong):
    held = {"W": np.zeros((4, 1, 2)), "b": np.zeros((4, 1)), "x": np.zeros((3, 1, 1))}
    held |= {"lengths": np.array([2]), "h0": np.zeros((1, 1)), "C0": np.zeros((1, 1))}
    np.savez(tmp_path / "run.npz", **{f"a/{name}": value for name, value in (held | wrong).items()})
    with pytest.raises(Refused, match="does not belong together"):
        read_layers(tmp_path / "run.npz")


def test_other_models_are_refused_in_a_sentence():
    with pytest.raises(NotCaptured, match=r"expected one of PyTorch or Keras 3, got builtins\.int"):
        capture(3, None)
    with pytest.raises(NotCaptured, match="no LSTM or GRU layer was called"):
        capture(Model(lambda children, x: x, rnn=RNN()), None)
    with pytest.raises(KeyError, match="decoder: expected one of lstm"):
        capture(LSTM(3, 2), Tensor(SEQUENCES[0]))["decoder"]
    for labels, told in ((["a"], "expected those of 3 sequences, got 1"), (["abcdefgh"] * 3, "at most 7")):
        with pytest.raises(ValueError, match=told):
            capture(LSTM(3, 2), packed(SEQUENCES), labels=labels)


TORCH = """
import torch
from torch import nn
from lstm_core.capture import capture

class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.letters = nn.Embedding(20, 5)
        self.encoder = nn.LSTM(5, 4, num_layers=2, bidirectional=True, batch_first=True, dropout=0.5)
        self.cell = nn.LSTMCell(8, 3)

    def forward(self, ids, lengths):
        pack = nn.utils.rnn.pack_padded_sequence
        rows = pack(self.letters(ids), lengths, batch_first=True, enforce_sorted=False)
        h, _ = nn.utils.rnn.pad_packed_sequence(self.encoder(rows)[0], batch_first=True)
        state = None
        for t in range(h.shape[1]):
            state = self.cell(h[:, t], state)
        return state[0]

torch.manual_seed(1)
model = Reader()
ids, lengths = torch.randint(0, 20, (3, 7)), torch.tensor([4, 7, 2])
run = capture(model, (ids, lengths), labels=["abcd", "efghijk", "lm"])
assert len(run) == 5 and 0 < run.difference < 1e-6, run
assert model.training and model.encoder.training
layer = nn.LSTM(3, 2)
assert capture(layer, (torch.randn(6, 2, 3), (torch.randn(1, 2, 2), torch.randn(1, 2, 2)))).difference < 1e-6
assert capture(layer.double(), torch.randn(6, 3).double()).difference < 1e-12
gru = nn.GRU(3, 2, num_layers=2, bidirectional=True, batch_first=True)
run = capture(gru, (torch.randn(2, 6, 3), torch.randn(4, 2, 2)))
assert len(run) == 4 and run.difference < 1e-6, run

class Loop(nn.Module):
    def __init__(self):
        super().__init__()
        self.cell = nn.GRUCell(3, 2)

    def forward(self, x):
        h = None
        for x_t in x:
            h = self.cell(x_t, h)
        return h

run = capture(Loop(), torch.randn(6, 2, 3))
assert len(run) == 1 and len(run["cell"].x) == 6 and run.difference < 1e-6, run
"""

KERAS = """
import numpy as np
import keras
from lstm_core.capture import capture

layers = keras.layers
model = keras.Sequential([
    layers.Embedding(20, 5, mask_zero=True),
    layers.Bidirectional(layers.LSTM(4, return_sequences=True)),
    layers.LSTM(3),
])
x = np.array([[3, 4, 5, 0, 0], [1, 2, 3, 4, 5]])
model(x)
run = capture(model, x, labels=["abc", "defgh"])
assert len(run) == 3 and run.difference < 1e-6, run
assert list(run["forward_lstm"].lengths) == [3, 5]
given = keras.Input((4, 2))
h, *states = layers.LSTM(3, return_state=True, return_sequences=True)(given)
backwards = layers.LSTM(3, go_backwards=True, return_sequences=True)(h, initial_state=states)
run = capture(keras.Model(given, backwards), np.random.rand(2, 4, 2).astype("float32"))
assert len(run) == 2 and run.difference < 1e-6, run
for after in (True, False):
    h, state = layers.GRU(3, reset_after=after, return_state=True, return_sequences=True)(given)
    last = layers.GRU(3, reset_after=after)(h, initial_state=state)
    run = capture(keras.Model(given, last), np.random.rand(2, 4, 2).astype("float32"))
    assert len(run) == 2 and 0 < run.difference < 1e-6, run
"""


@pytest.mark.parametrize(("kind", "lines"), [("TORCH", TORCH), ("KERAS", KERAS)])
def test_with_the_framework_itself(kind, lines):
    python = os.environ.get(f"{kind}_PYTHON")
    if not python:
        pytest.skip(f"{kind}_PYTHON does not say which Python has it")
    ran = subprocess.run(
        [python, "-c", lines],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
