"""A network at work: what runs, how units are ranked, and what is drawn of a long run."""

import gc
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import LSTMParams, forward
from lstm_core.cell import step
from lstm_core.params import VARIANTS
from lstm_core.readers import Refused, loaded_network, ranking
from lstm_core.readers.apart import read_apart
from lstm_core.readers.embeddings import one_hot
from lstm_core.readers.gru import gru_forward, gru_step
from lstm_core.readers.layer import Layer, LayerFile
from lstm_core.readers.limits import Limits
from lstm_core.readers.loaded_network import LoadedNetwork
from lstm_core.readers.ranking import ranked
from lstm_core.readers.summary import MOST_COLUMNS, WINDOW, between, summary, window_of
from lstm_core.trace import half_life
from lstm_core.workbench.process_memory import ProcessMemory
from tests.collected import collected
from tests.lstm_core.readers.layer_files import gru, read


def params(H=3, D=2, seed=0) -> LSTMParams:
    random = np.random.default_rng(seed)
    return LSTMParams(random.normal(size=(4, H, H + D)), random.normal(size=(4, H)))


def opened(name="torch_checkpoint.pt") -> LoadedNetwork:
    return LoadedNetwork.of(read(name), name)


def test_a_network_without_a_sequence_runs_on_noise_of_a_seed_that_is_known():
    network = opened()
    assert np.array_equal(network.inputs(), opened().inputs()) and network.run().trace.T == 40
    network.seed = 2
    assert not np.array_equal(network.inputs(), opened().inputs())


def test_a_sequence_that_does_not_fit_changes_nothing():
    network = opened()
    network.feed(np.ones((5, 2)), "x.csv")
    for x in (np.ones((5, 3)), np.full((5, 2), np.nan), np.ones((5001, 2))):
        with pytest.raises(Refused):
            network.feed(x, "other.csv")
    assert network.brought.name == "x.csv" and network.run().trace.T == 5


def test_another_layer_lets_go_of_a_sequence_that_it_can_not_read():
    network = opened("keras_now_stack.keras")
    network.feed(np.ones((5, network.D)), "x.csv")
    first, second = (layer.address for layer in network.file.layers)
    network.choose(second)
    assert network.D == network.layer.D and network.run().layer.address == second
    network.run_whole(True)
    assert network.D == network.file.layers[0].D and len(network.runs()) == 2
    with pytest.raises(KeyError):
        network.choose("nobody")


# -- room in memory -------------------------------------------------------------------------------


@pytest.fixture
def memory(monkeypatch) -> ProcessMemory:
    """What the process may hold, which a test makes small."""
    memory = ProcessMemory(10_000_000)
    monkeypatch.setattr(loaded_network, "process_memory", memory)
    return memory


def needs(network: LoadedNetwork) -> int:
    return loaded_network.run_bytes(network.layers, len(network.inputs()))


def test_runs_that_were_not_looked_at_make_room_and_come_back_the_same(memory):
    first, second = opened(), opened("torch_double.pt")
    h = first.run().trace.h.copy()
    second.runs()
    assert first.bytes() and second.bytes()
    second.drop_runs()
    memory.most = sum(memory.usage().values()) + needs(second) - 1
    second.runs()
    assert first.bytes() == 0 < second.bytes()
    assert np.array_equal(first.run().trace.h, h) and second.bytes() == 0


@collected("name", ["torch_checkpoint.pt", "torch_double.pt", "keras_now_stack.keras"])
def test_what_runs_will_take_is_known_before(name):
    network = opened(name)
    network.run_whole(True)
    for dtype in (np.float32, np.float64, np.int64):
        network.feed(np.ones((7, network.D), dtype), "x.npy")
        network.runs()
        assert network.bytes() == needs(network)


def test_what_there_is_no_room_for_is_refused_before_it_begins(memory):
    network = opened()
    memory.most = network.layer_bytes() + needs(network) - 1
    with pytest.raises(Refused) as caught:
        network.runs()
    assert caught.value.reason == "no_room" and network.bytes() == 0
    memory.most += 1
    assert network.runs()
    memory.most = 100
    with pytest.raises(Refused) as caught:
        opened()
    assert caught.value.reason == "no_room"


