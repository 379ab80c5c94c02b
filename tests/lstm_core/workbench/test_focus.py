"""What is looked at: a walk goes through every phase of every step in order, and back the same way."""

import pytest

from lstm_core.workbench.focus import ALL, BACK_PHASES, PHASES, Focus, back_on, step_on
from lstm_core.workbench.presets import preset


def forward(T, first):
    def on(phase, t, by):
        return step_on(phase, t, T, by)

    return on, [(phase, t) for t in range(1, T + 1) for phase in PHASES]


def backward(T, first):
    def on(phase, t, by):
        return back_on(phase, t, first, T, by)

    return on, [(phase, t) for t in range(T, first - 1, -1) for phase in BACK_PHASES]


@pytest.mark.parametrize("walk", [forward, backward])
@pytest.mark.parametrize(("T", "first"), [(1, 1), (5, 1), (5, 4)])
def test_a_walk_goes_through_everything_once_and_back_the_same_way_and_stays_at_its_ends(walk, T, first):
    on, everything = walk(T, first)
    for by, expected in ((1, everything), (-1, everything[::-1])):
        found = [expected[0]]
        for _ in range(len(expected) + 1):
            found.append(on(*found[-1], by))
        assert found == [*expected, expected[-1], expected[-1]]


def test_the_phases_come_in_the_order_of_the_equations():
    assert PHASES == ("concatenate", "forget", "erase", "candidate", "write", "output", "show")


@pytest.mark.parametrize("t", [1, 3, 5])
def test_from_the_whole_cell_it_starts_within_the_same_step(t):
    assert step_on(ALL, t, 5, 1) == (PHASES[0], t)
    assert step_on(ALL, t, 5, -1) == (PHASES[-1], t)


@pytest.mark.parametrize(
    ("t", "unit", "within"), [(0, 0, (1, 1)), (99, 9, (16, 1)), (-5, 1, (1, 1)), (7, 1, (7, 1))]
)
def test_the_focus_moves_into_the_experiment(t, unit, within):
    assert Focus(t, unit).within(preset("latch")) == Focus(*within)
