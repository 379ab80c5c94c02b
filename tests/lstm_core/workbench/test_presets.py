"""Every preset does what its caption says: the claims are proved from the trace, in both languages."""

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


@collected("key", PRESETS)
def test_claim_holds(key):
    CLAIMS[key].claims(preset(key))


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


@collected("language", LANGUAGES)
@collected("key", PRESETS)
def test_captions_and_questions_name_the_proved_numbers(key, language):
    proved = CLAIMS[key].claims(preset(key))
    for name, part in zip(("caption", "notice"), proved, strict=True):
        said = texts(language)[f"preset.{key}.{name}"]
        assert numbers(said) == sorted(str(number).replace("-", "−") for number in part)


@collected("language", LANGUAGES)
@collected("key", PRESETS)
def test_texts_are_complete(key, language):
    start = f"preset.{key}."
    said = {
        name.removeprefix(start): text for name, text in texts(language).items() if name.startswith(start)
    }
    assert list(said) == ["name", "caption", "notice", *(f"x_{d + 1}" for d in range(preset(key).D))]
    assert all(said.values()) and said["notice"].endswith("?") and said["caption"].endswith(".")


@collected("key", PRESETS)
def test_presets_are_small_and_readable(key):
    experiment = preset(key)
    weights = np.concatenate([experiment.params.W.ravel(), experiment.params.b.ravel()])
    decimals = 2 if key == "random" else 1
    assert experiment.preset == key and experiment.by_hand and 10 <= experiment.T <= HAND_T
    assert (weights == np.round(weights, decimals)).all() and abs(weights).max() <= 12
    assert (experiment.x == np.round(experiment.x, decimals)).all() and abs(experiment.x).max() <= 1
    assert (experiment.h0 == 0).all() and (experiment.C0 == 0).all()
    assert all(experiment.edited(address, 0.25).value(address) == 0.25 for address in experiment.addresses())


@collected("key", sorted(set(PRESETS) - {"random"}))
def test_only_random_looks_at_the_seed(key):
    assert preset(key, 7) == preset(key)


def test_random_follows_its_seed():
    assert preset("random", 7) == random(7) and preset("random", 7).seed == 7
    assert replace(preset("random", 7), seed=8) != preset("random", 8)
    assert len({preset("random", seed).params.to_json() for seed in range(100)}) == 100


@pytest.mark.parametrize("seed", [-1, 10_000, 1.5, float("nan"), "1", None])
def test_random_refuses_a_seed_that_is_none(seed):
    with pytest.raises(ValueError, match="^seed: "):
        preset("random", seed)


@pytest.mark.parametrize("key", ["", "Latch", "latch ", "nope", "_one_unit", None])
def test_unknown_presets_are_refused(key):
    with pytest.raises(KeyError):
        preset(key)
