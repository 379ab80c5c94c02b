"""The order of the gates that a file does not say: the framework's h finds it among all."""

import io

import numpy as np
import pytest

from lstm_core import LSTMParams, forward
from lstm_core.params import GATES
from lstm_core.readers import orders, read_file
from lstm_core.readers.loaded_network import LoadedNetwork
from lstm_core.readers.orders import ALL_ORDERS, KNOWN, reordered
from tests.collected import collected

H, D = 3, 2
PARAMS = LSTMParams(*(np.random.default_rng(7).normal(size=shape) for shape in ((4, H, H + D), (4, H))))
X = np.random.default_rng(8).normal(size=(9, D))


def stored(order: str) -> bytes:
    """The arrays as PyTorch names them, with the gates in an order of one's own."""
    places = [GATES.index(gate) for gate in order]
    W, b = PARAMS.W[places].reshape(4 * H, H + D), PARAMS.b[places].reshape(4 * H)
    file = io.BytesIO()
    np.savez(file, weight_ih_l0=W[:, H:], weight_hh_l0=W[:, :H], bias_ih_l0=b, bias_hh_l0=0 * b)
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
    monkeypatch.setattr(orders, "_WORK", 24 * 4 * H * (H + D) * 20)
    found = network.readings()
    assert {reading.steps for reading in found} == {20}
    assert found[0].order == "fico" and found[0].agrees


def test_a_file_that_says_its_order_keeps_it():
    layer = read_file(PARAMS.to_json().encode()).layers[0]
    assert layer.order == "" and reordered(layer, "iofc") is layer
