"""The ten tasks from easy to hard, each with a solution that a test checks: key -> **task**."""

from dataclasses import replace

import numpy as np

from ...params import LSTMParams
from ...trace import LSTMTrace
from ...workbench.experiment import Experiment
from ...workbench.presets import preset
from .conditions import Miss, empty, first, held, last_event, stored
from .pulses import by_a_quarter, counts, flips, not_yet, pulses, says_so, stays
from .task import Task


def _bare(key: str, x=None, **weights: float) -> Experiment:
    """A preset in which all weights are 0 except those named, such as `b_f_1=2`.

    x : inputs in place of those of the preset.
    """
    base = preset(key)
    params = LSTMParams(np.zeros_like(base.params.W), np.zeros_like(base.params.b))
    bare = replace(base, params=params, x=base.x if x is None else x)
    for name, value in weights.items():
        bare = bare.edited(f"{name[:3]}.{name[4:].replace('_', '.')}", value)
    return bare


def _signed(random: np.random.Generator, low: float, high: float, size=None):
    return random.uniform(low, high, size) * random.choice([-1, 1], size)


# -- hold, half_life: one value, then nothing -------------------------------------------------------


def _one_value(random: np.random.Generator) -> np.ndarray:
    x = np.zeros((16, 1))
    x[random.integers(0, 4), 0] = _signed(random, 0.4, 1)
    return x


def _given(trace: LSTMTrace) -> np.ndarray:
    return trace.x[:, 0] != 0


def _half(trace: LSTMTrace) -> Miss | None:
    """Three steps after the value half of C has to be left, after six steps a quarter."""
    C = trace.C[:, 0]
    s = int(np.flatnonzero(_given(trace))[0])
    left = C / C[s] if C[s] else np.zeros_like(C)
    steps = np.arange(trace.T) - s
    wanted = np.where(steps >= 0, 0.5 ** (np.maximum(steps, 0) / 3), 0.0)
    asked = (steps == 3) | (steps == 6)
    return first(asked & (abs(left - wanted) > 0.03), wanted=wanted, got=left)


# -- store_on_flag: value and store flag -----------------------------------------------

_FLAGGED = [(0.6, 0), (0.8, 1), (-0.5, 0), (0.7, 0), (-0.9, 0), (0.3, 0), (0.9, 0), (-0.6, 1),
            (0.8, 0), (0.5, 0), (-0.4, 0), (0.9, 0), (0.6, 1), (-0.7, 0), (0.4, 0)]  # fmt: skip


def _flagged(random: np.random.Generator) -> np.ndarray:
    T = 18
    flags = np.zeros(T)
    flags[[random.integers(1, 4), random.integers(7, 10), random.integers(12, 16)]] = 1
    return np.column_stack([_signed(random, 0.3, 0.9, T), flags])


def _flag(trace: LSTMTrace) -> np.ndarray:
    return trace.x[:, 1] > 0.9


_STORE = {
    "empty": lambda trace: empty(trace, last_event(_flag(trace)) < 0, 0.15),
    "stored": lambda trace: stored(trace, trace.x[:, 0], _flag(trace), 0.7, 1.4),
    "held": lambda trace: held(trace, last_event(_flag(trace)), within=0.15),
}

_STORING = {"b_f.1": 6, "V_f.1.2": -12, "b_i.1": -6, "V_i.1.2": 12, "V_c.1.1": 1.2}

# -- reset_on_flag, repair: value, store flag and reset flag ----------------------------------------


def _resetting(random: np.random.Generator) -> np.ndarray:
    T = 18
    x = np.zeros((T, 3))
    x[:, 0] = _signed(random, 0.3, 0.9, T)
    store, reset, again = random.integers(0, 3), random.integers(7, 10), random.integers(11, 14)
    x[[store, again], 1] = 1
    x[[reset, random.integers(15, 18)], 2] = 1
    return x


def _since_store(trace: LSTMTrace) -> np.ndarray:
    """(T,) the step of the last store flag, −1 before the first one and after a reset that followed it."""
    store, reset = (last_event(trace.x[:, d] > 0.9) for d in (1, 2))
    return np.where(store > reset, store, -1)


_LATCH = {
    "stored": lambda trace: stored(trace, trace.x[:, 0], _flag(trace), 0.7, 1.4),
    "held": lambda trace: held(trace, _since_store(trace), within=0.15),
    "dropped": lambda trace: empty(
        trace, (_since_store(trace) < 0) & (last_event(trace.x[:, 2] > 0.9) >= 0), 0.15
    ),
}

# Each variant of `repair` has one of these wrong weights: (address, its wrong value).
_BROKEN = (
    ("b_f.1", 0.5),
    ("V_f.1.3", 0.0),
    ("b_i.1", -1.0),
    ("V_i.1.2", 1.0),
    ("V_c.1.1", -1.5),
    ("V_f.1.1", 6.0),
)


def broken_weight(seed: int) -> str:
    """The address of the weight that is wrong in the variant of `repair` that a seed stands for."""
    return _BROKEN[seed % len(_BROKEN)][0]


def _good_latch() -> Experiment:
    return preset("latch").edited("b_f.1", 6).edited("V_f.1.3", -12).edited("b_i.1", -6).edited("V_i.1.2", 12)


def _spoiled(seed: int) -> Experiment:
    return _good_latch().edited(*_BROKEN[seed % len(_BROKEN)])


