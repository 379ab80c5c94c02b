"""The walk through one step: the phases in the order in which the equations are evaluated."""

from __future__ import annotations

ALL = "all"
"""Not one phase but the whole cell."""

PHASES = ("concatenate", "forget", "erase", "candidate", "write", "output", "show")


def step_on(phase: str, t: int, T: int, by: int) -> tuple[str, int]:
    """The phase and step that come `by` (1 or −1) phases after (phase, t).

    After the last phase comes the first one of the next step, and the other way round; the walk
    ends at both ends of the run. From ALL it starts at the first phase, or going back at the last,
    of the same step.
    """
    if phase == ALL:
        return (PHASES[0] if by > 0 else PHASES[-1]), t
    where = (t - 1) * len(PHASES) + PHASES.index(phase) + by
    where = min(max(where, 0), T * len(PHASES) - 1)
    return PHASES[where % len(PHASES)], where // len(PHASES) + 1
