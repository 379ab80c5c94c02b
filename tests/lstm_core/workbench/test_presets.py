"""Every preset does what its caption says: the claims are proved from the trace, in both languages."""

import re
import tomllib
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from lstm_core.paths import memory_paths
from lstm_core.rounding import shown_ledger, slope_text, text
from lstm_core.trace import half_life, provenance
from lstm_core.words import LANGUAGES
from lstm_core.workbench.focus import Focus
from lstm_core.workbench.presets import DEFAULT, PRESETS, SEEDS, preset, random
from tests.collected import collected
from tests.conftest import ROOT

TEXT = ROOT / "assets" / "text"


def steps(condition, count=None) -> list[int]:
    """The steps, counted from 1, at which a condition holds: at least one, or `count` of them."""
    found = [int(t) + 1 for t in np.flatnonzero(condition)]
    assert found and len(found) == (count or len(found))
    return found


def replace_(experiment):
    trace, C = experiment.trace(), experiment.trace().C[:, 0]
    value, flag = trace.x.T
    flags = steps(flag == 1, 3)
    first, second, last = flags
    ledger = shown_ledger(trace, second, 1)

    assert min(ledger.kept, ledger.erased, ledger.written) > 0.2 and set(flag) == {0, 1}
    assert (np.sign(C[np.array(flags) - 1]) == np.sign(value[np.array(flags) - 1])).all()
    for at in flags[1:]:
        assert trace.erased[at - 1, 0] > 0.6 * C[at - 2] > 0
    for start, end in zip(flags, [*flags[1:], len(C) + 1], strict=True):
        assert (abs(C[start - 1 : end - 1] - C[start - 1]) < 0.06).all()
    moved = [text(number) for number in (ledger.kept, ledger.C_prev, ledger.erased, ledger.written)]
    assert trace.f[last - 1, 0] == trace.f[second - 1, 0] and trace.i[last - 1, 0] == trace.i[second - 1, 0]
    assert C[last - 1] < 0 < C[second - 1]
    return [second, *moved, "0.06"], [last, second]


def latch(experiment):
    trace, C = experiment.trace(), experiment.trace().C[:, 0]
    value, store, reset = trace.x.T
    first, second = steps(store == 1, 2)
    [drop] = steps(reset == 1, 1)
    held = C[first : drop - 1]

    assert abs(C[first - 1] - value[first - 1]) < 0.05 and abs(C[second - 1] - value[second - 1]) < 0.05
    assert len(held) == 10 and (abs(held / C[first - 1] - 1) < 0.10).all()
    assert abs(C[drop - 1]) < 0.05 and abs(C[drop]) < 0.05
    assert (abs(np.diff(value[:drop])) > 0).all() and (abs(np.diff(C[first - 1 : drop - 1])) < 0.04).all()
    assert (trace.f[reset == 0] > 0.99).all() and (trace.f[reset == 1] < 0.05).all()
    assert (trace.i[store == 0] < 0.05).all() and (trace.i[store == 1] > 0.95).all()
    assert (np.sign(trace.C_tilde[:, 0]) == np.sign(value)).all()
    return [first, f"{value[first - 1]:.1f}", len(held), 10, drop], [first + 1, drop - 1]


def leaky(experiment):
    trace, C = experiment.trace(), experiment.trace().C[:, 0]
    [write] = steps(trace.written[:, 0] != 0, 1)
    f = trace.f[0, 0]
    left = C[write - 1 :] / C[write - 1]

    assert (trace.f == f).all()
    assert left == pytest.approx(f ** np.arange(len(left)))
    assert left[5] > 0.5 > left[6] and left[10] > 0.25 > left[11]
    assert half_life(f) == pytest.approx(5.46, abs=0.005)
    return [write, f"{C[write - 1]:.2f}", f"{f:.2f}", f"{half_life(f):.1f}"], []


