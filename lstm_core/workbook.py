"""A run as an Excel workbook that computes itself: trace -> **workbook** -> spreadsheet.

What can be changed by hand are numbers: the weights, the inputs and the states before the first step.
Every other cell is a formula on these, so that a changed weight changes every gate and the ledger.
"""

import io
from dataclasses import dataclass
from datetime import datetime

from .formula import SPREADSHEET, written
from .params import GATES, PEEPHOLES
from .quantities import GATE_KEYS, LABEL, TRACE_KEYS, quantities_of
from .trace import LSTMTrace, checked_sequence

MAX_ROWS = 10_000
"""T × H: a row for each unit at each step."""

MAX_PRODUCTS = 5_000_000
"""T × H × (H + D): more take a spreadsheet minutes."""

COLUMNS = ("t", "unit", *(key for key in TRACE_KEYS if key != "x"))
"""The columns of the sheet `run`: those of the trace CSV but the inputs, which have a sheet of their own.

Where steps have names, these stand in a last column of both sheets.
"""

FROM_THE_END = "t (the layer reads from the last step to the first)"
"""The head of the column `t` for a layer that reads backwards; rows stand in the order of the sequence."""


@dataclass(frozen=True)
class _Order:
    """Where the steps of a run stand in the sheets: in the order of the sequence, in whichever they are read.

    Steps are counted in the order of reading, from 1; 0 is the state before the first.
    """

    T: int
    H: int
    from_the_end: bool

    @property
    def head(self) -> str:
        return FROM_THE_END if self.from_the_end else "t"

    def t(self, step: int) -> int:
        """The step of the sequence that is read; for step 0 the one before it, as the layer reads."""
        return self.T + 1 - step if self.from_the_end else step

    def state(self, step: int) -> int:
        """The row of the state after a step."""
        return self.t(step) + (not self.from_the_end)

    def run(self, step: int, unit: int) -> int:
        """The row of a unit, from 0, at a step in the sheet `run`."""
        return 1 + (self.t(step) - 1) * self.H + unit


def fits(trace: LSTMTrace) -> bool:
    """Whether a run is small enough for a spreadsheet."""
    rows = trace.T * trace.params.H
    return rows <= MAX_ROWS and rows * (trace.params.H + trace.params.D) <= MAX_PRODUCTS


def to_workbook(trace: LSTMTrace, from_the_end: bool = False) -> bytes:
    """A run of one sequence as the bytes of an .xlsx file with the sheets weights, inputs, states and run.

    from_the_end : whether the trace is that of a layer that reads from the last step of the sequence to the
        first. Rows and `t` are in the order of the sequence, as in the CSV, and the head of `t` says so.

    Each formula carries the number of the trace, which is shown until the spreadsheet computes
    itself. A gate that was given (pinned, or f = 1 in the cell of 1997) is a number. Raises ValueError
    for a batch, for a run that is covered and for one that does not fit.
    """
    import xlsxwriter  # the one writer that needs it

    checked_sequence(trace)
    if trace.is_covered:
        raise ValueError("trace: expected a run without a question, got one whose numbers are covered")
    if not fits(trace):
        raise ValueError(
            f"trace: expected at most {MAX_ROWS:,} rows (steps × units) and {MAX_PRODUCTS:,} products for a "
            f"workbook, got {trace.T} steps of {trace.params.H} units with {trace.params.D} inputs; take the "
            ".npz or the CSV"
        )
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"created": datetime(2000, 1, 1)})  # the same run gives the same file
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1}),
        "given": book.add_format({"bg_color": "#FFF7D6", "num_format": "0.0000"}),
        "made": book.add_format({"num_format": "0.0000"}),
    }
    sheets = {name: book.add_worksheet(name) for name in ("weights", "inputs", "states", "run")}
    _weights(sheets["weights"], trace, formats)
    order = _Order(trace.T, trace.params.H, from_the_end)
    _inputs(sheets["inputs"], trace, order, formats)
    _states(sheets["states"], trace, order, formats)
    _run(sheets["run"], trace, order, formats)
    for name, frozen in (("weights", 2), ("inputs", 1), ("states", 1), ("run", 2)):
        sheets[name].freeze_panes(1, frozen)
    book.close()
    return file.getvalue()


def _header(sheet, names, formats) -> None:
    for column, name in enumerate(names):
        sheet.write_string(0, column, name, formats["head"])


def _names(kind: str, count: int) -> list[str]:
    return [f"{kind}_{number + 1}" for number in range(count)]


def _label_column(trace: LSTMTrace) -> list[str]:
    return [LABEL] if trace.labels else []


def _label(sheet, row: int, column: int, trace: LSTMTrace, step: int) -> None:
    """The name of a step as a text, which no spreadsheet runs as a formula, whatever it begins with."""
    if trace.labels and trace.labels[step - 1]:
        sheet.write_string(row, column, trace.labels[step - 1])