def test_layers_of_many_readers_are_within_the_bound_and_the_oldest_unseen_go(monkeypatch):
    """Sixteen readers of 32 MB each once had 772 MB, which were kept after they had left."""
    now = [0.0]
    memory = ProcessMemory(12 * 4 * 64 * 128 * 4, clock=lambda: now[0])
    monkeypatch.setattr(loaded_network, "process_memory", memory)
    held = []
    for k in range(16):
        now[0] += 10
        own = LSTMParams(*(array.astype(np.float32) for array in (params(64, 64).W, params(64).b)))
        held.append(LoadedNetwork.of(LayerFile("NumPy", (Layer("a", own, address="a"),)), f"{k}.npz"))
        assert sum(memory.usage().values()) <= memory.most
    there = [not network.evicted for network in held]
    assert 10 < sum(there) < 16 and there == sorted(there)
    held.clear()
    gc.collect()
    assert sum(memory.usage().values()) == 0


# -- ranking --------------------------------------------------------------------------------------


def test_a_constant_forget_gate_gives_the_half_life_of_that_gate():
    W, b = np.zeros((4, 2, 3)), np.zeros((4, 2))
    b[0] = [0, 2]
    trace = forward(LSTMParams(W, b), np.ones((30, 1)))
    found = ranked(trace)
    assert np.allclose(found.half_life, half_life(trace.f[0])) and found.order("half_life").tolist() == [2, 1]
    never_forgets = forward(LSTMParams(W, b, forget_gate=False), np.ones((3, 1)))
    assert np.isinf(ranked(never_forgets).half_life).all()
    b[0] = -1e6
    assert ranked(forward(LSTMParams(W, b), np.ones((3, 1)))).half_life.tolist() == [0, 0]


def test_saturation_and_movement_are_those_of_the_definition():
    trace = forward(params(H=70), np.random.default_rng(1).normal(size=(25, 2)))
    found = ranked(trace)
    gates = np.stack([trace.f, trace.i, trace.o])
    assert np.allclose(found.saturated, ((gates < 0.1) | (gates > 0.9)).mean(axis=(0, 1)))
    assert np.allclose(found.moved, np.abs(trace.C - trace.C_prev).mean(axis=0))
    assert np.allclose(found.largest, np.abs(trace.C).max(axis=0))


def effects(trace, next_h, W) -> np.ndarray:
    """How far W h moves at a step and the next where one unit is held at its mean: the definition."""
    squares = np.zeros(trace.h.shape[1])
    for t in range(trace.T):
        for k in range(len(squares)):
            h = trace.h[t].astype(float)
            h[k] = trace.h[:, k].mean(dtype=float)
            squares[k] += ((W @ (h - trace.h[t])) ** 2).sum()
            if t + 1 < trace.T:
                squares[k] += ((W @ (next_h(t, h) - trace.h[t + 1])) ** 2).sum()
    return np.sqrt(squares / trace.T)


def next_in(trace):
    return lambda t, h: step(trace.params, trace.x[t + 1], h, trace.C[t])[0]


@collected("variant", [*VARIANTS, "gru"])
def test_the_effect_is_what_a_step_with_another_h_gives(variant):
    x = np.random.default_rng(1).normal(size=(12, 2))
    if variant == "gru":
        trace = gru_forward(gru(5), x)
        expected = effects(trace, lambda t, h: gru_step(trace.params, x[t + 1], h), np.eye(5))
    else:
        own = params(H=5).with_variant(variant)
        if own.peepholes is not None:
            own = replace(own, peepholes=np.random.default_rng(2).normal(size=(3, 5)))
        trace = forward(own, x)
        expected = effects(trace, next_in(trace), np.eye(5))
    found = ranked(trace)
    np.testing.assert_allclose(found.effect, expected, rtol=1e-9)
    assert found.order("effect").tolist() == (np.argsort(-expected, kind="stable") + 1).tolist()
    with pytest.raises(KeyError):
        found.order("name")


@collected("form, pair", [("pytorch", False), ("keras", False), ("pytorch", True), ("keras", True)])
def test_the_effect_on_what_reads_the_layer_is_that_of_its_linear_layer(form, pair, tmp_path):
    rng = np.random.default_rng(3)
    head = rng.normal(size=(7, 10 if pair else 5)).astype(np.float32)
    arrays = {"head.weight": head} if form == "pytorch" else {"head/kernel:0": head.T}
    arrays["head.bias" if form == "pytorch" else "head/bias:0"] = np.zeros(7)
    for end in ("", "_reverse")[: 1 + pair]:
        shapes = {"weight_ih": (20, 2), "weight_hh": (20, 5), "bias_ih": (20,), "bias_hh": (20,)}
        arrays |= {f"rnn.{name}_l0{end}": rng.normal(size=shape) for name, shape in shapes.items()}
    np.savez(tmp_path / "model.npz", **arrays)
    network = LoadedNetwork.of(read_apart((tmp_path / "model.npz").read_bytes()), "model.npz")
    network.choose(network.file.layers[-1].address)
    trace = network.run().trace
    expected = effects(trace, next_in(trace), head[:, -5:])
    np.testing.assert_allclose(network.ranking().output, expected, rtol=1e-4)


