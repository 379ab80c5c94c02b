"""Every number of a run as a table: trace -> **numbers_table** -> HTML that is read like any other table."""

from ..labels import shown
from ..quantities import QUANTITIES
from ..rounding import ShownNumbers, text
from ..trace import LSTMTrace
from ..words import Words
from . import svg
from .palette import readable

MOST_ROWS = 60
"""The most rows. Of a run with more the table holds those of the unit in focus, around the step in focus."""

LEDGER = ("C_prev", "f", "kept", "erased", "i", "C_tilde", "written", "C", "o", "tanh_C", "h")
"""What makes C, in its order, then what is shown of it: the columns that come first."""

SUMS = ("h_prev", "z_f", "z_i", "z_c", "z_o")
"""What the gates read and sum up, beside the inputs."""

Column = tuple[str, int]
"""The key of a quantity, and of x the number of the input, else 0."""


def numbers_table(trace: LSTMTrace, unit: int, t: int, words: Words) -> str:
    """One row for each step and unit, one column for each quantity; the row in focus is marked.

    Each number can be chosen, and the ledger of each row adds up as shown. unit, t : from 1. A covered number
    is "?".
    """
    T, H, D = trace.T, trace.params.H, trace.params.D
    units, first = range(1, H + 1), 1
    if T * H > MOST_ROWS:
        units, first = range(unit, unit + 1), min(max(t - MOST_ROWS // 2, 1), max(T - MOST_ROWS + 1, 1))
    steps = range(first, min(first + MOST_ROWS, T + 1) if len(units) == 1 else T + 1)
    columns: list[Column] = [(key, 0) for key in LEDGER]
    columns += [("x", d) for d in range(1, D + 1)] + [(key, 0) for key in SUMS]
    is_whole = len(steps) * len(units) == T * H
    about = {} if is_whole else {"unit": unit, "first": steps[0], "last": steps[-1], "T": T}
    caption = svg.tag("caption", svg.escaped(words("table.all" if is_whole else "table.part", **about)))
    numbers = ShownNumbers(trace)
    rows = "".join(_row(numbers, step, k, columns, (step, k) == (t, unit)) for step in steps for k in units)
    head = svg.tag("thead", svg.tag("tr", _names(trace, columns, words)))
    return svg.tag(
        "div", svg.tag("table", caption + head + svg.tag("tbody", rows)), class_="numbers", tabindex=0,
        role="region", aria_label=words("table.name"), data_key="numbers",
    )  # fmt: skip


def _names(trace: LSTMTrace, columns: list[Column], words: Words) -> str:
    """The names of the columns: a symbol to see, and in words to hear."""
    plain = [words("controls.step"), words("controls.unit"), *([words("axis.label")] if trace.labels else [])]
    return "".join(svg.tag("th", svg.escaped(name), scope="col") for name in plain) + "".join(
        _name(key, d, words) for key, d in columns
    )


def _name(key: str, d: int, words: Words) -> str:
    quantity = QUANTITIES[key]
    name = words(f"quantity.{key}")
    index = svg.tag("sub", f"{d}" if key == "x" else svg.escaped(quantity.index))
    symbol = svg.tag("span", svg.tag("i", svg.escaped(quantity.letter)) + index, aria_hidden="true")
    said = words("diagram.of_input", name=name, index=d) if key == "x" else name
    return svg.tag(
        "th", symbol + svg.tag("span", svg.escaped(said), class_="spoken"), scope="col", title=said,
        style=f"color:{readable(quantity.colour)}", data_symbol=key,
    )  # fmt: skip


def _row(numbers: ShownNumbers, step: int, k: int, columns: list[Column], here: bool) -> str:
    labels = numbers.trace.labels
    label = svg.tag("td", svg.escaped(shown(labels[step - 1]))) if labels else ""
    cells = svg.tag("th", str(step), scope="row", data_role="step") + svg.tag("td", str(k)) + label
    for key, d in columns:
        number = text(numbers.at(key, step, d or k), sign=key == "written")
        cells += svg.tag("td", number, data_quantity=key, data_index=d or None)
    return svg.tag(
        "tr", cells, data_t=step, data_unit=k, aria_current="step" if here else None, data_key=f"{step}.{k}"
    )
