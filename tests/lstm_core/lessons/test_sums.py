"""The arithmetic that a text spells out comes out when a reader calculates with the digits on screen."""

import re
from math import exp, tanh

import pytest

from lstm_core.lessons.items import ITEMS, make, places_of
from lstm_core.lessons.own_run import word_of
from lstm_core.lessons.question import DRAW, Sum
from lstm_core.lessons.verdict import judge
from lstm_core.words import LANGUAGES, texts
from lstm_core.workbench.presets import PRESETS, preset
from tests.collected import collected
from tests.lstm_core.by_hand import each_item, variants
from tests.nightly import examples

NUMBER = r"−?\d+(?:\.\d+)?"
ATOM = (
    rf"(?:(?:σ|tanh)\({NUMBER}\)|\((?:1 − )?{NUMBER}(?: [×+] {NUMBER})*\)|1 − {NUMBER} = {NUMBER}|{NUMBER})"
)
SPELLED = re.compile(
    rf"(?<![\d.−])({ATOM}(?: [×+/−] {ATOM})+|(?:σ|tanh)\({NUMBER}\)|1 − {NUMBER}) (?:≈|=) ({NUMBER})"
)
POWER = re.compile(
    rf"(?:\(({NUMBER}) / ({NUMBER})\)|({NUMBER}))(?:의 (\d)제곱은|,? multiplied (\d) times,? is) ({NUMBER})"
)


def value(spelled: str) -> float:
    plain = spelled.replace("−", "-").replace("×", "*")
    return eval(plain, {"__builtins__": {}}, {"σ": lambda z: 1 / (1 + exp(-z)), "tanh": tanh})


def sums(text: str) -> list[tuple[float, str]]:
    """Each sum of a text: what comes of its numbers, and what the text says comes of them."""
    found = [(value(match[1]), match[2]) for match in SPELLED.finditer(text)]
    for up, down, alone, korean, english, result in POWER.findall(text):
        base = value(alone) if alone else value(up) / value(down)
        found.append((base ** int(korean or english), result))
    return found


def comes_out(found: float, said: str) -> bool:
    return abs(found - value(said)) <= 0.5 * 10.0 ** -len(said.partition(".")[2]) + 1e-9


def told(q, language):
    """Every text that answers to a question can bring."""
    answers = q.options or [q.truth, *q.beliefs.values()]
    for answer in answers:
        verdict = judge(q, answer)
        yield texts(language)[verdict.why_key].format(**verdict.values)


@each_item
def test_every_sum_of_a_text_comes_out_at_the_digits_shown(key):
    """In one language, because tests/test_texts.py holds the formulas of the others against it."""
    for q in variants(key):
        for text in told(q, "en"):
            for found, said in sums(text):
                assert comes_out(found, said), text


def test_the_sums_of_the_texts_are_found():
    """The test above reads the arithmetic of the items that have some; it would pass over all else."""
    with_sums = {key for key, item in ITEMS.items() if item.sums}
    for language in LANGUAGES:
        read = {key for key in with_sums if any(sums(text) for text in told(make(key, 1), language))}
        # Of these the texts name results alone: a curve, a product of equal gates, what a choice changes.
        drawn = {key for key, item in ITEMS.items() if item.kind == DRAW}
        assert with_sums - read <= drawn | {"path_through_h", "gradient_size", "gradient_path", "curve_bias",
                                            "rnn_back", "unit_read"}  # fmt: skip
    assert sums("0.66 × 1.10 ≈ 0.72") == [(pytest.approx(0.726), "0.72")]
    assert not comes_out(*sums("0.66 × 1.10 ≈ 0.72")[0]) and comes_out(*sums("5 × 0.54 ≈ 2.70")[0])
    assert sums("σ(0.50) = 0.62")[0][0] == pytest.approx(0.6225, abs=1e-4)
    assert sums("0.50 multiplied 3 times is 0.12")[0] == sums("0.50의 3제곱은 0.12")[0] == (0.125, "0.12")


def test_a_sum_is_checked_at_the_digits_of_its_result():
    product = Sum("c", ("a", "b"), lambda a, b: a * b)
    assert product.adds_up({"a": "0.50", "b": "−0.50", "c": "−0.25"})
    assert not product.adds_up({"a": "0.66", "b": "1.10", "c": "0.72"})
    assert product.adds_up({"a": "0.66", "b": "1.10", "c": "0.7"})


@collected("key", [key for key, item in ITEMS.items() if item.suits and item.sums])
def test_of_a_run_that_was_brought_the_texts_show_the_digits_that_are_used(key):
    """The places of a preset are as they are: where two decimals don't come out, more are shown."""
    asked = 0
    for name in PRESETS:
        word = word_of(preset(name))
        if not word or not places_of(key, word):
            continue
        for seed in range(examples(2, 6)):
            q = make(key, seed, word)
            asked += 1
            for text in told(q, "en"):
                for found, said in sums(text):
                    # kept and written are rounded together, so each may be off by one unit of the last place
                    assert comes_out(found, said) or abs(found - value(said)) < 0.0151, text
    assert asked or key in ("gate_1997", "coupled", "draw_fade")
