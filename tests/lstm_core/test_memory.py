"""What becomes of a memory: the life of what one step wrote, the half-life of a bias, a stuck tanh."""

import numpy as np
import pytest

from lstm_core import half_life, provenance
from lstm_core.memory import STUCK, half_life_of_bias, largest_memory, life_of_part, stuck_steps
from lstm_core.workbench.presets import preset
from tests.collected import collected


@collected("key", ["replace", "noise", "random"])
def test_a_life_is_what_provenance_says_and_names_the_greatest_loss(key):
    trace = preset(key).edited("C0.1", 0.8).trace()
    parts = provenance(trace, 1)
    for s in range(trace.T + 1):
        written = 0.8 if s == 0 else trace.written[s - 1, 0]
        for t in range(max(s, 1), trace.T + 1):
            life = life_of_part(trace, 1, s, t)
            assert life.left == parts[s, t - 1] and life.steps == t - s and not life.is_covered
            assert life.written == written and (life.worst_t is None) == (t == s)
            if t > s:
                losses = -np.diff(np.abs([written, *parts[s, s:t]]))
                assert losses[life.worst_t - s - 1] == losses.max()
                assert life.worst_f == trace.f[life.worst_t - 1, 0]


@pytest.mark.parametrize(("s", "t"), [(-1, 3), (4, 3), (0, 0), (3, 99)])
def test_a_life_outside_the_run_is_refused(s, t):
    with pytest.raises(ValueError, match="^s, t: expected"):
        life_of_part(preset("latch").trace(), 1, s, t)


def test_a_bias_has_the_half_life_that_the_lesson_names():
    """Row 12 of what ARCHITECTURE.md says is taught."""
    assert [f"{half_life_of_bias(b):.1f}" for b in (0, 1, 2, 5)] == ["1.0", "2.2", "5.5", "103.2"]
    biases = np.array([[0.0], [2.0]])
    np.testing.assert_allclose(half_life_of_bias(biases), half_life(1 / (1 + np.exp(-biases))))


@pytest.mark.parametrize("length", [40, 200])
def test_the_1997_cell_gets_stuck_and_the_gated_one_does_not(length):
    """What the page "Why forget?" shows of the runaway, at any length of the input."""
    long = preset("runaway").tiled(length)
    without, gated = (long.with_variant(cell).trace() for cell in ("1997", "lstm"))
    assert stuck_steps(without, 1) == (np.abs(without.tanh_C[:, 0]) > STUCK).sum() >= length - 5
    assert stuck_steps(gated, 1) == 0
    assert np.abs(gated.C).max() < 1.86 < np.abs(without.C).max()
    assert np.abs(gated.C).max() <= 1 / (1 - gated.f.max())  # the bound that the text names


def test_tiling_repeats_the_input_and_nothing_else():
    experiment = preset("latch")
    long = experiment.tiled(50)
    assert long.params == experiment.params
    np.testing.assert_array_equal(long.x, np.tile(experiment.x, (4, 1))[:50])
    assert experiment.tiled(3).T == 3
    with pytest.raises(ValueError, match="^T: expected"):
        experiment.tiled(0)


@pytest.mark.parametrize("C0", [-50.0, 0.0, 50.0])
def test_the_largest_memory_is_that_of_the_run_of_either_sign(C0):
    trace = preset("random").edited("C0.1", C0).trace()
    assert largest_memory(trace, 1) == max(abs(trace.C[:, 0]))
