"""The workbook computes what the core computes, and its formulas follow a changed weight."""

import csv
import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from itertools import product
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from lstm_core import LSTMParams, forward
from lstm_core.npz import to_npz
from lstm_core.params import VARIANTS
from lstm_core.quantities import TRACE_KEYS
from lstm_core.readers import read_layers
from lstm_core.workbook import COLUMNS, _cell, fits, to_workbook
from tests.collected import collected

SHEETS = ("weights", "inputs", "states", "run")


def a_run(variant: str = "lstm", T=5, D=2, H=3, **options):
    random = np.random.default_rng(5)
    params = LSTMParams(random.normal(size=(4, H, H + D)), random.normal(size=(4, H))).with_variant(variant)
    if params.peepholes is not None:
        peepholes = random.normal(size=(3, H))
        params = LSTMParams(params.W, params.b, params.forget_gate, peepholes, params.coupled)
    return forward(
        params, random.normal(size=(T, D)), random.normal(size=H), random.normal(size=H), **options
    )


def cells(book: bytes) -> dict[str, dict[str, ElementTree.Element]]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        trees = [ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{n + 1}.xml")) for n in range(4)]
    return {
        name: {cell.get("r"): cell for cell in tree.findall(".//{*}c")}
        for name, tree in zip(SHEETS, trees, strict=True)
    }


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_cell_shows_the_number_of_the_trace(variant):
    trace = a_run(variant)
    run = cells(to_workbook(trace))["run"]
    for key in COLUMNS[2:]:
        shown = [float(run[_cell(row, COLUMNS.index(key))].find("{*}v").text) for row in range(1, 16)]
        np.testing.assert_allclose(shown, getattr(trace, key).reshape(-1), rtol=1e-15, atol=0)


def test_only_weights_inputs_and_first_states_are_numbers():
    sheets = cells(to_workbook(a_run()))
    for name, formulas in (("weights", False), ("inputs", False), ("run", True)):
        numbers = {
            at: cell for at, cell in sheets[name].items() if cell.get("t") != "s" and at[0] not in "AB"
        }
        assert numbers and all((cell.find("{*}f") is not None) == formulas for cell in numbers.values())
    states = sheets["states"]
    assert states["B2"].find("{*}f") is None and states["B3"].find("{*}f") is not None


def test_a_pinned_gate_is_a_number():
    pinned = np.full((5, 4, 3), np.nan)
    pinned[2, 0, 1] = 0.25
    run = cells(to_workbook(a_run(pinned=pinned)))["run"]
    at = _cell(1 + 2 * 3 + 1, COLUMNS.index("f"))
    assert run[at].find("{*}f") is None and run[at].find("{*}v").text == "0.25"


def test_the_same_run_gives_the_same_file():
    assert to_workbook(a_run()) == to_workbook(a_run())


def test_what_no_spreadsheet_bears_is_refused():
    large = a_run(T=4000, H=3)
    assert not fits(large) and fits(a_run())
    with pytest.raises(ValueError, match="4000 steps"):
        to_workbook(large)
    with pytest.raises(ValueError, match="batch"):
        to_workbook(forward(a_run().params, np.zeros((3, 2, 2))))


def with_changed_cell(book: bytes, sheet: str, at: str, value: float) -> bytes:
    """The workbook with another number in one cell, all else as it was."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as archive, zipfile.ZipFile(changed, "w") as out:
        for name in archive.namelist():
            content = archive.read(name)
            if name == f"xl/worksheets/sheet{SHEETS.index(sheet) + 1}.xml":
                pattern = rf'(<c r="{at}"[^>]*><v>)[^<]*(</v>)'
                content, count = re.subn(pattern, rf"\g<1>{value!r}\g<2>", content.decode())
                assert count == 1
            out.writestr(name, content)
    return changed.getvalue()


SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""
"""LibreOffice computes every formula anew when it opens a file."""


def computed_by_libreoffice(books: dict[str, bytes], folder: Path) -> dict[str, list[dict[str, str]]]:
    """The sheet `run` of each workbook as LibreOffice computes it. To start it takes longer than all else."""
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(SETTINGS, "utf-8")
    for name, book in books.items():
        (folder / f"{name}.xlsx").write_bytes(book)
    fourth_sheet_in_full = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,4"
    subprocess.run(
        [
            "soffice", "--headless", f"-env:UserInstallation={profile.parent.as_uri()}",
            "--convert-to", fourth_sheet_in_full, "--outdir", folder,
            *(folder / f"{name}.xlsx" for name in books),
        ],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    made = {name: (folder / f"{name}-run.csv").read_text("utf-8") for name in books}
    return {name: list(csv.DictReader(io.StringIO(text))) for name, text in made.items()}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice, which computes the formulas")
def test_a_changed_weight_recomputes_the_ledger(tmp_path):
    books, expected = {}, {}
    for variant in VARIANTS:
        trace = a_run(variant)
        W = trace.params.W.copy()
        W[2, 1, 3] = -1.5  # of the candidate of unit 2, on x_1
        cell = _cell(1 + 2 * 3 + 1, 2 + 3)
        books[variant] = with_changed_cell(to_workbook(trace), "weights", cell, -1.5)
        changed = forward(replace(trace.params, W=W), trace.x, trace.h_prev[0], trace.C_prev[0])
        assert np.abs(changed.C - trace.C).max() > 0.05
        expected[variant] = changed
    computed = computed_by_libreoffice(books, tmp_path)

    @collected("variant, key", product(VARIANTS, COLUMNS[2:]))
    def is_recomputed(variant, key):
        numbers = [float(row[key]) for row in computed[variant]]
        right = getattr(expected[variant], key).reshape(-1)
        np.testing.assert_allclose(numbers, right, rtol=0, atol=1e-12)

    is_recomputed()


@pytest.mark.parametrize("variant", VARIANTS)
def test_all_arrays_go_into_one_file_that_reads_back_as_the_layer(variant):
    trace = a_run(variant)
    content = to_npz(trace, layer="encoder")
    with np.load(io.BytesIO(content)) as arrays:
        for key in TRACE_KEYS:
            np.testing.assert_array_equal(arrays[key], getattr(trace, key))
        assert str(arrays["layer"]) == "encoder"
        again = forward(read_layers(content)[0].params, arrays["x"], arrays["h0"], arrays["C0"])
    np.testing.assert_array_equal(again.h, trace.h)
