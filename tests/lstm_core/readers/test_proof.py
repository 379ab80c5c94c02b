"""The comparison with a framework's own outputs finds the one number that is wrong."""

import numpy as np
import pytest

from lstm_core.readers import Refused, compare

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