def counter(experiment):
    trace, C, h = experiment.trace(), experiment.trace().C[:, 0], experiment.trace().h[:, 0]
    pulse = trace.x[:, 0]
    growth = np.diff(C, prepend=0)
    ones = steps(pulse == 1)

    assert set(pulse) == {0, 1} and growth[pulse == 1] == pytest.approx(0.50, abs=2e-4)
    assert growth[pulse == 0] == pytest.approx(0, abs=1e-4)
    assert f"{C[-1]:.2f}" == f"{len(ones) * 0.5:.2f}"
    assert C[-1] - C[ones[3] - 1] > 1.4 and h[-1] - h[ones[3] - 1] < 0.04
    return [f"{growth[ones[0] - 1]:.2f}", 1, 0, len(ones), f"{C[-1]:.2f}"], [1]


def toggle(experiment):
    trace, C = experiment.trace(), experiment.trace().C[:, 0]
    pulse, before = trace.x[:, 0], trace.C_prev[:, 0]
    first, *later = ones = steps(pulse == 1, 5)
    U_c = experiment.value("U_c.1.1")

    assert set(pulse) == {0, 1} and trace.h_prev[first - 1, 0] < 0.01
    assert all(np.sign(C[t - 1]) == -np.sign(before[t - 1]) and abs(C[t - 1]) > 0.9 for t in later)
    assert all(abs(C[t - 1] - before[t - 1]) < 0.02 for t in range(first + 1, len(C) + 1) if t not in ones)
    assert (abs(trace.kept[pulse == 1]) < 0.01).all()
    deaf = experiment.edited("U_c.1.1", 0).trace().C[:, 0]
    assert (deaf[first - 1 :] > 0.7).all()
    assert [address for address in experiment.addresses() if address[0] == "U" and
            experiment.value(address)] == ["U_c.1.1"]  # fmt: skip
    return [1, text(C[first - 1]), first, text(C[later[0] - 1]), later[0], text(U_c)[:2]], [0]


def silent(experiment):
    trace, C, h = experiment.trace(), experiment.trace().C[:, 0], experiment.trace().h[:, 0]
    value, ask = trace.x.T
    [write] = steps(value != 0, 1)
    first, second = steps(ask == 1, 2)

    assert (abs(C[write - 1 :] / C[write - 1] - 1) < 0.05).all()
    assert (abs(h[ask == 0]) < 0.05).all() and (abs(h[ask == 1]) > 0.4).all()
    assert trace.f.std() == 0
    answers = [f"{h[t - 1]:.2f}" for t in (first, second)]
    return [write, f"{C[write - 1]:.2f}", "0.05", first, second, *answers], []


def noise(experiment):
    trace, C = experiment.trace(), experiment.trace().C[:, 0]
    value, flag = trace.x.T
    [write] = steps(flag == 1, 1)
    others = flag != 1
    noisy = len(C) - write

    assert (flag[others] != 0).all() and (abs(flag[others]) <= 0.3).all()
    assert noisy == 10 and abs(value[write:]).mean() > 0.5
    assert (abs(C[write:] / C[write - 1] - 1) < 0.05).all() and (abs(C[: write - 1]) < 0.05).all()
    steps(trace.i[write:, 0] == trace.i[write:, 0].max(), 1)
    return [write, f"{C[write - 1]:.2f}", noisy, 5], []


def runaway(experiment):
    trace, C, h = experiment.trace(), experiment.trace().C[:, 0], experiment.trace().h[:, 0]
    gated = experiment.with_variant("lstm").trace()
    growth, turn = np.diff(C, prepend=0), steps(trace.x[:, 0] == -1)[0]
    passes, sticks = steps(C > 5)[0], steps(trace.tanh_C[:, 0] > 0.999)
    bound = (abs(gated.written) / (1 - gated.f)).max()

    assert not experiment.params.forget_gate and (trace.f == 1).all() and (trace.x[: turn - 1] == 1).all()
    assert growth[: turn - 1] == pytest.approx(0.50, abs=2e-4)
    assert sticks == list(range(sticks[0], len(C) + 1)) and np.ptp(h[sticks[0] - 1 :]) < 0.001
    assert (abs(gated.C) < bound).all() and bound < 1.86 and abs(gated.C).max() > 1.8
    assert gated.h[-1, 0] < -0.5
    return [1, f"{growth[0]:.2f}", 5, passes, sticks[0], "0.999", f"{bound:.2f}"], [turn, -1]


