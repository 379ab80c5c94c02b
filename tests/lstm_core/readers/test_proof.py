"""A framework's own outputs find the one number that is wrong, and the order of gates of a file."""

import io

import numpy as np
import pytest

from lstm_core import LSTMParams, forward
from lstm_core.params import GATES
from lstm_core.readers import Refused, compare, orders, read_file
from lstm_core.readers.loaded_network import LoadedNetwork
from lstm_core.readers.orders import ALL_ORDERS, KNOWN, reordered
from tests.collected import collected

H = np.tanh(np.random.default_rng(0).normal(size=(6, 3)))


def test_equal_numbers_agree():
    assert compare(H, H.copy()).value == 0 and compare(H, H.tolist()).agrees


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_the_largest_difference_has_its_place(dtype):
    theirs = H.astype(dtype)
    theirs[3, 1] += 0.25
    found = compare(H.astype(dtype), theirs)
    assert (found.t, found.unit, found.sequence, found.agrees) == (4, 2, None, False)
    assert found.value == pytest.approx(0.25) and found.theirs - found.ours == pytest.approx(0.25)


def test_what_is_close_enough_depends_on_the_precision():
    assert compare(H.astype(np.float32), H + 5e-6).agrees
    assert not compare(H, H + 5e-6).agrees


def test_a_batch_of_one_is_a_sequence_and_a_batch_tells_which():
    assert compare(H, H[None]).agrees and compare(H, H[:, None]).agrees
    theirs = np.stack([H, H], 1)
    theirs[2, 1, 0] += 1
    assert compare(np.stack([H, H], 1), theirs).sequence == 2


@pytest.mark.parametrize("theirs", [H[:5], H.T, [["a"]], np.full_like(H, np.nan), np.zeros((0, 3)), 1.0])
def test_other_shapes_and_what_is_no_number_are_refused(theirs):
    with pytest.raises(Refused) as refused:
        compare(H, theirs)
    assert refused.value.reason.startswith("not_comparable")
    assert ("NaN" in str(refused.value)) == (np.shape(theirs) == H.shape)


# -- the order of the gates --------------------------------------------------------------------------


UNITS, D = 3, 2
PARAMS = LSTMParams(
    *(np.random.default_rng(7).normal(size=shape) for shape in ((4, UNITS, UNITS + D), (4, UNITS)))
)
X = np.random.default_rng(8).normal(size=(9, D))


def stored(order: str) -> bytes:
    """The arrays as PyTorch names them, with the gates in an order of one's own."""
    places = [GATES.index(gate) for gate in order]
    W, b = PARAMS.W[places].reshape(4 * UNITS, UNITS + D), PARAMS.b[places].reshape(4 * UNITS)
    file = io.BytesIO()
    np.savez(file, weight_ih_l0=W[:, UNITS:], weight_hh_l0=W[:, :UNITS], bias_ih_l0=b, bias_hh_l0=0 * b)
    return file.getvalue()


def loaded(order: str) -> LoadedNetwork:
    file = read_file(stored(order))
    network = LoadedNetwork.of(file, "layer.npz")
    network.feed(X, "x.csv")
    return network


@collected("order", ALL_ORDERS)
def test_the_h_of_the_framework_finds_the_order_and_no_other(order):
    network = loaded(order)
    network.compare_with(forward(PARAMS, X).h)
    found = network.readings()
    assert [reading.order for reading in found if reading.agrees] == [order] == [found[0].order]
    assert set(KNOWN) <= {reading.order for reading in found}
    network.reorder(order)
    np.testing.assert_array_equal(network.layer.params.W, PARAMS.W)
    np.testing.assert_allclose(network.output(), forward(PARAMS, X).h, rtol=0, atol=1e-15)


def test_without_an_h_each_order_shows_what_it_makes_of_the_layer():
    found = {reading.order: reading for reading in loaded("ifco").readings()}
    assert found.keys() == KNOWN.keys()
    assert found["ifco"].b_f == pytest.approx(PARAMS.b_f.mean()) and found["iofc"].b_f == pytest.approx(
        PARAMS.b_c.mean()
    )
    assert found["ifco"].f == pytest.approx(forward(PARAMS, X).f.mean())
    assert all(reading.difference is None and not reading.agrees for reading in found.values())


def test_a_long_run_is_checked_on_its_first_steps(monkeypatch):
    network = loaded("fico")
    x = np.random.default_rng(9).normal(size=(500, D))
    network.feed(x, "x.npy")
    network.compare_with(forward(PARAMS, x).h)
    monkeypatch.setattr(orders, "_WORK", 24 * 4 * UNITS * (UNITS + D) * 20)
    found = network.readings()
    assert {reading.steps for reading in found} == {20}
    assert found[0].order == "fico" and found[0].agrees


def test_a_file_that_says_its_order_keeps_it():
    layer = read_file(PARAMS.to_json().encode()).layers[0]
    assert layer.order == "" and reordered(layer, "iofc") is layer
