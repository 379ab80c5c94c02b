"""Where each gradient of a phase comes from: shown walk, phase -> **lines** of formulas and numbers."""

from collections.abc import Iterable
from math import prod

from ...quantities import GATE_KEYS
from ...words import Words
from .. import svg
from .shown import DECIMALS, ShownWalk, Sum, gradient_text

_LETTER = {"C_tilde": "C̃"}


def symbol(key: str, at: str = "t", delta: bool = True) -> str:
    """A number of the cell in HTML, with δ for its gradient: δC with the index t−1."""
    letter = "z" if key.startswith("z_") else _LETTER.get(key, key)
    index = key[2:] if key.startswith("z_") else at
    return f"<i>{'δ' if delta else ''}{letter}</i><sub>{index}</sub>"


def origins(walk: ShownWalk, phase: str, words: Words) -> str:
    """The lines of a phase, each with its formula, the numbers in it and what they come to."""
    if not walk.is_walked:
        return _paragraph(svg.escaped(words("back.outside", first=walk.walk.first)))
    return "".join(map(_paragraph, _PHASES[phase](walk, words)))


def _paragraph(html: str) -> str:
    return svg.tag("p", html) if html else ""


# -- lines ----------------------------------------------------------------------------------------


def _added(left: str, names: dict[str, str], found: Sum) -> str:
    """A sum: names, numbers and the total; without names where there is one part alone."""
    if not found.parts:
        return f"{left} = <b>{gradient_text(found.total)}</b>"
    formula = " + ".join(names[name] for name in found.parts)
    numbers = " + ".join(_factor(number, k) for k, number in enumerate(found.parts.values()))
    total = f"<b>{gradient_text(found.total)}</b>"
    return f"{left} = {formula} = {total if len(found.parts) == 1 else f'{numbers} = {total}'}"


def _multiplied(left: str, formula: str, factors: Iterable[tuple[str, float]], result: float) -> str:
    """A product: `factors` are pairs of what is written, with {} for a number, and the value as shown."""
    written, values = zip(*factors, strict=True)
    comes_to = prod(values)
    sign = "≈" if abs(comes_to - _rounded(result)) >= 0.5 * 10**-DECIMALS + 1e-12 else "="
    return f"{left} = {formula} = {' · '.join(written)} {sign} <b>{gradient_text(result)}</b>"


def _rounded(value: float) -> float:
    return round(value, DECIMALS)


def _factor(value: float, place: int = 0) -> str:
    """A number in an expression: in brackets where it is negative and something stands before it."""
    return f"({gradient_text(value)})" if place and _rounded(value) < 0 else gradient_text(value)


def _plain(value: float, place: int = 0) -> tuple[str, float]:
    return _factor(value, place), _rounded(value)


def _one_minus_square(value: float) -> tuple[str, float]:
    return f"(1 − {_factor(value, 1)}²)", 1 - _rounded(value) ** 2


# -- phases ---------------------------------------------------------------------------------------


def _arriving(walk: ShownWalk, words: Words) -> dict[str, str]:
    return {
        "loss": svg.escaped(words("back.from_loss")),
        "later": svg.escaped(words("back.from_step", t=walk.t + 1)),
    }


def _arrive(walk: ShownWalk, words: Words) -> list[str]:
    return [_added(symbol("h"), _arriving(walk, words), walk.h())]


def _split(walk: ShownWalk, words: Words) -> list[str]:
    o, tanh_C, h = walk.of_run("o"), walk.of_run("tanh_C"), walk.number("h")
    C, tanh = symbol("C", delta=False), f"tanh({symbol('C', delta=False)})"
    slope = f"{symbol('h')} · {symbol('o', delta=False)} · (1 − tanh²({C}))"
    names = _arriving(walk, words) | {"tanh": slope, "peephole": f"<i>p</i><sub>o</sub> · {symbol('z_o')}"}
    found = walk.C()
    factors = [_plain(h), _plain(o, 1), _one_minus_square(tanh_C)]
    return [
        _multiplied(symbol("o"), f"{symbol('h')} · {tanh}", [_plain(h), _plain(tanh_C, 1)], walk.number("o")),
        _added(symbol("C"), names, found),
        _multiplied(svg.escaped(words("back.through_tanh")), slope, factors, found.parts["tanh"]),
    ]


