"""Sequences as tables with headers of any name, as spreadsheets write them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.export import to_csv
from lstm_core.workbench.presets import preset
from lstm_core.workbench.refused import Refused
from lstm_core.workbench.table import MOST_COLUMNS, MOST_STEPS, read_table
from tests.collected import collected


def test_columns_keep_their_names_and_one_of_dates_is_set_aside():
    table = read_table("날짜;온도;습도\n2024-01-01;0,5;-1\n2024-01-02;1,25;2e-1\n".encode("utf-8-sig"))
    assert table.names == ("온도", "습도") and table.set_aside == ("날짜",)
    assert table.values.tolist() == [[0.5, -1], [1.25, 0.2]]


def test_inputs_are_proposed_by_name_and_else_by_place():
    table = read_table(b"x_2,time,x_1\n1,2,3\n")
    assert table.proposed(2) == (2, 0) and table.proposed(1) == (2,) and table.proposed(3) == (0, 1, 2)
    assert read_table(b"a,b\n1,2\n").proposed(3) == (0, 1)


REFUSED = {
    "empty": b"\n\n", "no_rows": b"a,b\n", "no_numbers": b'a,b\n"1,5","2,5"\n', "ragged": b"a,b\n1,2\n1\n",
    "not_a_number": b"a,b\n1,2\n1,x\n", "empty_cell": b"a,b\n1,2\n1,\n", "too_big": b"a\n1e99\n",
    "too_long": b"1\n" * (MOST_STEPS + 1), "too_wide": b",".join([b"1"] * (MOST_COLUMNS + 1)),
    "encoding": b"\x00\x01\x02", "too_many_bytes": b"1\n" * 3_000_000,
}  # fmt: skip


@collected("reason", REFUSED)
def test_a_table_that_is_none_is_refused(reason):
    with pytest.raises(Refused) as caught:
        read_table(REFUSED[reason])
    assert caught.value.reason == reason


@given(st.binary(max_size=300))
def test_any_bytes_give_a_table_or_a_refusal(content):
    try:
        table = read_table(content)
    except Refused:
        return
    assert table.values.shape[1] == len(table.names) > 0 and np.isfinite(table.values).all()


def test_of_the_trace_csv_the_rows_of_unit_1_are_read_and_their_inputs_alone():
    trace = preset("random").trace()
    table = read_table(to_csv(trace).encode())
    assert table.names == ("x_1", "x_2") and table.values.tolist() == trace.x.tolist()


def test_pairs_of_whole_numbers_are_two_numbers_where_two_are_wanted_and_refused_elsewhere():
    table = read_table(b"1,5\n0,1\n", D=2)
    assert table.values.tolist() == [[1, 5], [0, 1]] and table.names == ("1", "2") and not table.set_aside
    for D in (None, 1):
        with pytest.raises(Refused) as caught:
            read_table(b"1,5\n0,1\n", D=D)
        assert caught.value.reason == "ambiguous"


def test_a_notebook_hears_a_sentence():
    with pytest.raises(Refused, match="Line 3: `x` is not a number."):
        read_table(b"a,b\n1,2\n1,x\n")
