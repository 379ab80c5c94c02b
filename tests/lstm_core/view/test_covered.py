"""While a question is open no picture, sentence or table tells what it covers."""

import re
from dataclasses import fields, replace
from functools import cache
from itertools import product

import numpy as np

from lstm_core.explain import BEFORE, Place
from lstm_core.lessons.case import Case
from lstm_core.lessons.cover import cover
from lstm_core.lessons.items import ITEMS, make
from lstm_core.lessons.question import after
from lstm_core.params import GATES, VARIANTS, LSTMParams
from lstm_core.paths import memory_paths
from lstm_core.quantities import GATE_KEYS, TRACE_KEYS, quantities_of
from lstm_core.rounding import text
from lstm_core.view.diagram import cell_diagram, describe, responsive_diagram
from lstm_core.view.origin.explanation import explanation_panel
from lstm_core.view.origin.pre_activation import pre_activation_bars
from lstm_core.view.origin.split import split_product
from lstm_core.view.strip.gradient_paths import gradient_details, gradient_paths
from lstm_core.view.strip.then_and_now import then_and_now
from lstm_core.view.strip.time_strip import Row, time_strip
from lstm_core.view.strip.units import units_over_time
from lstm_core.words import LANGUAGES, Words
from lstm_core.workbench.experiment import Experiment
from lstm_core.workbench.focus import PHASES
from tests.collected import collected
from tests.lstm_core.by_hand import some_items
from tests.lstm_core.view.secrets import numbers, texts_to_be_seen, told
from tests.nightly import sample

ROWS = [Row("inputs"), Row("lines", 60, ("f", "i", "o")), Row("lines", 60, ("C_tilde", "h")),
        Row("ledger", 90), Row("provenance", 80, ("1",))]  # fmt: skip
HIDDEN = ["z_f", "f", "i", "C_tilde", "o", "kept", "written", "C", "tanh_C"]
EN = Words("en")


def places(trace, steps):
    for key in TRACE_KEYS:
        for unit in range(1, getattr(trace, key).shape[-1] + 1):
            for t in [0] * (key in BEFORE.values()) + steps:
                yield Place(key, t, unit)


def markup(trace, question) -> dict:
    """What there is of markup and text about the steps around the one asked about, by what it shows.

    A diagram comes in both arrangements, with the sentence for those who listen before them.
    """
    found, t_asked = {}, question.case.t
    steps = [t for t in sample([t_asked, t_asked - 1, t_asked + 1, t_asked + 2], 2) if 1 <= t <= trace.T]
    for unit, t in product(range(1, trace.params.H + 1), steps):
        for phase in (None, *PHASES) if t == t_asked else ("write",):
            found[phase, t, unit] = responsive_diagram(trace, t, unit, EN, phase)
        found["chosen", t, unit] = responsive_diagram(trace, t, unit, EN, chosen="C")
        found["strip", t, unit] = time_strip(trace, unit, t, ROWS, EN)
        found["units", t, unit] = units_over_time(trace, unit, t, EN)
        if t == t_asked:
            found["then and now", unit] = then_and_now(trace, trace, unit, t, EN)
            paths = memory_paths(trace, unit), unit, t, EN
            found["gradient", unit] = gradient_paths(*paths) + gradient_details(*paths)
        for gate in GATES:
            found["split", gate, t, unit] = split_product(trace, t, unit, gate)
            found["terms", gate, t, unit] = pre_activation_bars(trace, t, unit, gate, EN)
    return found | {place: explanation_panel(trace, place, EN) for place in places(trace, steps)}


@cache
def asked(key):
    """A question, its covered trace, and a second one of a run that differs in what is covered alone."""
    return with_covers(make(key, 1), 1)


def asked_in(variant, hidden):
    """The same of a question that no lesson has: in any cell, two units that read each other."""
    draw = np.random.default_rng(len(variant)).uniform
    params = LSTMParams(draw(-1.5, 1.5, (4, 2, 4)), draw(-1, 1, (4, 2)), peepholes=draw(-2, 2, (3, 2)))
    params = params.with_variant(variant)
    experiment = Experiment("random", params, draw(-1, 1, (5, 2)), draw(-0.5, 0.5, 2), draw(-2, 2, 2))
    covered = after(quantities_of(params), hidden)
    return with_covers(replace(make("keep_share", 1), case=Case(experiment, 3, 2), covered=covered), 1)


def with_covers(question, seed):
    whole, random = question.case.trace, np.random.default_rng(seed)
    names = ("hx", "cells", "z", "gates", "kept", "written", "tanh_C")
    other = {name: getattr(whole, name).copy() for name in names}
    rows = {"h": other["hx"][1:, : whole.params.H], "C": other["cells"][1:]}
    rows |= {name: other[name] for name in ("kept", "written", "tanh_C")}
    for block, (gate, name) in enumerate(GATE_KEYS.items()):
        rows |= {f"z_{gate}": other["z"][:, block], name: other["gates"][:, block]}
    for name, values in rows.items():
        for t in range(1, whole.T + 1):
            if question.covers(name, t):
                values[t - 1] = random.uniform(-5, 5, values[t - 1].shape)
    b = whole.params.b.copy()
    for block, gate in enumerate(GATES):
        if question.covers(f"b_{gate}", 1):
            b[block] = random.uniform(-5, 5, b[block].shape)
    differs = replace(whole, params=replace(whole.params, b=b), **other)
    return question, cover(whole, question), cover(differs, question)