def _gates(walk: ShownWalk, words: Words) -> list[str]:
    C = _plain(walk.number("C"))
    C_prev, C_tilde, i = (walk.of_run(key) for key in ("C_prev", "C_tilde", "i"))
    before = f"{symbol('C')} · {symbol('C', 't−1', delta=False)}"
    if walk.is_coupled:
        of_f = _added(symbol("f"), {"kept": before, "i": f"(−{symbol('i')})"}, walk.f())
    else:
        of_f = _multiplied(symbol("f"), before, [C, _plain(C_prev, 1)], walk.number("f"))
    of_i = f"{symbol('C')} · {symbol('C_tilde', delta=False)}"
    of_candidate = f"{symbol('C')} · {symbol('i', delta=False)}"
    return [
        of_f,
        _multiplied(symbol("i"), of_i, [C, _plain(C_tilde, 1)], walk.number("i")),
        _multiplied(symbol("C_tilde"), of_candidate, [C, _plain(i, 1)], walk.number("C_tilde")),
    ]


def _sums(walk: ShownWalk, words: Words) -> list[str]:
    return [_of_sum(walk, gate, words) for gate in ("o", "f", "i", "c")]


def _of_sum(walk: ShownWalk, gate: str, words: Words) -> str:
    """δz of a gate: what the gate gets, times the slope of σ or tanh there."""
    key, left = GATE_KEYS[gate], symbol(f"z_{gate}")
    coupled = gate == "i" and walk.is_coupled
    if coupled or walk.is_pinned(gate):
        why = words("back.coupled" if coupled else "back.given")
        return f"{left} = <b>{gradient_text(0.0)}</b>: {svg.escaped(why)}"
    value, got = walk.of_run(key), walk.number(key)
    letter = symbol(key, delta=False)
    if gate == "c":
        formula, slope = f"{symbol(key)} · (1 − {letter}²)", [_one_minus_square(value)]
    else:
        rest = f"(1 − {_factor(value, 1)})", 1 - _rounded(value)
        formula, slope = f"{symbol(key)} · {letter} · (1 − {letter})", [_plain(value, 1), rest]
    return _multiplied(left, formula, [_plain(got), *slope], walk.number(f"z_{gate}"))


def _hand_on(walk: ShownWalk, words: Words) -> list[str]:
    C, h = symbol("C", "t−1"), symbol("h", "t−1")
    names = {"along": f"{symbol('f', delta=False)} · {symbol('C')}"}
    names |= {f"p_{gate}": f"<i>p</i><sub>{gate}</sub> · {symbol(f'z_{gate}')}" for gate in "fi"}
    through = {gate: f"<i>U</i><sub>{gate}</sub> · {symbol(f'z_{gate}')}" for gate in GATE_KEYS}
    if not walk.walk.through_h:
        of_h = svg.escaped(words("back.cut", would=gradient_text(walk.h_before)))
    else:
        of_h = _added(h, through, walk.handed_to_h())
    ends = "" if walk.goes_on else svg.escaped(words("back.ends", t=walk.t, last=walk.t - 1))
    handed = walk.handed_to_C()
    if len(handed.parts) > 1:
        of_C = _added(C, names, handed)
    else:
        f, on_C = walk.of_run("f"), walk.number("C")
        of_C = _multiplied(C, names["along"], [_plain(f), _plain(on_C, 1)], handed.total)
    return [of_C, of_h, ends]


_PHASES = {"arrive": _arrive, "split": _split, "gates": _gates, "sums": _sums, "hand_on": _hand_on}
"""Phase of the walk back -> what writes its lines."""
