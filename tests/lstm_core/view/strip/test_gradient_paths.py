"""gradient_paths(): what is drawn, and read off, is what the core computed, on axes that hold it."""

from dataclasses import replace

import numpy as np

from lstm_core.paths import memory_paths
from lstm_core.rounding import slope_text
from lstm_core.view.strip.gradient_paths import LEAST, gradient_details, gradient_paths
from lstm_core.workbench.focus import RNN_WEIGHTS, Focus
from lstm_core.workbench.presets import PRESETS, preset
from tests.collected import collected
from tests.lstm_core.view.pictures import words
from tests.lstm_core.view.strips import Strip, moves


def points(picture: Strip, key: str) -> dict[int, float]:
    """Step -> y along a line of the upper row."""
    path = picture.one(picture.rows[0], **{"data-key": key})
    return {round(x + 0.5): y for x, y in moves(path.get("d", ""))}


def grid(picture: Strip) -> list[float]:
    return [y for _, y in moves(picture.one(picture.rows[0], **{"data-key": "grid"}).get("d"))]


@collected("key", PRESETS)
def test_curves_and_bars_are_what_the_core_computed(key):
    paths = memory_paths(replace(preset(key), labels=()).trace(), 1)  # labels would be a row of their own
    picture, details = (Strip(draw(paths, 1, 3, words)) for draw in (gradient_paths, gradient_details))
    row, said = picture.rows[0], dict(picture.says())
    ends = min(grid(picture)), max(grid(picture))
    beyond = 0.12 * picture.value(row, ends[0]) / picture.pixel(row)  # the axis goes on behind its grid
    low, high = sorted(picture.value(row, y) for y in (ends[0] - beyond, ends[1] + beyond))
    top, below = grid(details)[0], grid(details)[1]  # powers of ten: −6, −4 and so on
    curves = {"direct": paths.direct, "full": paths.full, "rnn": paths.rnn, "norm": paths.norm}
    for name, values in curves.items():
        if values is None:
            assert f"gradient.{name}" not in said
            continue
        steps = range(1, len(values) + 1)
        assert [float(number) for number in said[f"gradient.{name}"]] == values.tolist()
        sizes = picture.line(row, name)
        bounded = np.clip(values, low, high)
        np.testing.assert_allclose([sizes[t] for t in steps], bounded, atol=1.1 * picture.pixel(row))
        ys = points(details, f"line-{name}")
        powers = [-6 + 2 * (ys[t] - top) / (below - top) for t in steps]
        np.testing.assert_allclose(powers, np.log10(np.maximum(np.abs(values), LEAST)), atol=0.015)
        for strip in (picture, details):
            assert min(points(strip, f"line-{name}").values()) > strip.reach(strip.rows[0])[0]
    columns = [("written0", paths.written), *((f"x{d}", column) for d, column in enumerate(paths.matters.T))]
    for name, values in columns:
        row = details.rows[1 if name == "written0" else 2]
        bars = details.one(row, **{"data-key": name})
        assert [float(number) for number in bars.get("data-values").split(" ")] == values.tolist()
        for t, (_, _, start, end) in details.blocks(row, bars).items():
            np.testing.assert_allclose([start, end], [0, values[t - 1]], atol=0.11 * details.pixel(row))


def test_at_first_look_the_direct_path_all_paths_and_the_rnn_are_apart():
    """The opening of the page: 0.67, 0.84 and 0.02, each with its number beside its name."""
    picture = Strip(gradient_paths(memory_paths(preset("far").trace(), 1, Focus().recurrence), 1, 2, words))
    full, direct, rnn = (points(picture, f"line-{name}")[2] for name in ("full", "direct", "rnn"))
    assert direct - full > 14 and rnn - direct > 60
    title = "".join(picture.one(picture.rows[0], **{"data-key": "title"}).itertext())
    assert all(shown in title for shown in ("0.671", "0.843", "0.019"))
    between = moves(picture.one(picture.rows[0], **{"data-key": "between"}).get("d"))
    assert {(1.5, full), (1.5, direct)} <= set(between)


@collected("t", [2, 9])
def test_the_step_in_focus_is_marked_and_said(t):
    paths = memory_paths(preset("random").trace(), 1)
    picture = Strip(gradient_paths(paths, 1, t, words))
    said = "".join(picture.one(picture.root, **{"data-key": "said"}).itertext())
    assert picture.focus.get("aria-valuenow") == str(t)
    for values in (paths.direct, paths.full):
        assert slope_text(values[t - 1]) in picture.focus.get("aria-valuetext")
        assert slope_text(values[t - 1]) in said


def test_why_the_paths_differ_is_told():
    peephole = preset("random").with_variant("peephole").edited("p_f.1", 1.0)
    for experiment, said in (
        (preset("leaky"), "gradient.same"),
        (preset("random"), "gradient.differ"),
        (peephole, "gradient.differ_peephole"),
    ):
        assert said in gradient_details(memory_paths(experiment.trace(), 1), 1, 3, words)


@collected("name", RNN_WEIGHTS)
def test_which_weight_the_plain_rnn_has_and_what_its_gradient_is_then(name):
    """The candidate of `leaky` has U = 0, so its RNN has no recurrence; that is said, and never compared."""
    weight, T = RNN_WEIGHTS[name], 16
    said = gradient_details(memory_paths(preset("leaky").trace(), 1, weight), 1, 9, words)
    if weight is None:
        assert "gradient.rnn_deaf" in said and "gradient.rnn_own" not in said
        return
    h, x = [0.0], preset("leaky").x[:, 0]
    for t in range(T):  # V_c is 2 and the bias 0
        h.append(np.tanh(2 * x[t] + weight * h[-1]))
    slope = np.prod([(1 - h[s] ** 2) * weight for s in range(10, T + 1)])
    assert f"gradient.rnn_own rnn={slope_text(slope)} U={weight:g}" in said
