"""What the prose of `why_forget` and `gradient` says of runs in general, held by runs."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from lstm_core import cell_jacobian, direct_path, input_sensitivity, provenance, rnn_forward, state_jacobian
from lstm_core.paths import spectral_norm
from lstm_core.training import Setup, problem_of, train
from lstm_core.training.network import starting_network
from lstm_core.training.shipped import shipped
from lstm_core.words import LANGUAGES, Words
from lstm_core.workbench.presets import PRESETS, preset

SEEDS = range(1, 31)
"""Of the preset of random weights."""


def straightness(values: np.ndarray) -> tuple[float, float]:
    """How much of the values a straight line explains (1 is all), and its slope."""
    steps = np.arange(len(values))
    slope, start = np.polyfit(steps, values, 1)
    return 1 - np.var(values - start - slope * steps) / np.var(values), slope


def test_the_gradient_of_a_plain_rnn_is_usually_nearly_straight_on_a_logarithmic_scale_and_shrinks():
    lines = []
    for seed in SEEDS:
        experiment = preset("random", seed)
        jacobian = state_jacobian(rnn_forward(experiment.params, experiment.x, experiment.h0))
        lines.append(straightness(np.log(spectral_norm(jacobian[:-1]))))
    explained, slopes = np.transpose(lines)
    assert np.median(explained) > 0.97 and (explained > 0.9).sum() >= 27 and (slopes > 0).all()


@pytest.mark.parametrize("factor", [0.5, 1.0])
def test_with_an_input_that_stays_its_factor_is_the_same_at_every_step(factor):
    experiment = preset("random", 1).tiled(60)
    x = np.repeat(experiment.x[:1], 60, axis=0)
    W = experiment.params.W.copy()
    W[2, :, :2] *= factor
    trace = rnn_forward(type(experiment.params)(W, experiment.params.b), x)
    norm = np.log(spectral_norm(state_jacobian(trace)[10:50]))
    explained, slope = straightness(norm)
    assert explained > 0.98 and slope != 0


def test_a_closed_gate_writes_hardly_anything_and_may_still_matter():
    experiment, t = preset("noise"), 5
    trace = experiment.trace()
    wrote, matters = provenance(trace, 1)[t, -1], input_sensitivity(trace, 1)[t - 1]
    C = trace.C[-1, 0]
    assert trace.i[t - 1, 0] < 0.02 and abs(wrote) < 0.02 * abs(C)
    assert abs(matters).max() > 5 * abs(wrote)
    other = experiment.edited(f"x.{t}.2", 1.0).trace()  # another input opens it
    assert other.i[t - 1, 0] > 0.9 and abs(other.C[-1, 0] - C) > 0.3 * abs(C)


@pytest.mark.parametrize("language", LANGUAGES)
def test_so_many_steps_as_the_prose_says_leave_a_hundredth(language):
    """Gate and steps are read off the prose of `gradient`."""
    said = re.findall(r"f = (0\.\d+)\$[^.]*?(\d+) ?(?:steps|스텝)", Words(language).prose("gradient"))
    assert len(said) == 1
    f, steps = float(said[0][0]), int(said[0][1])
    path = direct_path(preset("leaky").tiled(steps + 1).pinned("pin_f.1", f).trace(), 1)
    assert path[0] < path[1] < 0.01 < path[2]  # from step 1 on there are so many gates on the way


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_slope_of_h_is_what_the_prose_says(language):
    """o, C and the slope are read off the prose of `output_gate`; the slope is that of a run."""
    prose = Words(language).prose("output_gate")
    [(o, C, said)] = re.findall(r"o_t = (0\.\d+)\$[^$]*\$C_t = (\d+)\$\D*(0\.\d+)", prose)

    def h(C0):
        pins = {"pin_f.1": 1.0, "pin_i.1": 0.0, "pin_o.1": float(o)}
        return preset("leaky").with_pins(pins).edited("C0.1", C0).trace().h[0, 0]

    slope = (h(float(C) + 1e-6) - h(float(C) - 1e-6)) / 2e-6
    assert said == f"{slope:.3f}"
    assert r"o_t\,(1 - \tanh^2 C_t)" in prose


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_gradient_over_h_explodes_as_the_prose_says(language):
    """Units, steps, seed and the factor are read off the prose of `why_forget`."""
    prose = Words(language).prose("why_forget")
    [line] = [line for line in prose.splitlines() if "27" in line]
    numbers = [int(n) for n in re.findall(r"(?<![\d.±/])\d+(?![\d.])", line)]
    for said in (40, 27, 1997, 1, 16):
        assert said in numbers
    experiment = preset("random", 27).with_variant("1997").resized(T=40)
    assert experiment.H == 2 and abs(experiment.params.W).max() <= 1 and abs(experiment.params.b).max() <= 1
    trace = experiment.trace()
    assert f"{spectral_norm(cell_jacobian(trace))[1]:.0f}" == "16"
    np.testing.assert_array_equal(direct_path(trace), 1)  # along C it is exactly 1


def test_in_most_experiments_the_candidate_does_not_read_h():
    deaf = [key for key in PRESETS if not preset(key).params.U_c.any()]
    assert len(deaf) > len(PRESETS) / 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shares_of_the_forget_gate_are_those_of_its_prose(language):
    """ "0.92 keeps 92 % and erases 8 %" is read off the prose and computed by a run."""
    prose = Words(language).prose("forget_gate")
    [(f, kept, erased)] = re.findall(r"(0\.\d+)\D+?(\d+) ?%\D+?(\d+) ?%", prose)
    trace = preset("leaky").pinned("pin_f.1", float(f)).edited("C0.1", 1.0).trace()
    assert [kept, erased] == [f"{100 * trace.kept[0, 0]:.0f}", f"{100 * trace.erased[0, 0]:.0f}"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("f", [0.2, 0.5, 0.9])
def test_with_a_constant_gate_C_never_passes_its_bound(f, language):
    assert "$1/(1-f)$" in Words(language).prose("why_forget")
    experiment = preset("runaway").with_variant("lstm").tiled(200).pinned("pin_f.1", f)
    C = abs(experiment.trace().C[:, 0])
    assert C.max() <= 1 / (1 - f) + 1e-12
    full = experiment.pinned("pin_i.1", 1.0).pinned("pin_c.1", 1.0).trace().C[:, 0]
    assert full[-1] == pytest.approx(1 / (1 - f), rel=1e-6) and (np.diff(full[:20]) > 0).all()


def test_a_saturated_gate_neither_writes_nor_has_an_effect():
    experiment, t = preset("noise"), 5
    for bias, reacts in ((-6, True), (-30, False)):
        trace = experiment.edited("b_i.1", bias).trace()
        wrote, matters = provenance(trace, 1)[t, -1], input_sensitivity(trace, 1)[t - 1]
        assert abs(wrote) < 0.02 and (abs(matters).max() > 0.01) == reacts


# -- the prose of `learning` ------------------------------------------------------------------------


def test_without_a_forget_gate_c_grows_without_bound_in_the_stream_and_with_one_it_does_not():
    """“Its C grows without bound”: ten times the steps, ten times the memory."""
    largest = {}
    for name in ("stream_1997", "stream"):
        course = shipped(name)
        x = replace(course.problem, T=200).test().x  # 2,000 steps
        C = abs(course.network().run(x).C)
        largest[name] = [float(C[:T].max()) for T in (20, 200, 2000)]
    short, long, longest = largest["stream_1997"]
    assert 5 < long / short < 20 and 5 < longest / long < 20 and longest > 300
    assert largest["stream"][2] < 3


def test_the_forget_gate_starts_where_the_prose_of_learning_says():
    said = Words("en").prose("learning")
    starts = [float(f) for f in re.findall(r"\$f = (0\.\d+)\$|\$(0\.\d+)\$", said) for f in f if f]
    assert starts == [round(1 / (1 + np.exp(-bias)), 2) for bias in (0, 1, 3)]
    problem, random = problem_of("recall"), np.random.default_rng(0)
    for start, f in zip(("bias0", "bias1", "bias3"), starts, strict=True):
        network = starting_network(Setup(start=start), 3, 1, problem.T, random)
        assert abs(network.run(problem.test().x).f.mean() - f) < 0.02
    uniform = [
        starting_network(Setup(start="uniform"), 3, 1, 20, np.random.default_rng(s)) for s in range(30)
    ]
    assert abs(np.mean([network.params.b[0] for network in uniform])) < 0.1  # the forget bias is near 0, too


@pytest.mark.parametrize("language", LANGUAGES)
def test_so_little_of_the_direct_path_is_left_as_the_prose_of_learning_says(language):
    said = Words(language).prose("learning")
    [steps] = re.findall(r"(\d+) ?(?:steps|스텝)", said)
    assert ("ten-thousandth" in said) or ("만분의 일" in said)
    assert 0.5 ** int(steps) < 1e-4 < 0.5 ** (int(steps) - 2)


@pytest.mark.nightly
@pytest.mark.parametrize("start, learned", [("uniform", 0), ("bias1", 10)])
def test_so_many_of_ten_seeds_learn_as_the_prose_of_learning_says(start, learned):
    problem = problem_of("recall")
    assert (problem.setup.start, problem.updates) == ("bias1", 700)
    courses = [train(problem, replace(problem.setup, start=start), seed, 700) for seed in range(1, 11)]
    assert sum(course.reached() is not None for course in courses) == learned
    for language in LANGUAGES:
        assert "700" in Words(language).prose("learning")