class _Repair(Task):
    def solution(self, seed: int = 1) -> Experiment:
        address = broken_weight(seed)
        return self.start(seed).edited(address, _good_latch().value(address))


# -- say_three: unit 1 counts ------------------------------------------------------------------------


def _counting() -> Experiment:
    """Unit 1 counts and shows what it counted; unit 2 does nothing yet."""
    start = _bare("counter").resized(H=2)
    for address, value in {"b_f.1": 12, "b_i.1": -6, "V_i.1.1": 12, "V_c.1.1": 0.3, "b_o.1": 12}.items():
        start = start.edited(address, value)
    return start


# -- silent: value and ask flag ---------------------------------------------------------------------


def _asked(random: np.random.Generator) -> np.ndarray:
    x = np.zeros((16, 2))
    x[random.integers(0, 4), 0] = _signed(random, 0.5, 1)
    x[random.choice(np.arange(6, 16), 2, replace=False), 1] = 1
    return x


def _silent(trace: LSTMTrace) -> Miss | None:
    """h has to be about 0 wherever the ask flag is down."""
    h = trace.h[:, 0]
    return first((trace.x[:, 1] == 0) & (abs(h) > 0.05), got=h)


def _answers(trace: LSTMTrace) -> Miss | None:
    """At the ask flag h has to have the sign of C and at least half the size of tanh(C)."""
    h, most = trace.h[:, 0], trace.tanh_C[:, 0]
    return first((trace.x[:, 1] == 1) & ~((h * np.sign(most) >= 0.5 * abs(most)) & (abs(h) > 0.15)), got=h)


# -- noise: value and flag, both noisy --------------------------------------------------------------


def _noisy(random: np.random.Generator) -> np.ndarray:
    T = 16
    x = np.column_stack([random.uniform(-1, 1, T), random.uniform(-0.3, 0.3, T)])
    x[random.integers(1, 5)] = _signed(random, 0.5, 0.9), 1
    return x


TASKS: dict[str, Task] = {task.key: task for task in (
    Task(
        "hold", "forget_gate", lambda seed: _bare("leaky", V_c_1_1=2, b_i_1=2), {"b_f.1": 6}, _one_value,
        {
            "stored": lambda trace: stored(trace, trace.x[:, 0], _given(trace), 0.5, 1.6),
            "held": lambda trace: held(trace, last_event(_given(trace)), upto=10),
        },
    ),
    Task(
        "half_life", "forget_gate", lambda seed: _bare("leaky", V_c_1_1=2, b_i_1=2, b_f_1=4), {"b_f.1": 1.35},
        _one_value,
        {"stored": lambda trace: stored(trace, trace.x[:, 0], _given(trace), 0.5, 1.6), "half": _half},
    ),
    Task(
        "reset_on_flag", "forget_gate",
        lambda seed: _bare("latch", b_f_1=6, b_i_1=-6, V_i_1_2=12, V_c_1_1=1.5), {"V_f.1.3": -12},
        _resetting, _LATCH,
    ),
    _Repair("repair", "overview", _spoiled, {}, _resetting, _LATCH, few_changes=1, seeded=True),
    Task(
        "count", "cell_state", lambda seed: _bare("counter"), {"b_f.1": 12, "V_c.1.1": 0.5}, pulses,
        {"grows": by_a_quarter, "stays": stays}, forget_gate_free=True,
    ),
    Task(
        "silent", "output_gate", lambda seed: _bare("silent", b_f_1=6, b_i_1=2, V_c_1_1=1.5, b_o_1=2),
        {"b_o.1": -4, "V_o.1.2": 8}, _asked,
        {
            "stored": lambda trace: stored(trace, trace.x[:, 0], _given(trace), 0.5, 1.6),
            "held": lambda trace: held(trace, last_event(_given(trace))),
            "silent": _silent,
            "answers": _answers,
        },
        forget_gate_free=True,
    ),
    Task(
        "ignore_noise", "input_gate", lambda seed: _bare("noise", b_f_1=6, V_c_1_1=1.5, V_i_1_2=4),
        {"b_i.1": -8, "V_i.1.2": 12}, _noisy,
        _STORE | {"held": lambda trace: held(trace, last_event(_flag(trace)))},
        forget_gate_free=True,
    ),
    Task(
        "store_on_flag", "input_gate", lambda seed: _bare("noise", _FLAGGED, b_f_1=6, V_c_1_1=1.2), _STORING,
        _flagged, _STORE,
    ),
    Task(
        "flip", "output_gate",
        lambda seed: _bare("counter", b_f_1=6, V_f_1_1=-12, b_i_1=-6, V_i_1_1=12, b_o_1=-2),
        {"b_c.1": 1, "U_c.1.1": -6, "b_o.1": 3}, pulses, {"flips": flips, "stays": stays},
    ),
    Task(
        "say_three", "output_gate", lambda seed: _counting(),
        {"b_f.2": -12, "U_i.2.1": 12, "b_i.2": -6.6, "U_c.2.1": 12, "b_c.2": -6.6, "b_o.2": 12},
        pulses, {"counts": counts, "not_yet": not_yet, "says_so": says_so}, forget_gate_free=True,
    ),
)}  # fmt: skip
"""Every task by key, from easy to hard: the solution of a later one changes no fewer numbers."""
