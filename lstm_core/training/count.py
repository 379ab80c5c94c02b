"""How many weights a network has, and how many units give as many: setup, problem -> **count**."""

from .plan import Plan
from .problems import Problem
from .setup import MAX_H, Setup


def weight_count(setup: Setup, problem: Problem) -> int:
    """The weights and biases that a training moves: those of the cell and those of the readout.

    A block of the cell has H·(H + D) weights and H biases. The LSTM has four blocks, the cell of 1997 and the
    one with coupled gates three, the plain RNN one.
    """
    H, D, K = setup.H, len(problem.inputs), len(problem.outputs)
    gates = 0 if setup.cell == "rnn" else 3 - ("1997" in setup.cell) - ("coupled" in setup.cell)
    peepholes = gates * H if "peephole" in setup.cell else 0
    return (gates + 1) * (H * (H + D) + H) + peepholes + K * (H + 1)


def with_equal_count(plan: Plan, cell: str) -> Plan:
    """The plan with another cell, and so many units that it has as nearly as many weights as can be."""
    count = weight_count(plan.setup, plan.problem)
    plans = [plan.with_setup(cell=cell, H=H) for H in range(1, MAX_H + 1)]
    return min(plans, key=lambda other: abs(weight_count(other.setup, plan.problem) - count))
