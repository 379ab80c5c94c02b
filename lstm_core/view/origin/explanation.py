"""Where a number comes from, for the column beside the diagram: explanation -> **HTML text**.

Every number in it that has an origin of its own can be chosen in turn.
"""

import re
from html import escape

from ...explain import BEFORE, Explanation, Place, evaluate, explain
from ...labels import step_name
from ...quantities import QUANTITIES, quantities_of
from ...rounding import ShownNumbers, equals, text
from ...trace import LSTMTrace
from ...words import Words
from .. import svg
from ..palette import readable
from ..typeset import spoken
from .pre_activation import pre_activation_bars

_IN_BRACES = re.compile(r"\{(\w+)\}")


def explanation_panel(trace: LSTMTrace, place: Place, words: Words) -> str:
    """The number at a place, its formula in symbols and in numbers, and in a sentence what it means, as HTML.

    Raises KeyError for a place that the run has not.
    """
    explained, numbers = explain(trace, place), ShownNumbers(trace)
    return svg.tag(
        "div",
        _head(numbers, place, words)
        + _formula(numbers, explained, words)
        + svg.tag("p", _meaning(numbers, explained, words), class_="meaning"),
        class_="why",
    )


def _head(numbers: ShownNumbers, place: Place, words: Words) -> str:
    step = step_name(place.t, numbers.trace.labels, words)
    where = words("why.where_input" if place.key == "x" else "why.where", t=step, unit=place.unit)
    name = words(f"quantity.{place.key}")
    value = svg.tag("b", escape(_shown(numbers, place)), class_="value")
    return svg.tag(
        "h2", f"{_symbol(place)} = {value}", class_="head", style=f"color:{_colour(place.key)}"
    ) + svg.tag("p", escape(f"{name} · {where}"), class_="where")


def _formula(numbers: ShownNumbers, explained: Explanation, words: Words) -> str:
    place = explained.place
    if place.key.startswith("z_"):
        return pre_activation_bars(numbers.trace, place.t, place.unit, place.key[2:], words)
    if place.key in BEFORE:
        (earlier,) = explained.parents
        line = f"{_symbol(place)} = {_symbol(earlier)} = {_number(numbers, earlier, words)}"
        return _line(line) + _by_hand(numbers, place, earlier, words)
    if not explained.parents:
        return ""
    quantity = quantities_of(numbers.trace.params)[place.key]
    by_key = {parent.key: parent for parent in explained.parents}
    in_symbols = _IN_BRACES.sub(lambda match: _symbol(_earlier(by_key[match[1]])), quantity.live)
    in_numbers = _IN_BRACES.sub(
        lambda match: _number(numbers, by_key[match[1]], words, quantity.live[: match.start()]),
        quantity.live,
    )
    result = numbers.at(place.key, place.t, place.unit)
    shown_parents = [numbers.at(parent.key, parent.t, parent.unit) for parent in explained.parents]
    sign = equals(evaluate(numbers.trace, place.key, shown_parents), result)
    return _line(f"{_symbol(place)} = {in_symbols}") + _line(
        f"{in_numbers} {sign} {svg.tag('b', escape(_shown(numbers, place)))}"
    )


def _by_hand(numbers: ShownNumbers, place: Place, earlier: Place, words: Words) -> str:
    """What a hand added to C of the step before; "" where none did."""
    hand = numbers.trace.hand
    if place.key != "C_prev" or hand is None or not hand[place.t - 1, place.unit - 1]:
        return ""
    before, after = (numbers.at(of.key, of.t, of.unit) for of in (earlier, place))
    return _line(
        escape(words("why.hand", before=text(before), hand=text(after - before, sign=True), C=text(after)))
    )


def _meaning(numbers: ShownNumbers, explained: Explanation, words: Words) -> str:
    """A sentence on what the number means, which also answers what learners most often get wrong about it.

    While a question is open there is none, because it may be the answer.
    """
    trace = numbers.trace
    if trace.is_covered:
        return escape(words("covered.why"))
    place, value = explained.place, explained.value
    shown = text(value)
    if explained.given is not None and (place.key != "f" or trace.params.forget_gate):
        return escape(words("why.pinned", value=shown, given=text(explained.given)))
    if place.t == 0:
        return escape(words("why.before_step_1"))
    key = place.key
    if key == "f" and not trace.params.forget_gate:
        key = "f_1997"
    if key == "i" and trace.params.coupled:
        key = "i_coupled"
    if key == "C_prev" and trace.params.peepholes is not None:
        key = "C_prev_peephole"
    share = round(100 * abs(numbers.at(place.key, max(place.t, 1), place.unit)))
    return escape(words(f"why.{key}", value=shown, share=share, rest=100 - share))


def _number(numbers: ShownNumbers, place: Place, words: Words, before: str | None = None) -> str:
    """A number that can be chosen.

    before : in a formula, the text in front of the number. There it has no plus, and a negative one stands
        in brackets, unless a bracket opens just before it.
    """
    shown = written = _shown(numbers, place)
    if before is not None:
        written = shown.removeprefix("+")
        written = f"({written})" if written.startswith("−") and not before.endswith("(") else written
    name = words(f"quantity.{place.key}")
    where = {"data_index": place.unit} if place.key == "x" else {"data_unit": place.unit}
    return svg.tag(
        "span", escape(written), class_="num",
        role="button", tabindex=0, data_quantity=place.key, data_t=place.t, **where,
        style=f"color:{_colour(place.key)}", aria_label=f"{name} {spoken(shown, words)}",
    )  # fmt: skip


def _shown(numbers: ShownNumbers, place: Place) -> str:
    if place.t == 0:
        return text(numbers.at(f"{place.key}_prev", 1, place.unit))
    signed = place.key in ("written", "C_tilde")
    return text(numbers.at(place.key, place.t, place.unit), sign=signed)


def _earlier(place: Place) -> Place:
    """C_{t-1} of step 5 as C of step 4; any other place as it is."""
    return Place(BEFORE[place.key], place.t - 1, place.unit) if place.key in BEFORE else place


def _symbol(place: Place) -> str:
    """The symbol with its step put in: f with a small 5; a product with the step of each of its factors."""
    quantity = QUANTITIES[place.key]
    if place.key.startswith("z_") or place.key in BEFORE:  # h_{t-1} of step 5 is h_4, as the panel shows
        index = quantity.index
    else:
        index = str(place.t - 1 if quantity.index == "t−1" else place.t)
        index = f"{index},{place.unit}" if place.key == "x" else index
    gate, dot, letter = quantity.letter.rpartition("·")
    own, bracket = gate.rstrip(")"), ")" if gate.endswith(")") else ""
    factor = f"<i>{escape(own)}</i><sub>{place.t}</sub>{bracket}{dot}" if dot else ""
    return f"{factor}<i>{escape(letter)}</i><sub>{escape(index)}</sub>"


def _colour(key: str) -> str:
    return readable(QUANTITIES[key].colour)


def _line(body: str) -> str:
    return svg.tag("p", body, class_="formula")
