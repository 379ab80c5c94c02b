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


def by_rank(name: str, values: dict) -> dict[str, list]:
    """The options with the largest and with the smallest value; several where they tie."""
    best = {f"largest {name}": max(values.values()), f"smallest {name}": min(values.values())}
    return {rule: [one for one in values if values[one] == value] for rule, value in best.items()}


def guesses(q) -> dict[str, list]:
    """For each rule that can be used the options that it leaves, of which one would be taken blindly."""
    left = {f"place {k}": [option] for k, option in enumerate(q.options)}
    for language in LANGUAGES:
        words = Words(language)
        left |= by_rank(f"label {language}", {o: len(q.option_label(words, o)) for o in q.options})
    if q.labels:
        values = {option: float(label.replace("−", "-")) for option, label in q.labels.items()}
        left |= by_rank("number", values) | by_rank("size", {o: abs(value) for o, value in values.items()})
        off = {option: abs(value - np.median([*values.values()])) for option, value in values.items()}
        left["middle"] = [option for option in values if off[option] < min(off.values()) + 1e-9]
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
