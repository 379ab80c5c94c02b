"""The walk goes through every phase of every step in the order of the equations, and back the same way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.workbench.focus import ALL, BACK_PHASES, PHASES, back_on, step_on


def walked(phase: str, t: int, T: int, by: int, times: int) -> list[tuple[str, int]]:
    found = [(phase, t)]
    for _ in range(times):
        phase, t = step_on(phase, t, T, by)
        found.append((phase, t))
    return found


def test_the_phases_come_in_the_order_of_the_equations():
    assert PHASES == ("concatenate", "forget", "erase", "candidate", "write", "output", "show")
    assert ALL not in PHASES


@pytest.mark.parametrize("T", [1, 2, 5])
def test_forward_from_the_first_phase_goes_through_everything_once_and_stays_at_the_end(T):
    everything = [(phase, t) for t in range(1, T + 1) for phase in PHASES]
    end = everything[-1]
    assert walked(PHASES[0], 1, T, 1, len(everything) + 2) == [*everything, end, end, end]


@pytest.mark.parametrize("T", [1, 2, 5])
def test_back_from_the_last_goes_the_same_way_and_stays_at_the_start(T):
    everything = [(phase, t) for t in range(T, 0, -1) for phase in reversed(PHASES)]
    start = everything[-1]
    assert walked(PHASES[-1], T, T, -1, len(everything) + 2) == [*everything, start, start, start]


@given(st.integers(1, 40), st.data())
def test_there_and_back_is_where_one_was(T, data):
    t, phase, by = (
        data.draw(st.integers(1, T)),
        data.draw(st.sampled_from(PHASES)),
        data.draw(st.sampled_from([1, -1])),
    )
    onward = step_on(phase, t, T, by)
    assert 1 <= onward[1] <= T and onward[0] in PHASES
    at_an_end = (phase, t) in ((PHASES[0], 1), (PHASES[-1], T)) and onward == (phase, t)
    assert at_an_end or step_on(*onward, T, -by) == (phase, t)


@pytest.mark.parametrize("t", [1, 3, 5])
def test_from_the_whole_cell_it_starts_within_the_same_step(t):
    assert step_on(ALL, t, 5, 1) == (PHASES[0], t)
    assert step_on(ALL, t, 5, -1) == (PHASES[-1], t)


@pytest.mark.parametrize("phase", ["", "Forget", "nope"])
def test_a_phase_that_is_none_is_refused(phase):
    with pytest.raises(ValueError):
        step_on(phase, 1, 5, 1)


@pytest.mark.parametrize("T, first", [(1, 1), (5, 1), (5, 4)])
def test_the_walk_back_goes_through_every_phase_from_the_last_step_to_the_first_and_the_same_way_back(
    T, first
):
    everything = [(phase, t) for t in range(T, first - 1, -1) for phase in BACK_PHASES]
    there = [everything[0]]
    for _ in range(len(everything) + 1):
        there.append(back_on(*there[-1], first, T, 1))
    assert there == [*everything, everything[-1], everything[-1]]
    again = [everything[-1]]
    for _ in range(len(everything)):
        again.append(back_on(*again[-1], first, T, -1))
    assert again == [*everything[::-1], everything[0]]
