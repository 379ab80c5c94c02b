"""What the tests of the core run on: recorded runs of PyTorch and Keras, random experiments, bad input."""

from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lstm_core import LSTMParams, LSTMTrace, forward
from lstm_core.params import VARIANTS

FIXTURES = Path(__file__).parents[1] / "fixtures"
RECORDED = sorted(path.stem for path in FIXTURES.glob("*.npz") if not path.stem.startswith("rnn"))
RECORDED_RNN = sorted(path.stem for path in FIXTURES.glob("rnn_*.npz"))


def recorded(name: str) -> SimpleNamespace:
    """The arrays of one file under tests/fixtures, plus `params` and `atol`; make_fixtures.py names them."""
    with np.load(FIXTURES / f"{name}.npz") as arrays_of_run:
        run = SimpleNamespace(**arrays_of_run)
    variant = {"peepholes": getattr(run, "peepholes", None), "coupled": hasattr(run, "coupled")}
    run.params = LSTMParams(run.W, run.b, bool(getattr(run, "forget_gate", True)), **variant)
    run.atol = 1e-12 if run.W.dtype == np.float64 else 3e-6
    return run


class Experiment(NamedTuple):
    """What `forward` takes, so that `forward(*experiment)` runs it."""

    params: LSTMParams
    x: np.ndarray
    h0: np.ndarray
    C0: np.ndarray

    def run(self) -> LSTMTrace:
        return forward(*self)


@st.composite
def experiments(draw, within=3.0, dtype=np.float64, numbers=None, batch=None, most_steps=6):
    """Weights, inputs and states of any size up to H = D = 3, every number within ±`within`.

    The cell is any of VARIANTS.
    `numbers`, a strategy, stands in for them in about half of the arrays. `batch` True or False
    asks for a batch or for one sequence.
    """
    H, D, T = (draw(st.integers(1, n)) for n in (3, 3, most_steps))
    has_batch = draw(st.booleans()) if batch is None else batch
    rows = (draw(st.integers(1, 3)),) if has_batch else ()
    ordinary = st.floats(-within, within, width=np.finfo(dtype).bits)
    of_an_array = st.sampled_from([ordinary, ordinary if numbers is None else numbers])
    W, b, x, h0, C0 = (
        draw(arrays(dtype, shape, elements=draw(of_an_array)))
        for shape in ((4, H, H + D), (4, H), (T, *rows, D), (*rows, H), (*rows, H))
    )
    forget_gate, has_peepholes, coupled = VARIANTS[draw(st.sampled_from(list(VARIANTS)))]
    peepholes = draw(arrays(dtype, (3, H), elements=draw(of_an_array))) if has_peepholes else None
    return Experiment(LSTMParams(W, b, forget_gate, peepholes, coupled), x, h0, C0)


def absurd(dtype):
    """Numbers up to the largest float, and down to the smallest; a failing example shrinks towards 0."""
    limits = np.finfo(dtype)
    sizes = [0.0, 1.0, limits.max, limits.max**0.97, limits.max**0.5, limits.tiny, limits.smallest_subnormal]
    return st.sampled_from([sign * float(size) for size in sizes for sign in (1, -1)])


class Unwilling:
    """Like a tensor that requires a gradient: asked for its array, it raises an error of its own."""

    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("Can't call numpy() on Tensor that requires grad.")


@st.composite
def pins_for(draw, experiment):
    """Pins (T, …, 4, H) for a run, some or all of them NaN; a seed keeps the drawing quick."""
    random = np.random.default_rng(draw(st.integers(0, 9999), label="seed of the pins"))
    pins = random.uniform([[0], [0], [-1], [0]], 1, (*experiment.x.shape[:-1], 4, experiment.params.H))
    pins[random.uniform(size=pins.shape) < draw(st.sampled_from([0.0, 0.5, 1.0]))] = np.nan
    return pins


def not_numbers(good: np.ndarray) -> dict:
    """What may never pass for `good`: by name, values that are not finite real numbers."""

    def with_one(value, dtype=np.float64):
        bad = np.array(good, dtype)
        bad.flat[-1] = value
        return bad

    with np.errstate(over="ignore"):  # where long double is double, this is infinity
        too_large = np.longdouble(np.finfo(np.float64).max) * 4
    return {
        "text": "0.5",
        "tensor that will not become an array": Unwilling(),
        "numbers as text": good.astype(str).tolist(),
        "None inside": with_one(None, object).tolist(),
        "complex": good + 0j,
        "dates": good.astype("datetime64[s]"),
        "ragged": [[1.0, 2.0], [3.0]],
        "int too large for any float": with_one(10**400, object).tolist(),
        "long double too large for float64": with_one(too_large, np.longdouble),
        "NaN": with_one(np.nan),
        "infinity": with_one(np.inf),
        "minus infinity": with_one(-np.inf),
        "nothing": [],
    }


NOT_NUMBERS = list(not_numbers(np.ones((1, 1))))
