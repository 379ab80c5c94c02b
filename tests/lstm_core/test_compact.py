"""The compact form of a large run: nothing twice, all numbers, in the order of the sequence."""

import io

import numpy as np
import pandas as pd
import pytest

from lstm_core import LSTMParams, compact, forward
from lstm_core.compact import numbers_in_table, to_wide_columns, to_wide_parquet
from lstm_core.export import to_columns
from lstm_core.quantities import TRACE_KEYS


def a_run(*batch: int, dtype=np.float64):
    """Of 5 steps, 2 inputs and 3 units."""
    draw = np.random.default_rng(2).normal
    params = LSTMParams(draw(size=(4, 3, 5)).astype(dtype), draw(size=(4, 3)).astype(dtype))
    return forward(params, draw(size=(5, *batch, 2)).astype(dtype))


@pytest.mark.parametrize("times", [None, np.array([5, 4, 3, 2, 1])])
def test_each_number_stands_once_under_its_quantity_and_unit_in_the_order_of_the_sequence(times):
    trace, in_order = a_run(), slice(None, None, 1 if times is None else -1)
    found = to_wide_columns(trace, times=times)
    keys = [key for key in TRACE_KEYS if key != "x"]
    assert list(found) == ["t", "x_1", "x_2", *(f"{key}_{unit}" for key in keys for unit in (1, 2, 3))]
    assert found["t"].tolist() == [1, 2, 3, 4, 5]
    for name, column in found.items():
        key, _, number = name.rpartition("_")
        if key:
            np.testing.assert_array_equal(column, getattr(trace, key)[in_order, int(number) - 1])


def test_a_batch_has_a_row_for_each_sequence_and_step():
    trace = a_run(3)
    found = to_wide_columns(trace)
    assert list(found)[:2] == ["sequence", "t"]
    assert found["sequence"].tolist() == [s for s in (1, 2, 3) for _ in range(5)]
    assert found["t"].tolist() == [1, 2, 3, 4, 5] * 3
    for name, array in (("x_2", trace.x[..., 1]), ("C_3", trace.C[..., 2])):
        np.testing.assert_array_equal(found[name].reshape(3, 5), array.T)


@pytest.mark.parametrize("units", [2, [3, 1]])
def test_some_units_alone(units):
    found, whole = to_wide_columns(a_run(), units), to_wide_columns(a_run())
    wanted = [units] if isinstance(units, int) else units
    assert [name for name in found if name.startswith("f_")] == [f"f_{unit}" for unit in wanted]
    assert all((column == whole[name]).all() for name, column in found.items())
    with pytest.raises(ValueError, match="unit"):
        to_wide_columns(a_run(), 4)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_parquet_reads_back_as_the_same_numbers(dtype):
    trace = a_run(dtype=dtype)
    frame = pd.read_parquet(io.BytesIO(to_wide_parquet(trace)))
    for name, column in to_wide_columns(trace).items():
        assert frame[name].dtype == column.dtype
        np.testing.assert_array_equal(frame[name], column)


@pytest.mark.parametrize("trace", [a_run(), a_run(2)])
def test_the_numbers_of_a_table_are_counted_as_it_has_them(trace):
    table = to_columns(trace)
    assert numbers_in_table(trace) == len(table) * len(table["t"])
    assert numbers_in_table(trace, 1) * 3 == numbers_in_table(trace)
    assert numbers_in_table(trace, [1, 3]) * 3 == 2 * numbers_in_table(trace)


def test_without_pyarrow_a_sentence_says_so(monkeypatch):
    monkeypatch.setattr(compact, "find_spec", lambda name: None)
    with pytest.raises(ValueError, match="pyarrow"):
        to_wide_parquet(a_run())
