"""Every preset does what its caption says: the claims are proved from the trace, in every language."""

import re
from dataclasses import replace

import numpy as np
import pytest

from lstm_core.words import FOLDERS, LANGUAGES, texts
from lstm_core.workbench.experiment import HAND_T
from lstm_core.workbench.presets import PRESETS, SEEDS, preset, random
from tests.claims import claims_of
from tests.collected import collected

CLAIMS = {key: claims_of(FOLDERS["preset"] / key) for key in PRESETS}
NEAR_MISSES = [(key, edits) for key, found in CLAIMS.items() for edits in found.NEAR_MISSES.values()]


@collected("key, edits", NEAR_MISSES)
def test_claim_fails_at_a_near_miss(key, edits):
    experiment = preset(key)
    for address, value in edits.items():
        experiment = experiment.edited(address, value)
    with pytest.raises(AssertionError):
        CLAIMS[key].claims(experiment)


def test_runaway_does_not_run_away_with_a_forget_gate():
    with pytest.raises(AssertionError):
        CLAIMS["runaway"].claims(preset("runaway").with_variant("lstm"))


@collected("seed", [*range(200), 1428, SEEDS[-1]])
def test_random_claims_hold_for_any_seed(seed):
    CLAIMS["random"].claims(preset("random", seed))


def numbers(said) -> list[str]:
    return sorted(re.findall(r"−?\d+(?:\.\d+)?", said))


@collected("key", PRESETS)
def test_captions_and_questions_name_the_proved_numbers(key):
    proved = CLAIMS[key].claims(preset(key))
    for language in LANGUAGES:
        said = texts(language)
        for name, part in zip(("caption", "notice"), proved, strict=True):
            found = numbers(said[f"preset.{key}.{name}"])
            assert found == sorted(str(number).replace("-", "−") for number in part), language
        assert said[f"preset.{key}.notice"].endswith("?") and said[f"preset.{key}.caption"].endswith(".")


@collected("key", PRESETS)
def test_presets_are_small_and_readable(key):
    experiment = preset(key)
    weights = np.concatenate([experiment.params.W.ravel(), experiment.params.b.ravel()])
    decimals = 2 if key == "random" else 1
    assert experiment.preset == key and experiment.by_hand and 10 <= experiment.T <= HAND_T
    assert (weights == np.round(weights, decimals)).all() and abs(weights).max() <= 12
    assert (experiment.x == np.round(experiment.x, decimals)).all() and abs(experiment.x).max() <= 1
    assert not experiment.h0.any() and not experiment.C0.any()
    assert key == "random" or preset(key, 7) == experiment  # no other looks at the seed


def test_random_follows_its_seed():
    assert preset("random", 7) == random(7) and preset("random", 7).seed == 7
    assert replace(preset("random", 7), seed=8) != preset("random", 8)
    assert len({preset("random", seed).params.to_json() for seed in range(100)}) == 100


@pytest.mark.parametrize("seed", [-1, 10_000, 1.5, "1", None])
def test_random_refuses_a_seed_that_is_none(seed):
    with pytest.raises(ValueError, match="^seed: "):
        preset("random", seed)


@pytest.mark.parametrize("key", ["", "Latch", "latch ", "_one_unit", None])
def test_unknown_presets_are_refused(key):
    with pytest.raises(KeyError):
        preset(key)
