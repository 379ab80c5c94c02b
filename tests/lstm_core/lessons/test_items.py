"""Every item for 200 seeds: its answer is what a cell written out by hand gives, and none is ambiguous."""

from math import tanh

import numpy as np
import pytest

from lstm_core.lessons.items import ITEMS, make
from lstm_core.lessons.question import CHOOSE, DRAW, SEEDS, TRUTH, VALUE
from lstm_core.lessons.verdict import OTHER, judge
from lstm_core.words import Words, texts
from tests.collected import collected
from tests.lstm_core.by_hand import at, by_hand, each_item, sigma, variants


def rise(q):
    before, now = by_hand(q.experiment)[int(q.values["s"]) - 1][0], at(q)
    return now["f"] - before["f"]


def same_input(q):
    return "same" if abs(rise(q)) < 1e-9 else "larger" if rise(q) > 0 else "smaller"


def apart(q):
    shut = int(q.values["s"]), 1
    changed = [abs(at(q, 0, k)["C"] - at(q, 0, k, shut=shut)["C"]) > 1e-9 for k in (1, 2)]
    return {(True, False): "one", (True, True): "both", (False, False): "none"}[tuple(changed)]


def silence(q):
    now = at(q)
    speaks, stays = abs(now["h"]) > 0.2, abs(now["C"] - now["C_prev"]) < 0.1
    return {
        (False, True): "silent_keeps", (False, False): "silent_forgets",
        (True, True): "speaks_keeps", (True, False): "speaks_spends",
    }[speaks, stays]  # fmt: skip


def tanh_gate(q):
    share = tanh(at(q)["z_f"])
    assert abs(share - at(q)["f"]) >= 0.08
    return "flips" if share < 0 else "shrinks"


def longer(q):
    end = by_hand(q.experiment)[-1][0]["C"] / by_hand(q.experiment, bias=0.0)[-1][0]["C"]
    return "longer" if end > 1 else "shorter"


def listed(q, name):
    return [float(number.replace("−", "-")) for number in q.values[name].split(", ")]


def drawn(q):
    return tuple(at(q, k)["C"] for k in (1, 2, 3, 4))


ANSWERS = {
    "joined": lambda q: q.experiment.H + q.experiment.D,
    "joined_sum": lambda q: at(q)["z_f"],
    "same_input": same_input,
    "not_a_gate": lambda q: "C_tilde" if at(q)["C_tilde"] < 0 else None,
    "how_many": lambda q: q.experiment.H,
    "units_apart": apart,
    "torch_bias": lambda q: listed(q, "ih")[1] + listed(q, "hh")[1],
    "keras_bias": lambda q: listed(q, "bias")[1],
    "open_or_shut": lambda q: {0: "loses_all", 5: "halves", 10: "keeps_all"}[round(10 * at(q)["f"])],
    "keep_share": lambda q: at(q)["f"] * at(q)["C_prev"],
    "gate_on_what": lambda q: at(q)["f"] * at(q)["C_prev"],
    "gate_between": lambda q: sigma(at(q)["z_f"]),
    "gate_tanh": tanh_gate,
    "candidate_sign": lambda q: tanh(at(q)["z_c"]),
    "write_value": lambda q: at(q)["i"] * at(q)["C_tilde"],
    "c_or_h": lambda q: at(q)["o"] * tanh(at(q)["C"]),
    "silent": silence,
    "next_memory": lambda q: at(q)["f"] * at(q)["C_prev"] + at(q)["i"] * at(q)["C_tilde"],
    "draw_hold": drawn,
    "draw_fade": lambda q: tuple(at(q)["C"] * at(q)["f"] ** k for k in (1, 2, 3, 4)),
    "gate_1997": lambda q: at(q)["C_prev"] + at(q)["i"] * at(q)["C_tilde"],
    "draw_1997": lambda q: tuple(at(q)["C"] + k * at(q)["i"] * at(q)["C_tilde"] for k in (1, 2, 3, 4)),
    "gradient_path": lambda q: at(q)["f"] ** int(q.values["n"]),
    "bias_of_one": longer,
    "share_left": lambda q: sigma(q.experiment.params.b[0, 0]) ** int(q.values["n"]),
}


def right_answer(q):
    """What is answered by somebody who is right, from the cell written out by hand."""
    answer = ANSWERS[q.item.key](q)
    return answer if q.item.claims or q.item.kind != CHOOSE else TRUTH


# -- the answers ----------------------------------------------------------------------------------


def test_every_item_has_an_answer_by_hand():
    assert ANSWERS.keys() == ITEMS.keys() and len(ITEMS) == 25


