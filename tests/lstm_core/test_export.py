"""The trace as CSV: a contract of columns, and floats that come back bit for bit."""

import csv
import io
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from lstm_core.export import frame_to_csv, read_csv, to_csv, to_frame
from lstm_core.quantities import TRACE_KEYS, columns
from lstm_core.workbench.presets import PRESETS, preset
from tests.collected import collected
from tests.conftest import ROOT
from tests.lstm_core.examples import experiments

CONTRACT = (
    "t, unit, x_1 … x_D, h_prev, C_prev, z_f, f, z_i, i, z_c, C_tilde, z_o, o, "
    "kept, erased, written, C, tanh_C, h"
)


@pytest.mark.parametrize("D", [1, 3])
def test_the_header_is_the_contract_word_for_word(D):
    inputs = ", ".join(f"x_{d}" for d in range(1, D + 1))
    header = CONTRACT.replace("x_1 … x_D", inputs).split(", ")
    assert columns(D) == header
    assert columns(D, batch=True) == ["sequence", *header]
    text = to_csv(preset("latch").resized(D=D).trace())
    assert text.partition("\n")[0] == ",".join(header)


def test_the_data_dictionary_names_every_column_in_order():
    section = (ROOT / "README.md").read_text("utf-8").partition("## The CSV")[2].partition("\n## ")[0]
    first_cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    assert ", ".join(re.findall("`([^`]+)`", "".join(first_cells))) == f"{CONTRACT}, label"


@given(experiments(within=1e6))
def test_values_are_those_of_the_trace_bit_for_bit(experiment):
    trace = experiment.run()
    frame = read_csv(to_csv(trace))
    H, D, is_batch = experiment.params.H, experiment.params.D, trace.x.ndim == 3
    B = trace.x.shape[1] if is_batch else 1
    assert list(frame.columns) == columns(D, is_batch)
    places = frame[["sequence", "t", "unit"]] if is_batch else frame[["t", "unit"]].assign(sequence=1)
    expected = [(b + 1, t + 1, unit + 1) for b, t, unit in np.ndindex(B, trace.T, H)]
    assert [*places[["sequence", "t", "unit"]].itertuples(index=False, name=None)] == expected
    by_sequence = frame.to_numpy()[:, -len(columns(D)) :].reshape(B, trace.T, H, -1)
    of_units = np.stack([getattr(trace, key) for key in TRACE_KEYS if key != "x"], axis=-1)
    of_units = of_units.reshape(trace.T, B, H, -1).swapaxes(0, 1)
    for ours, theirs in (
        (by_sequence[..., 2 + D :], of_units),
        (by_sequence[:, :, H - 1, 2 : 2 + D], trace.x.reshape(trace.T, B, D).swapaxes(0, 1)),
    ):
        assert np.ascontiguousarray(ours).tobytes() == np.ascontiguousarray(theirs).tobytes()


def written_by_pandas(trace) -> str:
    return to_frame(trace).to_csv(index=False, lineterminator="\n")


@given(experiments(within=1e6) | experiments(within=1e6, dtype=np.float32))
def test_csv_is_byte_for_byte_what_pandas_writes(experiment):
    trace = experiment.run()
    assert to_csv(trace) == written_by_pandas(trace)


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf, -0.0, 1e-300, 1e22, 123456789.0])
def test_rare_numbers_and_what_a_question_covers_are_written_as_pandas_does(number):
    trace = preset("random").trace()
    trace = replace(trace, tanh_C=np.full_like(trace.tanh_C, number))
    assert to_csv(trace) == written_by_pandas(trace)


@collected("key", PRESETS)
def test_csv_is_plain_ascii_with_points_and_one_form_of_line(key):
    text = to_csv(preset(key).trace())
    assert text.isascii() and text.endswith("\n") and "\r" not in text
    number, label = r"-?\d+(\.\d+)?(e-?\d+)?", r',([^",]+|".")' if preset(key).labels else ""
    for line in text.splitlines()[1:]:
        assert re.fullmatch(rf"{number}(,{number})*{label}", line)


def test_one_unit_of_a_run_is_its_rows_alone():
    trace = preset("random").trace()
    frame = to_frame(trace)
    for unit in (1, 2):
        rows = frame[frame["unit"] == unit].reset_index(drop=True)
        pd.testing.assert_frame_equal(to_frame(trace, unit), rows)
        assert to_csv(trace, unit) == frame_to_csv(rows)
    with pytest.raises(ValueError, match="unit"):
        to_frame(trace, 3)


@pytest.mark.parametrize("cell", ["a\r=1+1", "a\r\n=1+1", "\r=1+1", "\r"])
def test_no_cell_can_start_a_row_of_its_own(cell):
    rows = list(csv.reader(io.StringIO(frame_to_csv(pd.DataFrame({"note": [cell]})), newline="")))
    assert len(rows) == 2 and not rows[1][0].startswith(("=", "\r"))
