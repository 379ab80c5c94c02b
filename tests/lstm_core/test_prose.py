"""What the prose of `why_forget`, `gradient`, `learning` and the gates says of runs, held by runs.

The numbers are read off the English prose; test_texts.py sees that every other language names the same.
"""

import re
from dataclasses import replace

import numpy as np
import pytest

from lstm_core import cell_jacobian, direct_path, input_sensitivity, provenance, rnn_forward, state_jacobian
from lstm_core.paths import spectral_norm
from lstm_core.training import Setup, problem_of, train
from lstm_core.training.network import starting_network
from lstm_core.training.shipped import shipped
from lstm_core.words import Words
from lstm_core.workbench.presets import PRESETS, preset

PROSE = {
    page: Words("en").prose(page)
    for page in ("forget_gate", "gradient", "learning", "output_gate", "why_forget")
}


def straightness(values: np.ndarray) -> tuple[float, float]:
    """How much of the values a straight line explains (1 is all), and its slope."""
    steps = np.arange(len(values))
    slope, start = np.polyfit(steps, values, 1)
    return 1 - np.var(values - start - slope * steps) / np.var(values), slope


def test_the_gradient_of_a_plain_rnn_is_usually_nearly_straight_on_a_logarithmic_scale_and_shrinks():
    lines = []
    for seed in range(1, 31):
        experiment = preset("random", seed)
        jacobian = state_jacobian(rnn_forward(experiment.params, experiment.x, experiment.h0))
        lines.append(straightness(np.log(spectral_norm(jacobian[:-1]))))
    explained, slopes = np.transpose(lines)
    assert np.median(explained) > 0.97 and (explained > 0.9).sum() >= 27 and (slopes > 0).all()


@pytest.mark.parametrize("factor", [0.5, 1.0])
def test_with_an_input_that_stays_its_factor_is_the_same_at_every_step(factor):
    experiment = preset("random", 1)
    W = experiment.params.W.copy()
    W[2, :, :2] *= factor
    trace = rnn_forward(replace(experiment.params, W=W), np.repeat(experiment.x[:1], 60, axis=0))
    explained, slope = straightness(np.log(spectral_norm(state_jacobian(trace)[10:50])))
    assert explained > 0.98 and slope != 0


def wrote_and_matters(experiment, t: int) -> tuple[float, float]:
    """Of the last memory of unit 1: the part that step t wrote, and the largest effect of an input there."""
    trace = experiment.trace()
    return provenance(trace, 1)[t, -1], abs(input_sensitivity(trace, 1)[t - 1]).max()


def test_a_closed_gate_writes_hardly_anything_and_may_still_matter():
    experiment, t = preset("noise"), 5
    trace = experiment.trace()
    wrote, matters = wrote_and_matters(experiment, t)
    C = trace.C[-1, 0]
    assert trace.i[t - 1, 0] < 0.02 and abs(wrote) < 0.02 * abs(C) and matters > 5 * abs(wrote)
    other = experiment.edited(f"x.{t}.2", 1.0).trace()  # another input opens it
    assert other.i[t - 1, 0] > 0.9 and abs(other.C[-1, 0] - C) > 0.3 * abs(C)


@pytest.mark.parametrize(("bias", "reacts"), [(-6, True), (-30, False)])
def test_a_saturated_gate_neither_writes_nor_has_an_effect(bias, reacts):
    wrote, matters = wrote_and_matters(preset("noise").edited("b_i.1", bias), 5)
    assert abs(wrote) < 0.02 and (matters > 0.01) == reacts


def test_so_many_steps_as_the_prose_says_leave_a_hundredth():
    [(f, steps)] = re.findall(r"f = (0\.\d+)\$[^.]*?(\d+) steps", PROSE["gradient"])
    path = direct_path(preset("leaky").tiled(int(steps) + 1).pinned("pin_f.1", float(f)).trace(), 1)
    assert path[0] < path[1] < 0.01 < path[2]  # from step 1 on there are so many gates on the way


def test_the_slope_of_h_is_what_the_prose_says():
    [(o, C, said)] = re.findall(r"o_t = (0\.\d+)\$[^$]*\$C_t = (\d+)\$\D*(0\.\d+)", PROSE["output_gate"])

    def h(C0):
        pins = {"pin_f.1": 1.0, "pin_i.1": 0.0, "pin_o.1": float(o)}
        return preset("leaky").with_pins(pins).edited("C0.1", C0).trace().h[0, 0]

    assert said == f"{(h(float(C) + 1e-6) - h(float(C) - 1e-6)) / 2e-6:.3f}"
    assert r"o_t\,(1 - \tanh^2 C_t)" in PROSE["output_gate"]


