"""A pre-activation as bars, one for each term of its sum: trace -> **pre-activation** -> SVG."""

import numpy as np

from ...explain import Term, pre_activation_terms
from ...labels import step_name
from ...quantities import GATE_KEYS, QUANTITIES, SIGNED
from ...rounding import nice_limit, parts_of_sum, text
from ...trace import LSTMTrace
from ...words import Words
from .. import svg
from ..palette import COLOURS, MUTED, THEME_INK
from ..typeset import bold_width, spoken

MOST_TERMS = 9
"""The most lines of terms. Where there are more terms, the smallest are added up into one line."""

_WIDTH, _ROW, _HEAD = 300, 22, 18
_BAR_LEFT, _BAR_RIGHT = 178, 240


def pre_activation_bars(trace: LSTMTrace, t: int, unit: int, gate: str, words: Words) -> str:
    """The terms that z of a gate is the sum of, z, and what σ or tanh made of it, as an SVG document.

    gate : "f", "i", "c" or "o". t, unit : count from 1. The numbers of the terms add up to z as shown.
    """
    terms = pre_activation_terms(trace, t, unit, gate)
    key, z_key = GATE_KEYS[gate], f"z_{gate}"
    z, value = (float(getattr(trace, name)[t - 1, unit - 1]) for name in (z_key, key))
    rows, rest = _largest(terms)
    products = [term.product for term in rows] + ([sum(term.product for term in rest)] if rest else [])
    parts, total = parts_of_sum(products, z)
    limit = nice_limit(np.array([*products, z]))
    colour = COLOURS[key]

    lines = []
    for number, part in enumerate(parts):
        y = _HEAD + number * _ROW
        if number < len(rows):
            lines.append(_term_label(rows[number], y, t, words))
        else:
            lines.append(svg.text(0, y, words("terms.rest", n=len(rest)), fill=MUTED, font_size=13))
        lines.append(_bar(part, limit, y, colour))
        lines.append(_number(part, y, bold=False))
    y = _HEAD + len(parts) * _ROW
    lines.append(svg.tag("line", x1=0, x2=_WIDTH, y1=y - 15, y2=y - 15, stroke=MUTED, stroke_width=1))
    lines.append(_text(0, y + 4, svg.symbol(QUANTITIES[z_key]), colour))
    lines.append(_bar(total, limit, y + 4, colour, opacity=1))
    lines.append(_number(total, y + 4, bold=True, data_quantity=z_key, data_t=t, data_unit=unit))
    y += 32
    function = "tanh" if gate == "c" else "σ"
    lines.append(_text(0, y, f"{svg.symbol(QUANTITIES[key])} = {function}({text(z)})", colour))
    sign = QUANTITIES[key].range == SIGNED
    lines.append(
        _number(value, y, bold=True, sign=sign, fill=colour, data_quantity=key, data_t=t, data_unit=unit)
    )
    height = y + 12
    step = step_name(t, trace.labels, words)
    title = svg.escaped(words("terms.title", gate=words(f"quantity.{key}"), t=step, unit=unit))
    body = svg.tag("title", title) + "".join(lines)
    return svg.tag(
        "svg", body, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {_WIDTH} {height}", role="img",
        class_="terms", style=f"max-width:{_WIDTH * 1.2:.0f}px",
    )  # fmt: skip


def _largest(terms: list[Term]) -> tuple[list[Term], list[Term]]:
    """The terms that get a line, in the order of the equation, and those that are added up into one."""
    if len(terms) <= MOST_TERMS:
        return terms, []
    order = sorted(terms[:-1], key=lambda term: -abs(term.product))
    largest = set(order[: MOST_TERMS - 2])
    return [term for term in terms[:-1] if term in largest] + terms[-1:], order[MOST_TERMS - 2 :]


def _term_label(term: Term, y: float, t: int, words: Words) -> str:
    """What the term comes from, its weight, which leads to its slider, and the number that it multiplies."""
    if term.kind == "b":
        symbol = svg.symbol(QUANTITIES[f"b_{term.address[2]}"])
        return _choosable(_text(0, y, symbol, THEME_INK), words("terms.to_slider"), term)
    source = QUANTITIES[term.source]
    index = f"{term.index}" if term.kind == "V" else f"{source.index}, {term.index}"
    factor = text(term.factor)
    where = {"data_index" if term.kind == "V" else "data_unit": term.index}
    return (
        _text(0, y, svg.symbol(source, index), svg.paint(source.colour))
        + _choosable(_cell(104, y, text(term.weight)), words("terms.to_slider"), term)
        + svg.text(112, y, "×", text_anchor="middle", font_size=13, fill=MUTED)
        + _cell(
            164, y, factor, data_quantity=source.key, data_t=t, **where, role="button", tabindex=0,
            aria_label=f"{words(f'quantity.{source.key}')} {spoken(factor, words)}",
        )
    )  # fmt: skip


def _choosable(body: str, name: str, term: Term) -> str:
    return svg.tag(
        "g", body, data_role="slider", data_value=term.address, role="button", tabindex=0, aria_label=name
    )


def _cell(x: float, y: float, number: str, **more) -> str:
    look = {"text_anchor": "end", "class_": "num", "font_size": 14, "fill": THEME_INK, "font_weight": 400}
    return svg.text(x, y, number, **look, **more)


def _text(x: float, y: float, markup: str, colour: str) -> str:
    """`markup` is tspans that are escaped already."""
    return svg.tag("text", markup, x=x, y=y, font_size=15, fill=colour, font_weight=600)


def _bar(value: float, limit: float, y: float, colour: str, opacity: float = 0.75) -> str:
    middle = (_BAR_LEFT + _BAR_RIGHT) / 2
    length = abs(value) / limit * (_BAR_RIGHT - _BAR_LEFT) / 2
    return svg.tag(
        "line", x1=middle, x2=middle, y1=y - 15, y2=y + 6, stroke=MUTED, stroke_width=1
    ) + svg.tag(
        "rect", x=middle - (length if value < 0 else 0), y=y - 11, width=length, height=12, rx=2,
        fill=colour, opacity=opacity,
    )  # fmt: skip


def _number(value: float, y: float, bold: bool, sign: bool = True, fill: str = THEME_INK, **data) -> str:
    number = text(value, sign=sign, in_full=True)
    size = min(15.0, 15 * (_WIDTH - _BAR_RIGHT - 4) / bold_width(number, 15))
    return svg.text(
        _WIDTH, y, number, text_anchor="end", class_="num", font_size=size,
        font_weight=700 if bold else 400, fill=fill, **data,
    )  # fmt: skip
