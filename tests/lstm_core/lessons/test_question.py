"""What a question shows and what it covers, where it is asked, and that every variant fits a link."""

import string

import pytest

from lstm_core.explain import BEFORE
from lstm_core.lessons.items import ITEMS, MISCONCEPTIONS, items_of, make
from lstm_core.lessons.question import CHOOSE, DRAW, GRADIENT, VALUE
from lstm_core.quantities import QUANTITIES, TRACE_KEYS
from lstm_core.words import texts
from lstm_core.workbench.focus import ALL, PHASES, Focus
from lstm_core.workbench.link import from_link, to_link
from tests.conftest import ROOT
from tests.lstm_core.by_hand import VARIANTS, at, each_item, variants


def named(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@each_item
def test_a_question_tells_nothing_that_is_covered(key):
    starts = (f"item.{key}.question", f"item.{key}.option")
    asked = [text for name, text in texts("en").items() if name.startswith(starts)]
    for q in variants(key, VARIANTS[:5]):
        for text in asked:
            assert named(text) <= set(q.values) and not named(text) & set(q.covered)


@each_item
def test_what_follows_from_the_answer_is_covered_too(key):
    q = make(key, 1)
    assert set(q.covered) <= {*QUANTITIES, GRADIENT}
    for name, quantity in QUANTITIES.items():
        if set(q.covered) & set(quantity.parents) and name not in ("h_prev", "C_prev"):
            assert name in q.covered
    later = [name for name in TRACE_KEYS if name not in ("x", *BEFORE)]
    assert all(q.covers(name, q.case.t + 1) for name in later) and not q.covers("x", q.case.t + 1)
    for t in range(1, q.experiment.T):
        for name, earlier in BEFORE.items():
            assert q.covers(name, t + 1) == q.covers(earlier, t)
    assert not any(q.covers(name, q.case.t - 1) for name in later)
    assert all(q.covers(name, q.case.t) for name in q.covered)
    if {"kept", "erased"} & set(q.covered):  # each gives the other away, beside C_prev
        assert {"kept", "erased", "C"} <= set(q.covered)
    if q.item.key in ("torch_bias", "keras_bias"):
        assert q.covers("b_f", 1) and not q.covers("W_f", 1)


@each_item
def test_an_item_is_asked_where_it_belongs(key):
    item = ITEMS[key]
    assert item.key == key and item.kind in (CHOOSE, VALUE, DRAW) and item.phase in (ALL, *PHASES)
    assert (ROOT / "pages" / f"{item.page}.py").exists() and item in items_of(item.page)
    assert item.misconception in MISCONCEPTIONS and item.misconception_key in texts("en")


@each_item
def test_a_variant_fits_sliders_and_a_link(key):
    for q in variants(key, VARIANTS[::20]):
        experiment, focus = q.experiment, Focus(q.case.t, q.case.unit)
        link = from_link(to_link(experiment, focus, "en"))
        assert link.experiment == experiment and link.focus == focus and not link.problems
        assert abs(experiment.params.W).max() <= 12 and abs(experiment.params.b).max() <= 12
        assert abs(experiment.x).max() <= 2 and not experiment.pins
        assert q.case.t >= 1 and q.case.t + q.item.steps <= experiment.T


def test_what_the_texts_say_of_the_constant_gates_is_so():
    for q in variants("draw_hold"):
        later = [at(q, k) for k in (1, 2, 3, 4)]
        assert all(f"{step['f']:.2f}" == "1.00" and f"{step['i']:.2f}" == "0.00" for step in later)
    for q in variants("draw_1997"):
        written = [at(q, k)["i"] * at(q, k)["C_tilde"] for k in (-1, 0, 1, 2, 3, 4)]
        assert written == pytest.approx([written[0]] * 6) and not q.experiment.params.forget_gate
