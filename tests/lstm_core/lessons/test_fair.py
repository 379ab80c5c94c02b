"""No question can be guessed without looking: no fixed rule finds the right answer more often than chance."""

from collections import Counter

import numpy as np
import pytest

from lstm_core.lessons.choices import turn
from lstm_core.lessons.items import ITEMS
from lstm_core.lessons.question import CHOOSE
from lstm_core.words import LANGUAGES, Words
from tests.collected import collected
from tests.lstm_core.by_hand import variants

MARGIN = 0.10
"""So much more often than chance a rule may be right; it is chance alone in 200 variants."""

SEEDS = range(200)

CHOSEN = [key for key, item in ITEMS.items() if item.kind == CHOOSE]


def numbers(q):
    return {option: float(label.replace("−", "-")) for option, label in q.labels.items()}


def extreme(values, best):
    """The options whose value is the best one; several where they tie."""
    wanted = best(values.values())
    return [option for option, value in values.items() if value == wanted]


def middle(values):
    off = {option: abs(value - np.median(list(values.values()))) for option, value in values.items()}
    return [option for option in values if off[option] < min(off.values()) + 1e-9]


def sizes(values):
    return {option: abs(value) for option, value in values.items()}


def guesses(q):
    """For each rule that can be used the options that it leaves, of which one would be taken blindly."""
    left = {f"place {k}": [option] for k, option in enumerate(q.options)}
    for language in LANGUAGES:
        lengths = {option: len(q.option_label(Words(language), option)) for option in q.options}
        left[f"longest {language}"], left[f"shortest {language}"] = (
            extreme(lengths, max),
            extreme(lengths, min),
        )
    if q.labels:
        values = numbers(q)
        left |= {"largest": extreme(values, max), "smallest": extreme(values, min), "middle": middle(values)}
        left["largest in size"] = extreme(sizes(values), max)
        left["smallest in size"] = extreme(sizes(values), min)
    return left


@pytest.mark.nightly
@collected("key", CHOSEN)
def test_no_fixed_rule_wins(key):
    won, chance = Counter(), 0.0
    for q in variants(key, SEEDS):
        chance += 1 / len(q.options)
        for rule, left in guesses(q).items():
            won[rule] += (q.truth in left) / len(left)
    assert won and not {rule for rule, times in won.items() if times > chance + MARGIN * len(SEEDS)}


@collected("count", [2, 3, 4])
def test_each_place_has_its_turn(count):
    turns = [turn("any", seed, count) for seed in range(12 * count)]
    assert all(sorted(turns[k : k + count]) == list(range(count)) for k in range(0, len(turns), count))
    assert len({tuple(turns[k : k + count]) for k in range(0, len(turns), count)}) > 1


def test_what_is_never_true_is_offered_and_is_never_true():
    items = {key: item for key, item in ITEMS.items() if item.never}
    assert items
    for key, item in items.items():
        assert set(item.never) < set(item.claims)
        assert not {q.truth for q in variants(key)} & set(item.never)