@each_item
def test_the_right_answer_is_that_of_the_cell_written_out(key):
    for q in variants(key):
        by_hand_answer, verdict = ANSWERS[key](q), judge(q, right_answer(q))
        assert verdict.right and verdict.belief == "" and verdict.why_key == f"item.{key}.right"
        if q.item.claims:
            assert verdict.truth == by_hand_answer
        elif q.item.kind == CHOOSE:
            assert float(q.labels[TRUTH].replace("−", "-")) == pytest.approx(by_hand_answer, abs=0.00501)
        else:
            assert verdict.truth == pytest.approx(by_hand_answer, abs=1e-9)


@each_item
def test_a_wrong_answer_gets_an_explanation_of_its_own(key):
    english, korean, met = texts("en"), texts("ko"), set()
    for q in variants(key):
        wrong = {o: o for o in q.options if not judge(q, o).right} if q.options else q.beliefs
        for belief, answer in wrong.items():
            verdict = judge(q, answer)
            assert not verdict.right and verdict.belief == belief
            assert verdict.why_key == f"item.{key}.wrong.{belief}"
            met.add(belief)
            assert english[verdict.why_key].format(**verdict.values)
            assert korean[verdict.why_key].format(**verdict.values)
    if ITEMS[key].kind != CHOOSE:
        met.add(OTHER)
    start = f"item.{key}.wrong."
    assert {name.removeprefix(start) for name in english if name.startswith(start)} == met


@each_item
def test_no_variant_is_ambiguous(key):
    for q in variants(key):
        if q.options:
            words = [Words(language) for language in ("en", "ko")]
            for word in words:
                labels = [q.option_label(word, option) for option in q.options]
                assert len(set(labels)) == len(q.options) >= 3
            assert sum(judge(q, option).right for option in q.options) == 1
        else:
            curves = [np.atleast_1d(q.truth), *map(np.atleast_1d, q.beliefs.values())]
            for a in range(len(curves)):
                assert (curves[a] >= q.bounds[0]).all() and (curves[a] <= q.bounds[1]).all()
                for b in range(a):
                    apart = abs(np.round(curves[a], 2) - np.round(curves[b], 2)).max()
                    assert apart > 2 * q.item.tolerance


@collected("key", [key for key, item in ITEMS.items() if item.kind == VALUE])
def test_a_number_is_right_within_the_tolerance_and_no_further(key):
    for q in variants(key)[:50]:
        for side in (-1, 1):
            near, far = (q.truth + side * q.item.tolerance * share for share in (0.99, 1.05))
            if q.bounds[0] <= near <= q.bounds[1]:
                verdict = judge(q, near)
                assert verdict.right and verdict.difference == pytest.approx(near - q.truth)
            if q.bounds[0] <= far <= q.bounds[1]:
                assert not judge(q, far).right


@collected("key", [key for key, item in ITEMS.items() if item.kind == DRAW])
def test_a_rough_curve_is_understood(key):
    for q in variants(key)[:50]:
        low, high = q.bounds
        for belief, curve in [("", q.truth), *q.beliefs.items()]:
            rough = [
                min(max(c + d, low), high) for c, d in zip(curve, (0.05, -0.05, 0.04, -0.03), strict=True)
            ]
            assert judge(q, rough).belief == belief
        assert judge(q, list(q.truth)).difference == (0.0,) * 4
        assert q.steps == tuple(range(q.case.t + 1, q.case.t + 5))


@collected("key", [key for key, item in ITEMS.items() if item.claims])
def test_the_right_option_is_not_always_the_same(key):
    right = {q.truth for q in variants(key)}
    assert len(right) > 1 or key == "not_a_gate"


@each_item
def test_what_is_no_answer_is_refused(key):
    q = make(key, 0)
    bad = [None, "", "nope", [], {}, [[1]], True, float("nan"), float("inf"), 1e9, 10**400, b"x", ["a"] * 4]
    if q.item.kind != CHOOSE:
        bad += [q.bounds[1] + 0.01, "0.5", [0.5] * 3, [0.5] * 5, (None,) * 4]
    if q.item.kind == DRAW:
        bad += [0.5]
    for answer in bad:
        with pytest.raises(ValueError, match="^answer: "):
            judge(q, answer)


# -- seeds ----------------------------------------------------------------------------------------


@each_item
def test_a_seed_stands_for_one_variant_and_seeds_differ(key):
    assert make(key, 3).experiment == make(key, 3).experiment and make(key, 3).values == make(key, 3).values
    assert len({str(sorted(q.values.items())) for q in variants(key)}) > 80
    assert make(key, SEEDS[-1]).seed == SEEDS[-1]


@collected("seed", [-1, 10_000, 1.5, "1", None, True, float("nan")])
def test_a_seed_that_is_none_is_refused(seed):
    with pytest.raises(ValueError, match="^seed: "):
        make("silent", seed)


@collected("key", ["", "nope", None])
def test_an_unknown_item_is_refused(key):
    with pytest.raises(KeyError):
        make(key, 1)
