"""The table of quantities: each is declared here once, and every label, formula and colour comes from it.

The order is the order of computation, and the order of the columns of the trace CSV. QUANTITIES
describes the cell of 2000; `quantities_of` gives the table of any other cell.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from .formula import LATEX, WITH_NUMBERS, Rule, parents_of, sigma, tanh, written
from .params import PEEPHOLES, VARIANTS, LSTMParams

Range = tuple[float, float] | None
SIGNED = (-1.0, 1.0)
GATE = (0.0, 1.0)
UNBOUNDED = None


@dataclass(frozen=True)
class Quantity:
    """One quantity of the LSTM cell.

    key : the attribute of `LSTMTrace` or `LSTMParams`, and the CSV column.
    symbol : LaTeX. letter, index : the symbol again, for drawings: a letter and its subscript.
    range : what its values lie within, or None where nothing bounds them.
    colour : key of `view.palette`.
    rule : computes it from its parents, numbers or arrays, whose keys are the names of its arguments. None
        for what is given, for what the step before hands on, and for a sum of as many terms as there are
        weights.
    parents : keys of the quantities that it is computed from.
    sum : LaTeX of such a sum of terms.
    in_trace : False for weights, which have no time step and no CSV column.
    """

    key: str
    symbol: str
    letter: str
    index: str
    range: Range
    colour: str
    rule: Rule | None = None
    parents: tuple[str, ...] = ()
    sum: str = ""
    in_trace: bool = True

    @property
    def formula(self) -> str:
        """LaTeX; "" for what is given and not computed."""
        if self.rule is None:
            return self.sum
        return written(self.rule, {key: QUANTITIES[key].in_formula for key in self.parents}, LATEX)

    @property
    def live(self) -> str:
        """The formula for numbers, with a parent's key in braces for its value.

        "" where the formula is a sum of terms, or where there is none.
        """
        if self.rule is None:
            return "" if self.sum or not self.parents else f"{{{self.parents[0]}}}"
        return written(self.rule, {key: f"{{{key}}}" for key in self.parents}, WITH_NUMBERS)

    @property
    def in_formula(self) -> str:
        """How it is written in the formula of another quantity: a product has no sign of its own."""
        return self.formula if "·" in self.letter else self.symbol


def _computed(
    key: str, symbol: str, letter: str, index: str, rule: Rule, within: Range, colour: str
) -> Quantity:
    return Quantity(key, symbol, letter, index, within, colour, rule, parents_of(rule))


def _pre_activation(block: str, colour: str) -> Quantity:
    products = rf"W_{block} \cdot [h_{{t-1}}, x_t] + b_{block}"
    parents = (f"W_{block}", "h_prev", "x", f"b_{block}")
    return Quantity(f"z_{block}", f"z_{block}", "z", block, UNBOUNDED, colour, None, parents, products)


def _weights(block: str, colour: str) -> list[Quantity]:
    return [
        Quantity(f"{letter}_{block}", f"{letter}_{block}", letter, block, UNBOUNDED, colour, in_trace=False)
        for letter in ("Wbp" if block in PEEPHOLES else "Wb")
    ]


_TABLE = [
    *_weights("f", "f"),
    *_weights("i", "i"),
    *_weights("c", "C_tilde"),
    *_weights("o", "o"),
    Quantity("x", "x_t", "x", "t", UNBOUNDED, "x"),
    Quantity("h_prev", "h_{t-1}", "h", "t−1", SIGNED, "h", parents=("h",)),
    Quantity("C_prev", "C_{t-1}", "C", "t−1", UNBOUNDED, "C", parents=("C",)),
    _pre_activation("f", "f"),
    _computed("f", "f_t", "f", "t", lambda z_f: sigma(z_f), GATE, "f"),
    _pre_activation("i", "i"),
    _computed("i", "i_t", "i", "t", lambda z_i: sigma(z_i), GATE, "i"),
    _pre_activation("c", "C_tilde"),
    _computed("C_tilde", r"\tilde{C}_t", "C̃", "t", lambda z_c: tanh(z_c), SIGNED, "C_tilde"),
    _pre_activation("o", "o"),
    _computed("o", "o_t", "o", "t", lambda z_o: sigma(z_o), GATE, "o"),
    _computed("kept", r"f_t C_{t-1}", "f·C", "t−1", lambda f, C_prev: f * C_prev, UNBOUNDED, "kept"),
    _computed("erased", r"(1-f_t)\, C_{t-1}", "(1−f)·C", "t−1", lambda f, C_prev: (1 - f) * C_prev,
              UNBOUNDED, "erased"),
    _computed("written", r"i_t \tilde{C}_t", "i·C̃", "t", lambda i, C_tilde: i * C_tilde, SIGNED, "written"),
    _computed("C", "C_t", "C", "t", lambda kept, written: kept + written, UNBOUNDED, "C"),
    _computed("tanh_C", r"\tanh(C_t)", "tanh C", "t", lambda C: tanh(C), SIGNED, "C"),
    _computed("h", "h_t", "h", "t", lambda o, tanh_C: o * tanh_C, SIGNED, "h"),
]  # fmt: skip

QUANTITIES: dict[str, Quantity] = {quantity.key: quantity for quantity in _TABLE}
"""Every quantity by key, in the order of computation. p_f, p_i and p_o are there in some cells only."""

TRACE_KEYS: tuple[str, ...] = tuple(q.key for q in _TABLE if q.in_trace)
"""The keys that a trace holds for each step: the CSV columns, where `x` stands for x_1 … x_D."""


LABEL = "label"
"""The name of the column that names the steps, in what is written and in what is read."""


def columns(D: int, batch: bool = False) -> list[str]:
    """The header of the trace CSV: `t, unit, x_1 … x_D, h_prev, C_prev, z_f, …, tanh_C, h`.

    A batch puts `sequence` first. A run whose steps have names has LABEL last, which is not among these.
    """
    inputs = [f"x_{d + 1}" for d in range(D)]
    values = [name for key in TRACE_KEYS for name in (inputs if key == "x" else [key])]
    return ["sequence"] * batch + ["t", "unit", *values]


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
        table["f"] = replace(table["f"], rule=lambda: 1, parents=())
    if coupled:
        table["i"] = replace(table["i"], rule=lambda f: 1 - f, parents=("f",))
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
    products, bias = z.sum.rsplit(" + ", 1)
    terms = rf"{products} + p_{gate} \odot {seen.symbol} + {bias}"
    return replace(z, sum=terms, parents=(W, h_prev, x, f"p_{gate}", seen.key, b))


GATE_KEYS = {"f": "f", "i": "i", "c": "C_tilde", "o": "o"}
"""Block of W and b -> the key of the gate or candidate that is computed with it."""

GATE_OF = {key: block for block, key in GATE_KEYS.items()}
"""Key of a gate or of the candidate -> its block of W and b."""
