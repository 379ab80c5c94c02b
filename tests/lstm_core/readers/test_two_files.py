"""The same layer before and after: units are matched by what they remember, and what moved is measured."""

from dataclasses import replace

import numpy as np
import pytest

from lstm_core import LSTMParams
from lstm_core.readers import Refused, run_layers
from lstm_core.readers.command import main
from lstm_core.readers.layer import Layer, LayerFile, with_addresses
from lstm_core.readers.ranking import ranked
from lstm_core.readers.two_files import counterparts, moved
from tests.lstm_core.readers.layer_files import FOLDER, answer, read

H, D = 4, 3
X = np.random.default_rng(1).normal(size=(30, D))


def layer(params, name="lstm") -> Layer:
    return with_addresses([Layer(name, params)])[0]


def params(seed=0) -> LSTMParams:
    rng = np.random.default_rng(seed)
    return LSTMParams(rng.normal(size=(4, H, H + D)), rng.normal(size=(4, H)))


def compared(before: LSTMParams, after: LSTMParams):
    [run] = run_layers([layer(before)], X)
    return moved(run, [run.layer], LayerFile("", (layer(after),)), X)


def test_units_that_changed_places_are_matched_and_have_their_half_lives():
    own, order = params(), np.array([2, 0, 3, 1])
    columns = np.append(order, np.arange(H, H + D))
    found = compared(own, LSTMParams(own.W[:, order][:, :, columns], own.b[:, order]))
    assert found.match.tolist() == (np.argsort(order) + 1).tolist() and found.stayed == 0
    np.testing.assert_allclose(found.r, 1, atol=1e-12)
    [run] = run_layers([layer(own)], X)
    np.testing.assert_allclose(found.before, ranked(run.trace).half_life)
    np.testing.assert_allclose(found.after, found.before)


def test_one_unit_that_was_trained_on_is_the_one_that_moved():
    own = params()
    W = own.W.copy()
    W[:, 1] *= -0.5
    found = compared(own, LSTMParams(W, own.b))
    assert found.order()[0] == 2 and found.weights.argmax() == 1 and found.weights[[0, 2, 3]].max() == 0
    size = (own.W[:, 1] ** 2).sum() + (own.b[:, 1] ** 2).sum()
    assert found.weights[1] == pytest.approx(1.5 * np.sqrt((own.W[:, 1] ** 2).sum() / size))
    same = compared(own, own)
    assert same.stayed == H and not same.weights.any()


def test_what_never_changes_is_matched_with_itself():
    zero = LSTMParams(np.zeros((4, H, H + D)), np.zeros((4, H)))
    assert compared(zero, zero).match.tolist() == [1, 2, 3, 4] and not compared(zero, zero).r.any()


def test_the_counterpart_of_a_layer_has_its_address_or_is_the_only_one_of_its_size():
    one, two = layer(params(), "one"), layer(params(1), "two")
    assert counterparts([one], LayerFile("", (two, replace(one, dtype="float64"))))[0].name == "one"
    assert counterparts([one], LayerFile("", (two,)))[0].name == "two"
    for others in ((two, layer(params(2), "three")), (replace(two, direction="reverse"),)):
        with pytest.raises(Refused, match="no layer"):
            counterparts([one], LayerFile("", others))


def test_a_gru_and_a_stack_are_compared_too():
    file = read("torch_gru_stacked.pt")
    x = answer("torch_gru_stacked.pt")[0][:, 0]
    run = run_layers(file.layers, x)[3]
    found = moved(run, file.layers, file, x)
    assert found.stayed == 3 and not found.weights.any()


def test_the_command_line_tells_what_moved(tmp_path, capsys):
    x = tmp_path / "x.npy"
    np.save(x, answer("torch_double.pt")[0][:, 0])
    file = str(FOLDER / "torch_double.pt")
    assert main([file, "--input", str(x), "--against", str(FOLDER / "torch_plain.pt")]) == 0
    said = capsys.readouterr().out
    assert "units are matched by their own number" in said and said.count("  unit ") == 3
    assert main([file, "--input", str(x), "--against", str(FOLDER / "torch_gru.pt")]) == 1
    assert "no layer" in capsys.readouterr().err
