"""What a question shows and covers: no covered number is there, nor can anything be made of what is left."""

import string

import numpy as np
import pytest

from lstm_core.explain import BEFORE, pre_activation_terms
from lstm_core.export import to_frame
from lstm_core.lessons.cover import cover
from lstm_core.lessons.items import ITEMS, MISCONCEPTIONS, items_of, make
from lstm_core.lessons.question import CHOOSE, DRAW, GRADIENT, VALUE, after
from lstm_core.memory import life_of_part
from lstm_core.params import GATES, VARIANTS, LSTMParams
from lstm_core.paths import cell_jacobian, direct_path, input_sensitivity, spectral_norm
from lstm_core.quantities import QUANTITIES, TRACE_KEYS, quantities_of
from lstm_core.rounding import ShownNumbers, equals, exact, nice_limit, parts_of_sum, shown_ledger, text
from lstm_core.trace import provenance
from lstm_core.words import texts
from lstm_core.workbench.focus import ALL, PHASES, Focus
from lstm_core.workbench.link import from_link, to_link
from tests.conftest import ROOT
from tests.lstm_core.by_hand import at, each_item, some_items, variants
from tests.nightly import examples

SEEDS = range(1, examples(2, 6))
LEDGER = ("C_prev", "kept", "erased", "written", "C")


def covered(key, seed):
    question = make(key, seed)
    return question, cover(question.case.trace, question)


@each_item
def test_what_a_question_covers_is_not_there_and_all_else_is_as_it_was(key):
    for seed in SEEDS:
        question, trace = covered(key, seed)
        whole = question.case.trace
        assert trace.is_covered and not whole.is_covered
        pairs = [(name, t, trace, whole) for name in TRACE_KEYS for t in range(1, whole.T + 1)]
        pairs += [(f"{letter}_{gate}", 1, trace.params, whole.params) for gate in GATES for letter in "Wb"]
        for name, t, of_cover, of_whole in pairs:
            one, other = getattr(of_cover, name), getattr(of_whole, name)
            if of_cover is trace:
                one, other = one[t - 1], other[t - 1]
            if question.covers(name, t):
                assert np.isnan(one).all()
            else:
                np.testing.assert_array_equal(one, other)
        np.testing.assert_array_equal(whole.C, question.experiment.trace().C)  # nothing was done to the run


@some_items
def test_what_is_shown_of_the_ledger_adds_up_where_all_of_it_is_there(key):
    for seed in SEEDS:
        question, trace = covered(key, seed)
        for t in range(1, trace.T + 1):
            ledger = shown_ledger(trace, t, 1)
            for name in LEDGER:
                number = getattr(ledger, name)
                assert np.isnan(number) == question.covers(name, t)
                assert np.isnan(number) or abs(number - getattr(trace, name)[t - 1, 0]) <= 0.01 + 1e-9
            assert np.isnan(ledger.erased) or ledger.kept + ledger.erased == pytest.approx(ledger.C_prev)
            assert np.isnan(ledger.C) or ledger.kept + ledger.written == pytest.approx(ledger.C)


@some_items
def test_nothing_that_is_computed_of_a_covered_trace_tells_what_is_covered(key):
    for seed in SEEDS:
        question, trace = covered(key, seed)
        H = trace.params.H
        for unit in range(1, H + 1):
            parts = provenance(trace, unit)
            for t in range(1, trace.T + 1):
                assert np.isnan(parts[:t, t - 1]).all() == question.covers("kept", t)
                assert np.isnan(parts[t, t - 1]) == question.covers("written", t)
                for gate in GATES:
                    products = [term.product for term in pre_activation_terms(trace, t, unit, gate)[:-1]]
                    are_covered = np.isnan(products)
                    assert are_covered.all() == are_covered.any() == question.covers(f"z_{gate}", t)
        direct, jacobian = direct_path(trace), cell_jacobian(trace)
        later = slice(question.case.t, trace.T)  # from here the gradient runs through covered gates
        assert np.isnan(direct[later]).all() and np.isnan(jacobian[later]).all()
        assert np.isnan(spectral_norm(jacobian)[later]).all()
        if question.covers(GRADIENT, 1):
            assert np.isnan(direct[:-1]).all() and np.isnan(jacobian[:-1]).all()
            assert np.isnan(input_sensitivity(trace)).all()


@some_items
def test_the_life_of_a_part_ends_where_the_cover_begins(key):
    question, trace = covered(key, 1)
    whole = question.case.trace
    for t in range(1, trace.T + 1):
        for s in range(t):
            life = life_of_part(trace, 1, s, t)
            if question.covers("kept", t):
                assert np.isnan(life.left) and life.worst_t is None and life.worst_f is None
            else:
                assert life == life_of_part(whole, 1, s, t)


def test_a_covered_number_is_written_as_a_question_mark():
    assert text(np.nan) == text(np.nan, sign=True) == exact(np.nan) == "?"
    assert exact(0.1) == "0.1"
    assert equals(np.nan, 1.0) == equals(1.0, np.nan) == "="
    assert nice_limit(np.array([np.nan, 2.5])) == 3 and nice_limit(np.array([np.nan])) == 1
    assert [text(part) for part in parts_of_sum([0.125, np.nan], 0.5)[0]] == ["0.12", "?"]
    assert [text(part) for part in parts_of_sum([0.125, 0.3], np.nan)[0]] == ["0.12", "0.30"]


def test_what_follows_is_what_follows_in_the_cell_at_hand():
    params = LSTMParams(np.zeros((4, 1, 2)), np.zeros((4, 1)))
    table = {name: quantities_of(params.with_variant(name)) for name in VARIANTS}
    assert "o" not in after(table["lstm"], "kept") and "o" in after(table["peephole"], "kept")
    assert "i" not in after(table["lstm"], "f") and "i" in after(table["coupled"], "f")
    assert {"erased", "kept", "C"} <= set(after(table["lstm"], "erased")) & set(after(table["lstm"], "kept"))
    assert "kept" in after(table["lstm"], "z_f") and "kept" not in after(table["1997"], "z_f")


@some_items
def test_every_shown_number_and_every_cell_of_the_table_is_there_or_covered(key):
    question, trace = covered(key, 1)
    frame, numbers = to_frame(trace), ShownNumbers(trace)
    missing = frame.isna().groupby(frame["t"])
    every, some = missing.all(), missing.any()
    for name in TRACE_KEYS:
        for t in range(1, trace.T + 1):
            is_covered = question.covers(name, t)
            assert (text(numbers.at(name, t, 1)) == "?") == is_covered
            if name != "x":
                assert every.at[t, name] == some.at[t, name] == is_covered


# -- what a question says, and where it is asked -----------------------------------------------------


def named(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@each_item
def test_a_question_tells_nothing_that_is_covered(key):
    starts = (f"item.{key}.question", f"item.{key}.option")
    filled = {name for key, text in texts("en").items() if key.startswith(starts) for name in named(text)}
    for q in variants(key):
        assert filled <= set(q.values) and not filled & set(q.covered)


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
    for q in variants(key)[::20]:
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