def _weights(sheet, trace: LSTMTrace, formats) -> None:
    """A row for each gate and unit: the weights of h_prev, those of x, the bias, and the peephole."""
    params = trace.params
    peepholes = {} if params.peepholes is None else dict(zip(PEEPHOLES, params.peepholes, strict=True))
    _header(
        sheet,
        ["gate", "unit", *_names("h", params.H), *_names("x", params.D), "b"] + ["p"] * bool(peepholes),
        formats,
    )
    for block, gate in enumerate(GATES):
        for unit in range(params.H):
            row = _weight_row(params.H, block, unit)
            sheet.write_string(row, 0, gate)
            sheet.write_number(row, 1, unit + 1)
            numbers = [*params.W[block, unit], params.b[block, unit]]
            if gate in peepholes:
                numbers.append(peepholes[gate][unit])
            for column, number in enumerate(numbers, start=2):
                sheet.write_number(row, column, float(number), formats["given"])


def _weight_row(H: int, block: int, unit: int) -> int:
    return 1 + block * H + unit


def _inputs(sheet, trace: LSTMTrace, order: _Order, formats) -> None:
    _header(sheet, [order.head, *_names("x", trace.params.D), *_label_column(trace)], formats)
    for step, x in enumerate(trace.x, start=1):
        row = order.t(step)
        _label(sheet, row, 1 + trace.params.D, trace, step)
        sheet.write_number(row, 0, order.t(step))
        for column, number in enumerate(x, start=1):
            sheet.write_number(row, column, float(number), formats["given"])


def _states(sheet, trace: LSTMTrace, order: _Order, formats) -> None:
    """h and C after each step; those before the first are numbers, the others stand in the sheet `run`."""
    H = trace.params.H
    _header(sheet, [order.head, *_names("h", H), *_names("C", H)], formats)
    for step in range(trace.T + 1):
        row = order.state(step)
        sheet.write_number(row, 0, order.t(step))
        for place, key in enumerate(("h", "C")):
            before, after = getattr(trace, f"{key}_prev"), getattr(trace, key)
            for unit in range(H):
                column = 1 + place * H + unit
                if step == 0:
                    sheet.write_number(row, column, float(before[0, unit]), formats["given"])
                else:
                    source = _cell(order.run(step, unit), COLUMNS.index(key))
                    value = float(after[step - 1, unit])
                    sheet.write_formula(row, column, f"=run!{source}", formats["made"], value)


def _run(sheet, trace: LSTMTrace, order: _Order, formats) -> None:
    _header(sheet, [order.head, *COLUMNS[1:], *_label_column(trace)], formats)
    for step in range(1, trace.T + 1):
        for unit in range(trace.params.H):
            row = order.run(step, unit)
            sheet.write_number(row, 0, order.t(step))
            sheet.write_number(row, 1, unit + 1)
            _label(sheet, row, len(COLUMNS), trace, step)
            for key, formula in _formulas(trace, step, unit, order).items():
                value = float(getattr(trace, key)[step - 1, unit])
                column = COLUMNS.index(key)
                if formula is None:
                    sheet.write_number(row, column, value, formats["given"])
                else:
                    sheet.write_formula(row, column, f"={formula}", formats["made"], value)


def _formulas(trace: LSTMTrace, step: int, unit: int, order: _Order) -> dict[str, str | None]:
    """The formula of each quantity in a row of the sheet `run`; None for a gate that was given."""
    params = trace.params
    here = {key: _cell(order.run(step, unit), column) for column, key in enumerate(COLUMNS)}
    before = order.state(step - 1)
    made: dict[str, str | None] = {
        "h_prev": f"states!{_cell(before, 1 + unit)}",
        "C_prev": f"states!{_cell(before, 1 + params.H + unit)}",
    }
    for block, gate in enumerate(GATES):
        made[f"z_{gate}"] = _pre_activation(trace, step, unit, block, here, order)
    made |= {
        key: written(quantity.rule, here, SPREADSHEET)
        for key, quantity in quantities_of(params).items()
        if quantity.rule
    }
    if trace.pinned is not None:
        for block, gate in enumerate(GATES):
            if trace.pinned[step - 1, block, unit]:
                made[GATE_KEYS[gate]] = None
    return made


def _pre_activation(
    trace: LSTMTrace, step: int, unit: int, block: int, here: dict[str, str], order: _Order
) -> str:
    H, D = trace.params.H, trace.params.D
    weights = _weight_row(H, block, unit)
    from_h = f"SUMPRODUCT(states!{_range(order.state(step - 1), 1, H)},weights!{_range(weights, 2, H)})"
    from_x = f"SUMPRODUCT(inputs!{_range(order.t(step), 1, D)},weights!{_range(weights, 2 + H, D)})"
    formula = f"{from_h}+{from_x}+weights!{_cell(weights, 2 + H + D)}"
    if trace.params.peepholes is not None and GATES[block] != "c":
        seen = here["C" if GATES[block] == "o" else "C_prev"]
        formula += f"+weights!{_cell(weights, 3 + H + D)}*{seen}"
    return formula


def _cell(row: int, column: int) -> str:
    """The address of a cell, both counted from 0: (0, 0) is A1."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def _range(row: int, first: int, count: int) -> str:
    return f"{_cell(row, first)}:{_cell(row, first + count - 1)}"
