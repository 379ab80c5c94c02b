"""The compact form of a large run: nothing twice, all numbers, in the order of the sequence."""

import io

import numpy as np
import pandas as pd
import pytest

from lstm_core import LSTMParams, compact, forward
from lstm_core.compact import numbers_in_table, to_wide_columns, to_wide_parquet
from lstm_core.export import to_columns
from lstm_core.quantities import TRACE_KEYS


def a_run(T=5, D=2, H=3, B=None, dtype=np.float64):
    random = np.random.default_rng(2)
    params = LSTMParams(
        random.normal(size=(4, H, H + D)).astype(dtype), random.normal(size=(4, H)).astype(dtype)
    )
    return forward(params, random.normal(size=(T, D) if B is None else (T, B, D)).astype(dtype))


def test_each_number_stands_once_under_its_quantity_and_unit():
    trace = a_run()
    found = to_wide_columns(trace)
    keys = [key for key in TRACE_KEYS if key != "x"]
    assert list(found) == ["t", "x_1", "x_2", *(f"{key}_{unit}" for key in keys for unit in (1, 2, 3))]
    assert found["t"].tolist() == [1, 2, 3, 4, 5]
    for d in range(2):
        np.testing.assert_array_equal(found[f"x_{d + 1}"], trace.x[:, d])
    for key in keys:
        for unit in range(3):
            np.testing.assert_array_equal(found[f"{key}_{unit + 1}"], getattr(trace, key)[:, unit])


def test_a_batch_has_a_row_for_each_sequence_and_step():
    trace = a_run(T=4, B=3)
    found = to_wide_columns(trace)
    assert list(found)[:2] == ["sequence", "t"]
    assert (
        found["sequence"].tolist() == [1] * 4 + [2] * 4 + [3] * 4 and found["t"].tolist() == [1, 2, 3, 4] * 3
    )
    for name, array in (("x_2", trace.x[..., 1]), ("C_3", trace.C[..., 2])):
        np.testing.assert_array_equal(found[name].reshape(3, 4), array.T)


def test_a_layer_that_reads_from_the_end_stands_in_the_order_of_the_sequence():
    trace = a_run()
    found = to_wide_columns(trace, times=np.array([5, 4, 3, 2, 1]))
    assert found["t"].tolist() == [1, 2, 3, 4, 5]
    np.testing.assert_array_equal(found["f_2"], trace.f[::-1, 1])


@pytest.mark.parametrize("units", [2, [2], [3, 1]])
def test_some_units_alone(units):
    trace = a_run()
    wanted = [units] if isinstance(units, int) else units
    found = to_wide_columns(trace, units)
    assert [name for name in found if name.startswith("h_") and "prev" not in name] == [
        f"h_{u}" for u in wanted
    ]
    for unit in wanted:
        np.testing.assert_array_equal(found[f"h_{unit}"], trace.h[:, unit - 1])
    with pytest.raises(ValueError, match="unit"):
        to_wide_columns(trace, 4)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_parquet_reads_back_as_the_same_numbers(dtype):
    trace = a_run(dtype=dtype)
    frame = pd.read_parquet(io.BytesIO(to_wide_parquet(trace)))
    for name, column in to_wide_columns(trace).items():
        assert frame[name].dtype == column.dtype
        np.testing.assert_array_equal(frame[name], column)


def test_the_numbers_of_a_table_are_counted_as_it_has_them():
    for trace in (a_run(), a_run(B=2)):
        table = to_columns(trace)
        assert numbers_in_table(trace) == len(table) * len(table["t"])
        assert numbers_in_table(trace, 1) * 3 == numbers_in_table(trace)
        assert numbers_in_table(trace, [1, 3]) * 3 == 2 * numbers_in_table(trace)


def test_without_pyarrow_a_sentence_says_so(monkeypatch):
    monkeypatch.setattr(compact, "find_spec", lambda name: None)
    with pytest.raises(ValueError, match="pyarrow"):
        to_wide_parquet(a_run())