def far(experiment):
    trace, C = experiment.trace(), experiment.trace().C[:, 0]
    [write] = steps(trace.x[:, 0] == 1, 1)
    U = Focus().recurrence
    paths = memory_paths(trace, 1, U)
    direct, full, rnn = (getattr(paths, name)[write - 1] for name in ("direct", "full", "rnn"))
    later = trace.T - write

    assert (trace.f > 0.98).all() and (abs(trace.written[write:]) < 0.02).all()
    assert C[-1] > 0.9 * C[write - 1]
    assert full - direct > 0.15 and direct > 30 * rnn
    numbers = [text(C[write - 1]), text(C[-1]), text(direct), text(full), slope_text(rnn), f"{U:g}"]
    return [write, write, later, *numbers], []


def random_(experiment):
    trace, params = experiment.trace(), experiment.params
    numbers = np.concatenate([params.W.ravel(), params.b.ravel()])

    assert (abs(numbers) <= 1).all() and (abs(experiment.x) <= 1).all()
    # |z| <= |h_1| + |h_2| + |x_1| + |x_2| + |b| <= 5, and σ(5) = 0.9933
    gates = np.stack([trace.f, trace.i, trace.o])
    assert ((gates > 0.006) & (gates < 0.994)).all()
    assert np.ptp(trace.C, axis=0).max() > 0.05
    assert provenance(trace)[1, -1].any() and not np.signbit(numbers[numbers == 0]).any()
    return [numbers.size, -1, 1], [1, trace.T]


CLAIMS = dict(
    zip(
        PRESETS,
        (replace_, latch, leaky, counter, toggle, silent, noise, runaway, far, random_),
        strict=True,
    )
)

NEAR_MISSES = {
    "replace: erases hardly anything": ("replace", {"V_f.1.2": -1}),
    "replace: forgets between flags": ("replace", {"b_f.1": 2}),
    "replace: one flag less": ("replace", {"x.10.2": 0}),
    "replace: takes no negative value": ("replace", {"x.10.1": 0.6}),
    "toggle: does not read h": ("toggle", {"U_c.1.1": 0}),
    "toggle: keeps what it should erase": ("toggle", {"V_f.1.1": -4}),
    "toggle: a gate reads h too": ("toggle", {"U_i.1.1": 0.1}),
    "far: forgets": ("far", {"b_f.1": 2}),
    "far: one path alone": ("far", {"U_c.1.1": 0}),
    "far: a second pulse": ("far", {"x.9.1": 1}),
    "latch: no store flag": ("latch", {"x.2.2": 0}),
    "latch: stored in one step of hold too": ("latch", {"x.7.2": 1}),
    "latch: no reset flag": ("latch", {"x.13.3": 0}),
    "latch: a reset flag that nobody heeds": ("latch", {"V_f.1.3": 0}),
    "latch: an input gate that is never shut": ("latch", {"b_i.1": -2}),
    "latch: a forget gate of 0.98": ("latch", {"b_f.1": 4}),
    "leaky: a longer memory": ("leaky", {"b_f.1": 2.1}),
    "leaky: a forget gate that listens": ("leaky", {"V_f.1.1": 0.5}),
    "leaky: a second write": ("leaky", {"x.9.1": 0.1}),
    "counter: forgets": ("counter", {"b_f.1": 5}),
    "counter: writes at 0": ("counter", {"b_c.1": 0.1}),
    "counter: another amount": ("counter", {"V_c.1.1": 0.7}),
    "silent: speaks early": ("silent", {"b_o.1": -2}),
    "silent: never speaks": ("silent", {"V_o.1.2": 2}),
    "silent: forgets": ("silent", {"b_f.1": 4}),
    "noise: an input gate that lets noise in": ("noise", {"b_i.1": -4}),
    "noise: a second flag": ("noise", {"x.9.2": 1}),
    "noise: forgets": ("noise", {"b_f.1": 4}),
    "runaway: slower": ("runaway", {"V_c.1.1": 0.4}),
    "runaway: comes back": ("runaway", {"x.14.1": -1, "x.13.1": -1}),
    "runaway: no bound with the gate": ("runaway", {"b_f.1": 3}),
    "random: a weight out of range": ("random", {"V_f.1.1": 1.5}),
}


