"""Stacks and pairs, run as their framework runs them: order of time, states, merging, limits, parts."""

import numpy as np
import pytest

from lstm_core import LSTMParams, forward
from lstm_core.readers import ANY_SIZE, Layer, Limits, Refused, merged, run_layers
from lstm_core.readers.excerpt import experiment_around, fits
from tests.collected import collected
from tests.lstm_core.examples import recorded
from tests.lstm_core.readers.layer_files import read

RUN = recorded("torch_ordinary")
LAYER = Layer("a", RUN.params)
REVERSE = Layer("a", RUN.params, "reverse")


def test_a_layer_runs_as_its_parameters_do():
    [run] = run_layers([LAYER], RUN.x, [RUN.h0], [RUN.C0])
    np.testing.assert_array_equal(run.trace.h, forward(RUN.params, RUN.x, RUN.h0, RUN.C0).h)
    assert list(run.times) == list(range(1, len(RUN.x) + 1))


def test_a_reverse_layer_reads_from_the_end_and_is_told_in_the_order_of_time():
    [run] = run_layers([REVERSE], RUN.x)
    backwards = forward(RUN.params, RUN.x[::-1])
    np.testing.assert_array_equal(run.trace.C, backwards.C)
    np.testing.assert_array_equal(run.in_time("C"), backwards.C[::-1])
    np.testing.assert_array_equal(run.in_time("x"), RUN.x)
    assert list(run.times) == list(range(len(RUN.x), 0, -1))


@collected("merge", ["concat", "sum", "mul", "ave"])
def test_a_pair_is_merged_forward_first(merge):
    pair = [Layer("a", RUN.params, merge=merge), Layer("a", RUN.params, "reverse", merge=merge)]
    ahead, back = (run.in_time("h") for run in run_layers(pair, RUN.x))
    expected = {"concat": np.concatenate([ahead, back], -1), "sum": ahead + back, "mul": ahead * back}
    expected["ave"] = (ahead + back) / 2
    np.testing.assert_array_equal(merged(run_layers(pair, RUN.x)), expected[merge])
    np.testing.assert_array_equal(merged(run_layers(pair[::-1], RUN.x)), expected[merge])


def test_what_is_not_merged_goes_no_further():
    pair = [Layer("a", RUN.params, merge="none"), Layer("a", RUN.params, "reverse", merge="none")]
    assert len(run_layers(pair, RUN.x)) == 2
    with pytest.raises(Refused) as refused:
        run_layers([*pair, Layer("b", RUN.params)], RUN.x)
    assert refused.value.reason == "merge"


def test_one_sequence_and_a_batch_of_it_give_the_same():
    layers = read("torch_stacked.pt").layers
    x = np.random.default_rng(0).normal(size=(5, 2))
    for one, batch in zip(run_layers(layers, x), run_layers(layers, np.stack([x, x], 1)), strict=True):
        np.testing.assert_allclose(batch.trace.C[:, 1], one.trace.C, rtol=0, atol=1e-14)


def test_a_layer_starts_with_the_states_of_its_file_unless_it_is_told_others():
    layers = read("onnx_bidirectional.onnx").layers
    x = np.zeros((3, 2), np.float32)
    runs = run_layers(layers, x)
    np.testing.assert_array_equal(runs[1].trace.h_prev[0], layers[1].h0)
    assert not run_layers(layers, x, h0=[0, 0])[1].trace.h_prev[0].any()


PAIR_OF_SIZES = [LAYER, Layer("b", RUN.params)]
REFUSED = [
    ([LAYER], np.zeros((3, 3)), None, "x_shape"), ([LAYER], np.zeros(3), None, "x_shape"),
    ([LAYER], np.zeros((0, 2)), None, "x_empty"), ([LAYER], [["a", "b"]], None, "x_type"),
    ([LAYER], np.zeros((5001, 2)), None, "steps"), ([LAYER], np.zeros((4000, 100, 2)), None, "record"),
    (PAIR_OF_SIZES, RUN.x, None, "chain"), ([], RUN.x, None, "states"), ([LAYER], RUN.x, [0, 0], "states"),
]  # fmt: skip


@collected("layers, x, states, reason", REFUSED)
def test_what_does_not_fit_is_refused(layers, x, states, reason):
    with pytest.raises(Refused) as refused:
        run_layers(layers, x, h0=states)
    assert refused.value.reason == reason


def test_nan_in_the_inputs_is_refused():
    with pytest.raises(ValueError, match="NaN"):
        run_layers([LAYER], np.full((3, 2), np.nan))


def test_limits_can_be_lifted():
    run_layers([LAYER], np.zeros((5001, 2)), limits=ANY_SIZE)
    with pytest.raises(Refused):
        run_layers([LAYER], np.zeros((11, 2)), limits=Limits(T=10))


# -- a part of a run on the other pages --------------------------------------------------------------


def run_of(H: int, D: int, T: int, direction: str = "forward", size: float = 1.0):
    random = np.random.default_rng(4)
    params = LSTMParams(size * random.normal(size=(4, H, H + D)), random.normal(size=(4, H)))
    layer = Layer("mine", params, direction, address="mine")
    return run_layers([layer], random.normal(size=(T, D)))[0]


@collected("direction", ["forward", "reverse"])
@collected("H, D, within", [(3, 2, 2e-3), (7, 5, 1e-12)])
@collected("t", [1, 40, 41, 97])
def test_a_window_in_the_middle_is_the_same_run(H, D, within, t, direction):
    run = run_of(H, D, 97, direction)
    experiment, here = experiment_around(run, t)
    assert experiment.T <= 40 and experiment.by_hand == (H <= 4)
    np.testing.assert_allclose(experiment.trace().C[here - 1], run.trace.C[t - 1], rtol=0, atol=within)


@collected("H, D, size", [(257, 2, 1.0), (2, 65, 1.0), (2, 2, 1e7)])
def test_what_the_other_pages_do_not_take_is_refused(H, D, size):
    run = run_of(H, D, 3, size=size)
    assert not fits(run)
    with pytest.raises(ValueError, match="256 units"):
        experiment_around(run, 1)
