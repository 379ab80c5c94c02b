"""A reader's own network out of a file, against its layers one after the other; and files that do not fit."""

import json

import numpy as np
import pytest

from lstm_core import forward
from lstm_core.readers import Refused
from lstm_core.reading.own import alphabet_of, can_read, reader_of, seen_on
from tests.lstm_core.reading.character_models import SIGNS, E, H, arrays, file_of


@pytest.mark.parametrize("embedded", [True, False])
def test_it_says_what_its_layers_say_one_after_the_other(embedded):
    given = arrays(embedded)
    file = file_of(given)
    assert can_read(file)
    reader = reader_of(file, alphabet_of(SIGNS))
    reading = reader.read("(a)b\n?")
    ids = [SIGNS.find(letter) for letter in reading.text]
    signs = np.eye(len(SIGNS), dtype=np.float32)[ids]
    signs[-1] = 0  # "?" is none of its signs
    h = forward(file.layers[0].params, signs @ given["embedding.weight"] if embedded else signs).h
    odds = np.exp(h @ given["fc.weight"].T + given["fc.bias"])
    np.testing.assert_allclose(reading.odds, odds / odds.sum(1, keepdims=True), atol=1e-6)
    assert reading.surprise[1] == pytest.approx(-np.log2(reading.odds[0, ids[1]]), abs=1e-6)
    assert reading.surprise[-1] == 0 and reading.likeliest(1)[0][0] in SIGNS
    assert set(reader.write(reading, 30, 1)) <= set(SIGNS)
    units = seen_on(reader, reading.text).units
    assert len(units) == H and not any(of.is_clear or of.feature for of in units)
    assert units[2].high == pytest.approx(reading.trace.C[:, 2].max())


@pytest.mark.parametrize(
    "said", ["ab(c)\n", json.dumps(list(SIGNS)), json.dumps({s: k for k, s in enumerate(SIGNS)}),
             json.dumps({str(k): s for k, s in enumerate(SIGNS)})],
)  # fmt: skip
def test_an_alphabet_is_typed_or_json(said):
    assert "".join(alphabet_of(said)) == SIGNS


@pytest.mark.parametrize(
    "said, why",
    [("", "no_alphabet"), ("[]", "no_alphabet"), ("[1, 2]", "no_sign"), ("aba", "sign_twice"),
     ('{"a": 0, "b": 2}', "ids_with_gaps"), ('{"a": true, "b": 1}', "ids_with_gaps"),
     ("[" * 30_000, "sign_twice")],
)  # fmt: skip
def test_a_strange_alphabet_is_refused(said, why):
    with pytest.raises(Refused) as refused:
        alphabet_of(said)
    assert refused.value.reason == why and str(refused.value)


SECOND = {"weight_ih": (4 * H, H), "weight_hh": (4 * H, H), "bias_ih": (4 * H,), "bias_hh": (4 * H,)}


@pytest.mark.parametrize(
    "changes, signs, why",
    [({"fc.weight": None}, SIGNS, "no_output"), ({}, SIGNS[:-1], "outputs_and_signs"),
     ({"embedding.weight": None}, SIGNS, "inputs_and_signs"),
     ({"embedding.weight": (9, E)}, SIGNS, "inputs_and_signs"),
     ({f"lstm.{name}_l1": shape for name, shape in SECOND.items()}, SIGNS, "not_one_layer")],
)  # fmt: skip
def test_sizes_that_do_not_fit_are_refused_in_a_sentence(changes, signs, why):
    with pytest.raises(Refused) as refused:
        reader_of(file_of(arrays(**changes)), tuple(signs))
    assert refused.value.reason == why and str(refused.value)
