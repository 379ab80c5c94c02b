"""The table of quantities: each is declared here once, and every label, formula and colour comes from it.

The order is the order of computation, and the order of the columns of the trace CSV. QUANTITIES
describes the cell of 2000; `quantities_of` gives the table of any other cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from .params import PEEPHOLES, VARIANTS, LSTMParams

Range = tuple[float, float] | None
SIGNED = (-1.0, 1.0)
GATE = (0.0, 1.0)
UNBOUNDED = None


@dataclass(frozen=True)
class Quantity:
    """One quantity of the LSTM cell.

    key : the attribute of `LSTMTrace` or `LSTMParams`, and the CSV column.
    symbol, formula : LaTeX; the formula is "" for what is given and not computed.
    letter, index : the symbol again, for drawings: an upright or italic letter and its subscript.
    parents : keys of the quantities that it is computed from.
    live : the formula for numbers, with a parent's key in braces for its value; "" where the formula
        is a sum of terms, or where there is none.
    range : what its values lie within, or None where nothing bounds them.
    verb : keep, erase, write, show or "".
    colour : key of `view.palette`.
    in_trace : False for weights, which have no time step and no CSV column.
    """

    key: str
    symbol: str
    letter: str
    index: str
    formula: str
    parents: tuple[str, ...]
    range: Range
    verb: str
    colour: str
    live: str = ""
    in_trace: bool = True


def _pre_activation(block: str, colour: str) -> Quantity:
    return Quantity(
        f"z_{block}",
        f"z_{block}",
        "z",
        block,
        rf"W_{block} \cdot [h_{{t-1}}, x_t] + b_{block}",
        (f"W_{block}", "h_prev", "x", f"b_{block}"),
        UNBOUNDED,
        "",
        colour,
    )


def _weights(block: str, colour: str) -> list[Quantity]:
    return [
        Quantity(
            f"{letter}_{block}", f"{letter}_{block}", letter, block, "", (), UNBOUNDED, "", colour,
            in_trace=False,
        )
        for letter in ("Wbp" if block in PEEPHOLES else "Wb")
    ]  # fmt: skip


_TABLE = [
    *_weights("f", "f"),
    *_weights("i", "i"),
    *_weights("c", "C_tilde"),
    *_weights("o", "o"),
    Quantity("x", "x_t", "x", "t", "", (), UNBOUNDED, "", "x"),
    Quantity("h_prev", "h_{t-1}", "h", "t−1", "", ("h",), SIGNED, "", "h", live="{h}"),
    Quantity("C_prev", "C_{t-1}", "C", "t−1", "", ("C",), UNBOUNDED, "", "C", live="{C}"),
    _pre_activation("f", "f"),
    Quantity("f", "f_t", "f", "t", r"\sigma(z_f)", ("z_f",), GATE, "keep", "f", live="σ({z_f})"),
    _pre_activation("i", "i"),
    Quantity("i", "i_t", "i", "t", r"\sigma(z_i)", ("z_i",), GATE, "write", "i", live="σ({z_i})"),
    _pre_activation("c", "C_tilde"),
    Quantity(
        "C_tilde",
        r"\tilde{C}_t",
        "C̃",
        "t",
        r"\tanh(z_c)",
        ("z_c",),
        SIGNED,
        "write",
        "C_tilde",
        live="tanh({z_c})",
    ),
    _pre_activation("o", "o"),
    Quantity("o", "o_t", "o", "t", r"\sigma(z_o)", ("z_o",), GATE, "show", "o", live="σ({z_o})"),
    Quantity(
        "kept",
        r"f_t C_{t-1}",
        "f·C",
        "t−1",
        r"f_t \odot C_{t-1}",
        ("f", "C_prev"),
        UNBOUNDED,
        "keep",
        "kept",
        live="{f} × {C_prev}",
    ),
    Quantity(
        "erased",
        r"(1-f_t)\, C_{t-1}",
        "(1−f)·C",
        "t−1",
        r"(1-f_t) \odot C_{t-1}",
        ("f", "C_prev"),
        UNBOUNDED,
        "erase",
        "erased",
        live="(1 − {f}) × {C_prev}",
    ),
    Quantity(
        "written",
        r"i_t \tilde{C}_t",
        "i·C̃",
        "t",
        r"i_t \odot \tilde{C}_t",
        ("i", "C_tilde"),
        SIGNED,
        "write",
        "written",
        live="{i} × {C_tilde}",
    ),
    Quantity(
        "C",
        "C_t",
        "C",
        "t",
        r"f_t \odot C_{t-1} + i_t \odot \tilde{C}_t",
        ("kept", "written"),
        UNBOUNDED,
        "",
        "C",
        live="{kept} + {written}",
    ),
    Quantity(
        "tanh_C", r"\tanh(C_t)", "tanh C", "t", r"\tanh(C_t)", ("C",), SIGNED, "", "C", live="tanh({C})"
    ),
    Quantity(
        "h",
        "h_t",
        "h",
        "t",
        r"o_t \odot \tanh(C_t)",
        ("o", "tanh_C"),
        SIGNED,
        "show",
        "h",
        live="{o} × {tanh_C}",
    ),
]

QUANTITIES: dict[str, Quantity] = {quantity.key: quantity for quantity in _TABLE}
"""Every quantity by key, in the order of computation. p_f, p_i and p_o are there in some cells only."""

TRACE_KEYS: tuple[str, ...] = tuple(q.key for q in _TABLE if q.in_trace)
"""The keys that a trace holds for each step: the CSV columns, where `x` stands for x_1 … x_D."""


LABEL = "label"
"""The name of the column that names the steps, in what is written and in what is read."""


def columns(D: int, batch: bool = False, labels: bool = False) -> list[str]:
    """The header of the trace CSV: `t, unit, x_1 … x_D, h_prev, C_prev, z_f, …, tanh_C, h`.

    A batch puts `sequence` first. A run whose steps have names has LABEL last.
    """
    inputs = [f"x_{d + 1}" for d in range(D)]
    values = [name for key in TRACE_KEYS for name in (inputs if key == "x" else [key])]
    return ["sequence"] * batch + ["t", "unit", *values] + [LABEL] * labels


def quantities_of(params: LSTMParams) -> Mapping[str, Quantity]:
    """The table as it holds in the cell of `params`: formulas, parents and order of computation.

    Weights that the cell does not have are left out. z_i of a coupled cell and z_f of the cell of
    1997 are in the table, as in the trace, although nothing is computed from them.
    """
    return _quantities_of(params.variant)


@cache
def _quantities_of(variant: str) -> Mapping[str, Quantity]:
    forget_gate, has_peepholes, coupled = VARIANTS[variant]
    table = dict(QUANTITIES)
    if not forget_gate:
        table["f"] = replace(table["f"], formula="1", parents=(), live="1")
    if coupled:
        table["i"] = replace(table["i"], formula="1 - f_t", parents=("f",), live="1 − {f}")
    for gate in PEEPHOLES:
        if has_peepholes:
            table[f"z_{gate}"] = _seeing(table[f"z_{gate}"], gate)
        else:
            del table[f"p_{gate}"]
    if has_peepholes:  # the output gate waits for C_t
        after_C = {key: table.pop(key) for key in ("z_o", "o", "tanh_C", "h")}
        table |= after_C
    return MappingProxyType(table)


def _seeing(z: Quantity, gate: str) -> Quantity:
    """The pre-activation of a gate with a peephole, whose term stands between the products and the bias."""
    seen = QUANTITIES["C" if gate == "o" else "C_prev"]
    W, h_prev, x, b = z.parents
    products, bias = z.formula.rsplit(" + ", 1)
    formula = rf"{products} + p_{gate} \odot {seen.symbol} + {bias}"
    return replace(z, formula=formula, parents=(W, h_prev, x, f"p_{gate}", seen.key, b))


GATE_KEYS = {"f": "f", "i": "i", "c": "C_tilde", "o": "o"}
"""Block of W and b -> the key of the gate or candidate that is computed with it."""
