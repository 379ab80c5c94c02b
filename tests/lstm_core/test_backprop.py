"""The walk back, number by number: against autograd, and with itself."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import forward
from lstm_core.backprop import LOSSES, WAYS, backprop
from lstm_core.params import VARIANTS
from lstm_core.workbench.presets import preset
from tests.collected import collected
from tests.lstm_core.examples import FIXTURES, absurd, experiments, recorded

pytestmark = pytest.mark.filterwarnings("error")

CELLS = sorted(path.stem for path in (FIXTURES / "walk_back").glob("*.npz"))
LAST = (0, 1, 3)
OF_STEPS = ("h", "C", "f", "i", "C_tilde", "o", "z")


def run_of(cell: str):
    run = recorded(f"torch_{cell}")
    return forward(run.params, run.x, run.h0, run.C0)


def test_every_kind_of_cell_is_walked():
    assert {run_of(cell).params.variant for cell in CELLS} == VARIANTS.keys()


@collected("cell", CELLS)
def test_every_number_of_the_walk_equals_autograd(cell):
    trace = run_of(cell)
    with np.load(FIXTURES / "walk_back" / f"{cell}.npz") as recorded_walks:
        truth = dict(recorded_walks)
    for (a, loss), (b, ways), (c, last) in product(*map(enumerate, (LOSSES, WAYS, LAST))):
        walk = backprop(trace, loss, ways, last)
        ours = {name: getattr(walk, name) for name in OF_STEPS}
        ours |= {"h0": walk.h_later[walk.first - 1], "C0": walk.C_later[walk.first - 1]}
        units = range(1, trace.params.H + 1)
        weights = np.stack([walk.of_weights(unit).sum(axis=0) for unit in units], axis=1)
        ours |= {"W": weights[..., :-2], "b": weights[..., -2]}
        if trace.params.peepholes is None:
            assert not weights[..., -1].any()
        else:
            ours["peepholes"] = weights[[0, 1, 3], ..., -1]
        for name, values in ours.items():
            theirs = truth[name][a, b, c]
            atol = 1e-12 * max(1, np.abs(theirs).max())
            said = f"{loss} {ways} {last} {name}"
            np.testing.assert_allclose(values, theirs, rtol=0, atol=atol, err_msg=said)


@given(
    experiments(within=2.0, batch=False), st.sampled_from(LOSSES), st.sampled_from(WAYS), st.integers(0, 7)
)
def test_what_arrives_is_the_sum_of_the_parts_that_are_named(experiment, loss, ways, last):
    trace = experiment.run()
    walk = backprop(trace, loss, ways, last)
    steps = slice(walk.first - 1, None)
    parts_of_C = walk.C_loss + walk.through_tanh + walk.through_peephole + walk.C_later[1:]
    for parts, whole in ((walk.h_loss + walk.h_later[1:], walk.h), (parts_of_C, walk.C)):
        np.testing.assert_allclose(parts[steps], whole[steps], rtol=1e-9, atol=1e-9)
    for name in OF_STEPS:
        assert not getattr(walk, name)[: walk.first - 1].any()
    assert walk.first == (max(trace.T - last, 0) + 1 if last else 1)
    for t in range(walk.first, trace.T + 1):
        handed = walk.through_gates(t).sum(axis=0) * (ways == "both")
        np.testing.assert_allclose(walk.h_later[t - 1], handed, rtol=1e-9, atol=1e-9)


def test_a_pinned_gate_gets_a_gradient_and_hands_none_on():
    trace = preset("random").pinned("pin_f.1", 0.5).pinned("pin_i.2.7", 0.25).trace()
    walk = backprop(trace, "all")
    assert not walk.z[:, 0, 0].any() and walk.z[6, 1, 1] == 0 and walk.z[5, 1, 1] != 0
    np.testing.assert_allclose(walk.f[:, 0], walk.C[:, 0] * trace.C_prev[:, 0])
    assert walk.i[6, 1] == walk.C[6, 1] * trace.C_tilde[6, 1] != 0


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@given(data=st.data())
def test_every_number_is_finite_for_any_finite_input(dtype, data):
    trace = data.draw(experiments(dtype=dtype, numbers=absurd(dtype), batch=False)).run()
    walk = backprop(trace, data.draw(st.sampled_from(LOSSES)))
    for name in (*OF_STEPS, "h_later", "C_later", "through_tanh", "through_peephole"):
        ours = getattr(walk, name)
        assert ours.dtype == dtype and np.isfinite(ours).all(), name
    assert np.isfinite(walk.of_weights(1)).all()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"loss": "x"}, "^loss: expected one of C, h, all, got 'x'"),
        ({"ways": None}, "^ways: expected one of both, C, got None"),
        ({"last": -1}, "^last: expected a whole number from 0, got "),
        ({"last": 1.5}, "^last: expected a whole number from 0, got "),
    ],
)
def test_what_is_no_loss_and_no_way_is_refused(wrong, told):
    with pytest.raises(ValueError, match=told):
        backprop(preset("far").trace(), **wrong)