def test_the_effects_of_a_large_layer_are_those_of_some_steps(monkeypatch):
    trace = forward(params(H=8), np.random.default_rng(1).normal(size=(40, 2)))
    every = ranked(trace).effect
    monkeypatch.setattr(ranking, "_AT_MOST", 10 * 4 * 64)
    some = ranked(trace).effect
    assert not np.array_equal(some, every) and np.corrcoef(some, every)[0, 1] > 0.8


def test_huge_weights_have_an_effect_that_is_a_number():
    huge = LSTMParams(np.full((4, 3, 5), 1e300), np.zeros((4, 3)))
    assert np.isfinite(ranked(forward(huge, np.ones((6, 2)))).effect).all()


# -- what is drawn --------------------------------------------------------------------------------


@given(T=st.integers(1, 900), data=st.data())
def test_columns_are_means_and_there_are_never_too_many(T, data):
    first = data.draw(st.integers(1, T))
    last = data.draw(st.integers(first, T))
    trace = forward(params(), np.random.default_rng(T).normal(size=(T, 2)))
    run = loaded_network.LayerRun(Layer("a", trace.params), trace)
    drawn = summary(run, ("f", "C"), [3, 1], first, last)
    assert drawn.values["f"].shape == (2, len(drawn.steps)) and len(drawn.steps) <= MOST_COLUMNS
    assert drawn.steps[0] == first and drawn.units.tolist() == [3, 1]
    n = drawn.per_column
    assert np.allclose(drawn.values["C"][0, 0], trace.C[first - 1 : min(first - 1 + n, last), 2].mean())
    assert np.allclose(drawn.values["C"][1, -1], trace.C[drawn.steps[-1] - 1 : last, 0].mean())


def test_a_reverse_layer_is_drawn_in_the_order_of_the_sequence():
    network = opened()
    network.choose("encoder.lstm_reverse")
    run = network.run()
    drawn = summary(run, ("C",), [1], 1, run.trace.T)
    assert np.allclose(drawn.values["C"][0], run.trace.C[::-1, 0])


@given(T=st.integers(1, 5000), data=st.data())
def test_the_window_holds_its_step_and_is_never_too_long(T, data):
    t = data.draw(st.integers(1, T))
    first, last = window_of(T, t)
    assert 1 <= first <= t <= last <= T and last - first + 1 == min(T, WINDOW)


COPIED = ("f", "i", "C_tilde", "o", "C", "h", "C_prev", "h_prev", "kept", "written", "z", "x", "tanh_C")


@given(T=st.integers(2, 90), data=st.data())
def test_a_part_of_a_trace_is_the_trace_of_that_part(T, data):
    first = data.draw(st.integers(1, T))
    last = data.draw(st.integers(first, T))
    whole = forward(params(), np.random.default_rng(T).normal(size=(T, 2)))
    start = whole.h_prev[first - 1], whole.C_prev[first - 1]
    part, again = between(whole, first, last), forward(whole.params, whole.x[first - 1 : last], *start)
    for name in COPIED:
        assert np.allclose(getattr(part, name), getattr(again, name), atol=1e-12)
    assert last - first + 1 == part.T and np.shares_memory(part.cells, whole.cells)


# -- text -----------------------------------------------------------------------------------------


def test_a_text_becomes_a_row_a_letter():
    assert one_hot("bab", "abc", 3).tolist() == [[0, 1, 0], [1, 0, 0], [0, 1, 0]]
    assert one_hot("가\n", "\n가", 2).tolist() == [[0, 1], [1, 0]]


@collected(
    "text, alphabet, D, reason",
    [("a", "ab", 3, "alphabet"), ("a", "aa", 2, "alphabet"), ("", "ab", 2, "empty"),
     ("abz", "ab", 2, "letter"), ("aaaa", "ab", 2, "steps")],
)  # fmt: skip
def test_a_text_that_does_not_fit_is_refused(text, alphabet, D, reason):
    with pytest.raises(Refused) as caught:
        one_hot(text, alphabet, D, Limits(T=3))
    assert caught.value.reason == reason