def in_it(trace) -> dict:
    """All that a picture can be made from, as it draws a trace and nothing else."""
    of_run = {field.name: getattr(trace, field.name) for field in fields(trace)}
    params = of_run.pop("params")
    return of_run | {field.name: getattr(params, field.name) for field in fields(params)}


def tells_nothing(question, trace) -> None:
    """No picture of a covered trace holds a covered number where it is read or read out, nor a NaN."""
    secret = {text(number).lstrip("−") for number in numbers(question, covered=True)}
    secret -= texts_to_be_seen(question)
    for of, picture in markup(trace, question).items():
        assert not told(picture) & secret, (of, told(picture) & secret)
        assert not re.search(r"\bnan\b|NaN|[MLHVQ ,]nan", picture), of


@some_items
def test_runs_that_differ_in_what_is_covered_alone_are_the_same_once_it_is(key):
    """So whatever is drawn or said of one of them, in any language, would be drawn and said of the other."""
    _, trace, other = asked(key)
    np.testing.assert_equal(in_it(other), in_it(trace))  # where NaN equals NaN


@collected("key", sample(ITEMS, 3))
def test_no_covered_number_is_computed_anew_from_what_is_left(key):
    question, trace, _ = asked(key)
    tells_nothing(question, trace)


@collected("variant", VARIANTS)
@collected("hidden", sample(HIDDEN, 2))
def test_no_cell_tells_what_is_covered(variant, hidden):
    question, trace, other = asked_in(variant, hidden)
    np.testing.assert_equal(in_it(other), in_it(trace))
    if (list(VARIANTS).index(variant) + HIDDEN.index(hidden)) % 3 == 0:  # each cell, and each quantity, twice
        tells_nothing(question, trace)


@some_items
@collected("language", LANGUAGES)
def test_what_is_covered_is_called_so_to_those_who_listen(key, language):
    question, trace, _ = asked(key)
    words, t = Words(language), question.case.t
    hidden = any(question.covers(name, t) for name in ("kept", "erased", "written", "C", "h"))
    for phase in (None, *PHASES):
        sentence = describe(trace, t, 1, words, phase)
        assert "?" not in sentence and (words("covered.number") in sentence) == hidden
        drawn = cell_diagram(trace, t, 1, words, phase)
        labels = re.findall(r'aria-label="([^"]*)"', drawn) + re.findall(r"<title>([^<]*)</title>", drawn)
        assert labels and not any("?" in label for label in labels)


@some_items
def test_what_a_phase_does_is_told_after_the_answer(key):
    """Its words would give answers that are no numbers, such as that nothing is added."""
    question, trace, _ = asked(key)
    t = question.case.t
    for phase in PHASES:
        told_now, told_then = (describe(run, t, 1, EN, phase) for run in (trace, question.case.trace))
        does = EN(f"diagram.phase.{phase}")
        assert does not in told_now and does in told_then
        assert 'class="caption"' not in cell_diagram(trace, t, 1, EN, phase)
    for place in (Place("f", t, 1), Place("C", t, 1)):
        assert EN("covered.why") in explanation_panel(trace, place, EN)


@collected("key, gone, left", [
    ("gate_between", "f", "i"), ("candidate_sign", "C_tilde", "f"), ("next_memory", "C", "C_prev"),
])  # fmt: skip
@collected("narrow", [False, True])
def test_the_diagram_draws_no_size_of_what_is_covered(key, gone, left, narrow):
    question, trace, _ = asked(key)
    drawn = cell_diagram(trace, question.case.t, 1, EN, narrow=narrow)
    part = {name: drawn.split(f'data-part="{name}"')[1].split("data-part=")[0] for name in (gone, left)}
    sized = 'data-key="band"' if gone == "C" else 'data-key="fill"'
    assert sized in part[left] and sized not in part[gone]
    assert ">?</text>" in part[gone] and ">?</text>" not in part[left]
    assert ('data-key="band-covered"' in part[gone]) == (gone == "C")


def test_the_rail_keeps_the_scale_of_what_is_to_be_seen():
    """Else its end would tell how large the largest C is going to be."""
    question = make("draw_1997", 1)
    whole = question.case.trace
    later = np.where(np.arange(whole.T + 1) > question.case.t, 9, 1)[:, None]
    grown = replace(whole, cells=whole.cells * later)
    diagrams = [cell_diagram(cover(run, question), 1, 1, EN) for run in (whole, grown)]
    assert diagrams[0] == diagrams[1] != cell_diagram(whole, 1, 1, EN)