@collected("key", PRESETS)
def test_claim_holds(key):
    CLAIMS[key](preset(key))


@collected("key, edits", NEAR_MISSES.values())
def test_claim_fails_at_a_near_miss(key, edits):
    experiment = preset(key)
    for address, value in edits.items():
        experiment = experiment.edited(address, value)
    with pytest.raises(AssertionError):
        CLAIMS[key](experiment)


def test_runaway_does_not_run_away_with_a_forget_gate():
    with pytest.raises(AssertionError):
        runaway(preset("runaway").with_variant("lstm"))


@collected("seed", [*range(200), 1428, SEEDS[-1]])
def test_random_claims_hold_for_any_seed(seed):
    random_(preset("random", seed))


@cache
def texts(language) -> dict:
    return tomllib.loads((TEXT / language / "app.toml").read_text(encoding="utf-8"))["preset"]


def numbers(said) -> list[str]:
    return sorted(re.findall(r"−?\d+(?:\.\d+)?", said))


@collected("language", LANGUAGES)
@collected("key", PRESETS)
def test_captions_and_questions_name_the_proved_numbers(key, language):
    said = texts(language)[key]
    in_caption, in_question = ([str(n).replace("-", "−") for n in part] for part in CLAIMS[key](preset(key)))
    assert numbers(said["caption"]) == sorted(in_caption)
    assert numbers(said["notice"]) == sorted(in_question)


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_complete(language):
    assert set(texts(language)) == set(PRESETS)
    for key, said in texts(language).items():
        inputs = [f"x_{d + 1}" for d in range(preset(key).D)]
        assert list(said) == ["name", "caption", "notice", *inputs]
        assert all(said.values()) and said["notice"].endswith("?") and said["caption"].endswith(".")


def test_the_order_is_that_of_the_select_box():
    names = "replace latch leaky counter toggle silent noise runaway far random"
    assert list(PRESETS) == names.split()
    assert DEFAULT == "latch"


@collected("key", PRESETS)
def test_presets_are_small_and_readable(key):
    experiment = preset(key)
    weights = np.concatenate([experiment.params.W.ravel(), experiment.params.b.ravel()])
    decimals = 2 if key == "random" else 1
    assert experiment.preset == key and experiment.by_hand and 10 <= experiment.T <= 24
    assert (weights == np.round(weights, decimals)).all() and abs(weights).max() <= 12
    assert (experiment.x == np.round(experiment.x, decimals)).all() and abs(experiment.x).max() <= 1
    assert (experiment.h0 == 0).all() and (experiment.C0 == 0).all()
    assert all(experiment.edited(address, 0.25).value(address) == 0.25 for address in experiment.addresses())


@collected("key", PRESETS)
def test_a_preset_is_the_same_each_time(key):
    assert preset(key) == preset(key) == PRESETS[key]()


@collected("key", sorted(set(PRESETS) - {"random"}))
def test_only_random_looks_at_the_seed(key):
    assert preset(key, 7) == preset(key)


def test_random_follows_its_seed():
    assert preset("random", 7) == random(7) and preset("random", 7).seed == 7
    assert replace(preset("random", 7), seed=8) != preset("random", 8)
    assert len({preset("random", seed).params.to_json() for seed in range(100)}) == 100


@pytest.mark.parametrize("seed", [-1, 10_000, 1.5, float("nan"), "1", None])
def test_random_refuses_a_seed_that_is_none(seed):
    with pytest.raises(ValueError, match="^seed: "):
        preset("random", seed)


@pytest.mark.parametrize("key", ["", "Latch", "latch ", "nope", "_one_unit", None])
def test_unknown_presets_are_refused(key):
    with pytest.raises(KeyError):
        preset(key)
