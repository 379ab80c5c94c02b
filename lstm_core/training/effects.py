"""What a network needs, found by disturbing it: network, problem -> **effects** -> scores.

A correlation says what a unit goes along with. Whether the network needs it shows when it is disturbed: its C
is held at one number, or the way from h back into the gates is cut, and the test is taken again. A longer
test says whether it learned the rule, or the length of its sequences.

Maheswaranathan and others, "Reverse engineering recurrent networks for sentiment classification reveals line
attractor dynamics", NeurIPS 2019, found values that live in the loop h -> gates -> C -> h.
"""

from collections.abc import Generator
from dataclasses import dataclass, replace

import numpy as np

from ..cell import forward
from ..rnn import RNNTrace
from ..trace import LSTMTrace
from .batch import Batch
from .example import batch_of, memory
from .learned import correlations
from .network import Network
from .problems import TEST_SEQUENCES, Problem

TIMES = (2, 3)
"""How many times as long the sequences of the longer tests are."""

_DRAWN = 4000
"""Sequences that are drawn of a grammar, of which few are long."""

_NEARLY_1 = 1 - 1e-15


@dataclass(frozen=True, eq=False)
class AtRest:
    """A network that nobody disturbs, over all test sequences until they end.

    score : the share that it gets right. mean, low, high : (H,), of the memory of each unit. mean_h : (H,).
    """

    score: float
    mean: np.ndarray
    low: np.ndarray
    high: np.ndarray
    mean_h: np.ndarray


@dataclass(frozen=True)
class Effects:
    """Shares of right test sequences, 0 to 1.

    score : undisturbed. lesions : by unit, from unit 1, with its memory held at its mean. loop : with the
    gates and the candidate reading the mean of h in place of h, and None in the plain RNN, whose only memory
    is h. loop_r : by unit, the correlation of its C with what has to be held then; () in the plain RNN.
    longer : (most steps, share) of sequences that are longer than those of the training.
    """

    score: float
    lesions: tuple[float, ...]
    loop: float | None
    loop_r: tuple[float, ...]
    longer: tuple[tuple[int, float], ...]


def effects(network: Network, problem: Problem) -> Effects:
    """All effects of a network, in one go."""
    steps = measuring(network, problem)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def measuring(network: Network, problem: Problem) -> Generator[None, None, Effects]:
    """The same in small steps, one run over the test each: a generator that returns the effects."""
    rest = at_rest(network, problem)
    x = batch_of(problem).x
    yield
    lesions = []
    for unit, mean in enumerate(rest.mean.tolist(), 1):
        lesions.append(score_of(network, problem, clamped(network, x, unit, mean)))
        yield
    loop, loop_r = None, []
    if not network.plain:
        trace = without_loop(network, rest.mean_h).run(x)
        loop = score_of(network, problem, trace)
        held = batch_of(problem).variables[problem.holds]
        loop_r = correlations(memory(network, trace), held).tolist()
        yield
    longer = []
    for times in TIMES:
        harder, batch = longer_test(problem, times)
        yield
        y = network.read_out(network.run(batch.x).h)
        longer.append((harder.T, harder.score_of(y, batch)))
        yield
    return Effects(rest.score, tuple(lesions), loop, tuple(loop_r), tuple(longer))


def at_rest(network: Network, problem: Problem) -> AtRest:
    """The network over its test."""
    batch = batch_of(problem)
    trace = network.run(batch.x)
    C, h = memory(network, trace)[batch.lasts], trace.h[batch.lasts]
    return AtRest(score_of(network, problem, trace), C.mean(0), C.min(0), C.max(0), h.mean(0))


def score_of(network: Network, problem: Problem, trace: LSTMTrace | RNNTrace) -> float:
    """The share of right test sequences when the readout reads the h of a run over them."""
    return problem.score_of(network.read_out(trace.h), batch_of(problem))


def clamped(network: Network, x, unit: int, value: float, labels=()) -> LSTMTrace | RNNTrace:
    """The run over x in which the memory of a unit (from 1) is a number at every step, whatever is written.

    The memory is C, and in the plain RNN h, of which a number beyond ±1 becomes the nearest that it can be.
    """
    params, k = network.params, unit - 1
    if network.plain:
        W, b = params.W.copy(), params.b.copy()
        value = min(max(value, -_NEARLY_1), _NEARLY_1)
        W[2, k], b[2, k] = 0, np.arctanh(value)
        start = np.zeros(params.H)
        start[k] = value
        return replace(network, params=replace(params, W=W, b=b)).run(x, start)
    pins = np.full((*np.shape(x)[:-1], 4, params.H), np.nan)
    pins[..., 0, k], pins[..., 1, k] = 1, 0  # all is kept and nothing is written
    start = np.zeros(params.H)
    start[k] = value
    return forward(params, x, 0.0, start, pins, labels)


def without_loop(network: Network, mean_h: np.ndarray) -> Network:
    """The network whose gates and candidate read one h (H,) at every step, in place of the h before."""
    params = network.params
    U, W = params.W[:, :, : params.H], params.W.copy()
    W[:, :, : params.H] = 0
    return replace(network, params=replace(params, W=W, b=params.b + U @ mean_h))


def longer_test(problem: Problem, times: int) -> tuple[Problem, Batch]:
    """The problem with sequences so many times as long, and a test of it; the same at each call.

    Of a grammar those sequences stand in the test that are longer than any of the training. In counting these
    have numbers n that the training never showed; only those steps are asked at which one symbol alone can
    come, because how many a there are at most is no rule of counting.
    """
    harder = replace(problem, T=times * problem.T)
    if problem.grammar is None:
        return harder, harder.test()
    batch = harder.draw(np.random.default_rng([0, times]), _DRAWN)
    long = np.flatnonzero(batch.counts.sum(axis=0) > problem.T)[:TEST_SEQUENCES]
    assert batch.chances is not None, "a batch of symbols says which ones can come next"
    counts = batch.counts
    if problem.key == "counting":
        counts = counts & ((batch.chances > 0).sum(axis=-1) == 1)
    return harder, Batch(
        batch.x[:, long], batch.target[:, long], counts[:, long], batch.lasts[:, long],
        {name: of[:, long] for name, of in batch.variables.items()}, batch.chances[:, long],
    )  # fmt: skip
