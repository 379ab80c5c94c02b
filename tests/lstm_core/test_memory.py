"""What becomes of a memory: the life of what one step wrote, the half-life of a bias, a stuck tanh."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_core import half_life, provenance
from lstm_core.memory import STUCK, half_life_of_bias, largest_memory, life_of_part, stuck_steps
from lstm_core.workbench.presets import PRESETS, preset
from tests.collected import collected


@collected("key", PRESETS)
def test_a_life_is_what_provenance_says_and_names_the_greatest_loss(key):
    trace = preset(key).edited("C0.1", 0.8).trace()
    parts = provenance(trace, 1)
    for s in range(trace.T + 1):
        for t in range(max(s, 1), trace.T + 1):
            life = life_of_part(trace, 1, s, t)
            assert life.left == parts[s, t - 1] and life.steps == t - s and not life.is_covered
            assert life.written == (0.8 if s == 0 else trace.written[s - 1, 0])
            if life.worst_t is None:
                assert t == s
                continue
            sizes = np.abs([life.written, *parts[s, max(s, 0) : t]]) if s else np.abs([0.8, *parts[0, :t]])
            losses = sizes[:-1] - sizes[1:]
            assert losses[life.worst_t - s - 1] == losses.max()
            assert life.worst_f == trace.f[life.worst_t - 1, 0]


@pytest.mark.parametrize(("s", "t"), [(-1, 3), (4, 3), (0, 0), (3, 99), (99, 99)])
def test_a_life_outside_the_run_is_refused(s, t):
    with pytest.raises(ValueError, match="^s, t: expected"):
        life_of_part(preset("latch").trace(), 1, s, t)


def test_a_bias_has_the_half_life_that_the_lesson_names():
    """Row 12 of what ARCHITECTURE.md says is taught."""
    assert [round(half_life_of_bias(b), 1) for b in (0, 1, 2)] == [1.0, 2.2, 5.5]
    assert round(half_life_of_bias(5)) == 103 and np.ndim(half_life_of_bias(5)) == 0
    assert half_life_of_bias([[0.0], [1.0]]).shape == (2, 1)
    np.testing.assert_allclose(half_life_of_bias([0.0, 2.0]), half_life(1 / (1 + np.exp([-0.0, -2.0]))))


def test_the_1997_cell_gets_stuck_and_the_gated_one_does_not():
    """What the page "Why forget?" shows of the runaway, at any length of the input."""
    for length in (40, 100, 200):
        long = preset("runaway").tiled(length)
        without, gated = (long.with_variant(cell).trace() for cell in ("1997", "lstm"))
        assert stuck_steps(without, 1) == (np.abs(without.tanh_C[:, 0]) > STUCK).sum() >= length - 5
        assert stuck_steps(gated, 1) == 0
        assert np.abs(gated.C).max() < 1.86 < np.abs(without.C).max()
        assert np.abs(gated.C).max() <= 1 / (1 - gated.f.max())  # the bound that the text names


def test_tiling_repeats_the_input_and_nothing_else():
    experiment = preset("latch")
    long = experiment.tiled(50)
    assert long.T == 50 and long.params == experiment.params
    for t in range(50):
        np.testing.assert_array_equal(long.x[t], experiment.x[t % experiment.T])
    assert experiment.tiled(3).T == 3
    with pytest.raises(ValueError, match="^T: expected"):
        experiment.tiled(0)


@collected("key", PRESETS)
def test_the_largest_memory_is_that_of_the_run_of_either_sign(key):
    experiment = preset(key).edited("C0.1", -50.0)
    C = experiment.trace().C[:, 0]
    assert largest_memory(experiment.trace(), 1) == max(C.max(), -C.min())