def test_the_gradient_over_h_explodes_as_the_prose_says():
    """It names the steps, the seed, the cell, its bounds and the factor."""
    [line] = [line for line in PROSE["why_forget"].splitlines() if "27" in line]
    assert {"40", "27", "1997", "1", "16"} <= {*re.findall(r"(?<![\d.±/])\d+(?![\d.])", line)}
    experiment = preset("random", 27).with_variant("1997").resized(T=40)
    assert experiment.H == 2 and abs(experiment.params.W).max() <= 1 and abs(experiment.params.b).max() <= 1
    trace = experiment.trace()
    assert f"{spectral_norm(cell_jacobian(trace))[1]:.0f}" == "16"
    np.testing.assert_array_equal(direct_path(trace), 1)  # along C it is exactly 1


def test_in_most_experiments_the_candidate_does_not_read_h():
    deaf = [key for key in PRESETS if not preset(key).params.U_c.any()]
    assert len(deaf) > len(PRESETS) / 2


def test_the_shares_of_the_forget_gate_are_those_of_its_prose():
    """ "0.92 keeps 92 % and erases 8 %" """
    [(f, kept, erased)] = re.findall(r"(0\.\d+)\D+?(\d+) ?%\D+?(\d+) ?%", PROSE["forget_gate"])
    trace = preset("leaky").pinned("pin_f.1", float(f)).edited("C0.1", 1.0).trace()
    assert [kept, erased] == [f"{100 * trace.kept[0, 0]:.0f}", f"{100 * trace.erased[0, 0]:.0f}"]


@pytest.mark.parametrize("f", [0.2, 0.5, 0.9])
def test_with_a_constant_gate_C_never_passes_its_bound(f):
    assert "$1/(1-f)$" in PROSE["why_forget"]
    experiment = preset("runaway").with_variant("lstm").tiled(200).pinned("pin_f.1", f)
    assert abs(experiment.trace().C[:, 0]).max() <= 1 / (1 - f) + 1e-12
    full = experiment.pinned("pin_i.1", 1.0).pinned("pin_c.1", 1.0).trace().C[:, 0]
    assert full[-1] == pytest.approx(1 / (1 - f), rel=1e-6) and (np.diff(full[:20]) > 0).all()


# -- the prose of `learning` ------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "grows"), [("stream_1997", True), ("stream", False)])
def test_without_a_forget_gate_c_grows_without_bound_in_the_stream_and_with_one_it_does_not(name, grows):
    """“Its C grows without bound”: ten times the steps, ten times the memory."""
    course = shipped(name)
    x = replace(course.problem, T=200).test().x  # 2,000 steps
    C = abs(course.network().run(x).C)
    short, long, longest = (float(C[:T].max()) for T in (20, 200, 2000))
    if grows:
        assert 5 < long / short < 20 and 5 < longest / long < 20 and longest > 300
    else:
        assert longest < 3


def test_the_forget_gate_starts_where_the_prose_of_learning_says():
    starts = [float(f) for f in re.findall(r"\$(?:f = )?(0\.\d+)\$", PROSE["learning"])]
    assert starts == [round(1 / (1 + np.exp(-bias)), 2) for bias in (0, 1, 3)]
    problem, random = problem_of("recall"), np.random.default_rng(0)
    for start, f in zip(("bias0", "bias1", "bias3"), starts, strict=True):
        network = starting_network(Setup(start=start), 3, 1, problem.T, random)
        assert abs(network.run(problem.test().x).f.mean() - f) < 0.02
    uniform = [starting_network(Setup(start="uniform"), 3, 1, 20, random) for _ in range(30)]
    assert abs(np.mean([network.params.b[0] for network in uniform])) < 0.1  # the forget bias is near 0, too


def test_so_little_of_the_direct_path_is_left_as_the_prose_of_learning_says():
    [steps] = re.findall(r"(\d+) steps", PROSE["learning"])
    assert "ten-thousandth" in PROSE["learning"] and 0.5 ** int(steps) < 1e-4 < 0.5 ** (int(steps) - 2)


@pytest.mark.nightly
@pytest.mark.parametrize("start, learned", [("uniform", 0), ("bias1", 10)])
def test_so_many_of_ten_seeds_learn_as_the_prose_of_learning_says(start, learned):
    problem = problem_of("recall")
    assert (problem.setup.start, problem.updates) == ("bias1", 700) and "700" in PROSE["learning"]
    courses = [train(problem, replace(problem.setup, start=start), seed, 700) for seed in range(1, 11)]
    assert sum(course.reached() is not None for course in courses) == learned
