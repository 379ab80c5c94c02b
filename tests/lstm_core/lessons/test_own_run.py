"""Items asked of a run that somebody brings: a clear place, and the answer of the cell written out."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.lessons.cover import cover
from lstm_core.lessons.items import ITEMS, make, suits
from lstm_core.lessons.own_run import HERE, MAX_WORD, run_of, word_of
from lstm_core.lessons.question import TRUTH
from lstm_core.lessons.verdict import judge
from lstm_core.words import Words
from lstm_core.workbench.link import from_link
from lstm_core.workbench.presets import PRESETS, preset
from tests.collected import collected
from tests.lstm_core.answers import assert_by_hand
from tests.lstm_core.workbench.screens import on_screen
from tests.nightly import examples

RUNS = {
    **{key: preset(key) for key in PRESETS},
    "two units": preset("random", 4),
    "coupled": preset("random", 4).with_variant("coupled"),
    "1997": preset("random", 4).with_variant("1997"),
    "peephole": preset("random", 4).with_variant("peephole").edited("p_f.1", 0.5),
    "fades": preset("leaky").edited("V_c.1.1", 0).edited("C0.1", 2).edited("b_f.1", 1),
    "large": preset("random", 4).edited("b_f.1", -1e6).edited("b_i.2", 1e6).edited("C0.1", 1e6),
    "empty": preset("leaky").edited("V_c.1.1", 0),
}
WORDS = {name: word_of(run) for name, run in RUNS.items()}
ASKED = [(key, name) for key in ITEMS for name in RUNS if suits(key, WORDS[name])]


NOT_BY_HAND = ("peephole", "large")
"""Runs with peepholes and sums beyond exp, which the cell written out has not."""


def test_every_item_that_suits_runs_suits_one():
    never = [key for key, item in ITEMS.items() if item.suits and key not in {key for key, _ in ASKED}]
    assert not never, f"no run of RUNS has a place where these have one clear answer: {never}"
    assert all(ITEMS[key].suits for key, _ in ASKED)


@collected("key, name", ASKED)
def test_every_answer_is_judged_by_this_run_explained_and_covered(key, name):
    words = Words("en")
    for seed in range(examples(2, 12)):
        q = make(key, seed, WORDS[name])
        assert q.experiment == RUNS[name] and q.run == WORDS[name] and q.seed == seed
        if name not in NOT_BY_HAND:
            assert_by_hand(q, 0.01)
        assert judge(q, q.truth).right
        for belief, answer in ({o: o for o in q.options if o != q.truth} or q.beliefs).items():
            verdict = judge(q, answer)
            assert not verdict.right and verdict.belief == belief
            assert words(verdict.why_key, **verdict.values)
        assert q.text(words).endswith(words(q.text_key, **q.values)) and str(q.case.t) in q.text(words)
        assert len({q.option_label(words, option) for option in q.options}) == len(q.options)
        covered = cover(q.case.trace, q)
        assert all(np.isnan(getattr(covered, hidden)[q.case.t - 1]).all() for hidden in q.item.hidden)
        assert np.isnan(covered.C[q.case.t :]).all()


def test_seeds_draw_different_places_and_the_right_answer_has_different_ones():
    word = word_of(preset("random", 4))
    asked = [make("gate_on_what", seed, word) for seed in range(60)]
    assert len({(q.case.t, q.case.unit) for q in asked}) > 8
    assert {q.options.index(TRUTH) for q in asked} == {0, 1, 2, 3}


@collected("key, name", [
    ("coupled", "latch"), ("gate_1997", "latch"), ("curve_rnn", "latch"), ("keep_share", "empty"),
])  # fmt: skip
def test_an_item_without_a_clear_place_is_refused(key, name):
    assert not suits(key, WORDS[name])
    with pytest.raises(ValueError, match="^run: "):
        make(key, 1, WORDS[name])


# -- words ----------------------------------------------------------------------------------------


@given(on_screen())
def test_a_word_is_read_back_and_no_link(screen):
    experiment = screen[0].unpinned()
    word = word_of(experiment)
    if word:
        assert run_of(word) == experiment and len(word) <= MAX_WORD
        assert word.replace("-", "").replace("_", "").isalnum() and word.isascii()
        assert from_link({"run": word}).experiment == from_link({}).experiment


def test_equal_experiments_have_the_same_word():
    there_and_back = preset("latch").edited("b_f.1", 1).edited("b_f.1", preset("latch").value("b_f.1"))
    assert word_of(there_and_back) == word_of(preset("latch")) != word_of(preset("leaky"))


def test_what_no_question_is_asked_of_has_no_word():
    assert word_of(preset("latch").pinned("pin_f.1.3", 0.5)) is None
    assert word_of(preset("latch").resized(T=41)) is None
    full = preset("random").resized(4, 4, 40)
    x = np.random.default_rng(1).uniform(-1, 1, full.x.shape)
    assert word_of(replace(full, x=x)) is None


@given(st.text(max_size=80) | st.sampled_from([HERE, "", "=", "cHJlc2V0PWxhdGNo=", "cHJlc2V0PWxhdGNoJnQ9Mw"]))
def test_no_other_text_is_a_word(text):
    with pytest.raises(ValueError, match="^run: "):
        run_of(text)
