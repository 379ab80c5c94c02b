"""The walk back as it stands on screen: each number is that of `backprop`, and sums add up as shown."""

import re
import xml.etree.ElementTree as ET
from functools import cache
from html import unescape
from itertools import product
from math import prod

import numpy as np
import pytest

from lstm_core.backprop import LOSSES, WAYS, backprop
from lstm_core.figure import Figure, Line
from lstm_core.figure.draw import PICTURES
from lstm_core.quantities import GATE_KEYS
from lstm_core.view.backward import walk_back_picture
from lstm_core.view.backward.origins import origins
from lstm_core.view.backward.shown import ShownWalk
from lstm_core.view.palette import MARKERS
from lstm_core.view.svg import SHAPES
from lstm_core.words import LANGUAGES, Words
from lstm_core.workbench.focus import BACK_PHASES, Focus
from lstm_core.workbench.presets import PRESETS, preset
from tests.collected import collected
from tests.lstm_core.view.pictures import drawn, words
from tests.nightly import sample

ENGLISH = Words("en")
CELLS = ("lstm", "1997", "peephole", "coupled", "peephole-coupled")
NUMBER = r"\(?−?\d+\.\d{3}\)?"


def run_of(key: str, cell: str):
    experiment = preset(key).with_variant(cell)
    if "peephole" in cell:
        for address, value in {"p_f.1": 0.6, "p_i.1": -0.4, "p_o.1": 0.8}.items():
            experiment = experiment.edited(address, value)
    return experiment.trace()


def lines(walk: ShownWalk, phase: str) -> list[str]:
    """The lines of a phase as plain text."""
    paragraphs = re.findall(r"<p>(.*?)</p>", origins(walk, phase, ENGLISH))
    return [unescape(re.sub("<[^>]*>", "", line)) for line in paragraphs]


def values(written: str) -> list[float]:
    return [float(one.strip("()").replace("−", "-")) for one in re.findall(NUMBER, written)]


def factor(written: str) -> float:
    """A factor as it is written: 0.500, (−0.500), (1 − 0.500), (1 − 0.500²)."""
    if not written.startswith("(1 − "):
        return values(written)[0]
    [number] = values(written.removeprefix("(1 − "))
    return 1 - number ** (2 if "²" in written else 1)


@cache
def walks() -> list[ShownWalk]:
    """Presets in every kind of cell with every loss and way, at a few steps."""
    found = []
    for key, cell in product(sample(PRESETS, 3), CELLS):
        trace = run_of(key, cell)
        for loss, ways in product(LOSSES, WAYS):
            walk = backprop(trace, loss, ways)
            found += [ShownWalk(walk, t, 1) for t in (1, trace.T // 2, trace.T)]
    return found


def test_every_sum_and_product_comes_out_as_it_is_shown():
    """The parts of a sum come to its total, to the last digit. Of a product = stands where the shown digits
    give the shown result, and elsewhere ≈ and a result that is right to the digit."""
    sums, signs = 0, set()
    for shown in walks():
        for phase in BACK_PHASES:
            for line in lines(shown, phase):
                *_, numbers, total = line.split(" = ") if " = " in line else ("", "")
                if re.fullmatch(rf"{NUMBER}( \+ {NUMBER})+", numbers):
                    sums += 1
                    assert round(sum(values(numbers)), 3) == values(total)[0], line
                found = re.search(r"= ([^=≈]*·[^=≈]*) (=|≈) (−?\d+\.\d{3})$", line)
                if found and not set("+δ") & set(found[1]):
                    comes_to = prod(map(factor, found[1].split(" · ")))
                    is_equal = abs(comes_to - values(found[3])[0]) < 0.0005 + 1e-9
                    assert is_equal == (found[2] == "="), line
                    signs.add(found[2])
    assert sums > 200 and signs == {"=", "≈"}


def test_each_shown_number_is_that_of_the_walk_and_what_a_step_hands_back_reads_the_same_where_it_arrives():
    for shown in walks():
        walk, at = shown.walk, (shown.t - 1, 0)
        for key in ("h", "C", "f", "i", "C_tilde", "o"):
            assert shown.number(key) == getattr(walk, key)[at]
        for block, gate in enumerate("fico"):
            assert shown.number(f"z_{gate}") == walk.z[shown.t - 1, block, 0]
        totals = shown.h().total, shown.C().total
        assert totals == pytest.approx((walk.h[at], walk.C[at]), abs=5.01e-4)
        for found, true in (
            (shown.C().parts.get("later", 0), walk.C_later[shown.t, 0]),
            (shown.C().parts["tanh"], walk.through_tanh[at]),
            (shown.C_before, walk.C_later[shown.t - 1, 0]),
        ):
            assert found == pytest.approx(true, abs=1.001e-3)
        if shown.t > 1:
            before = ShownWalk(walk, shown.t - 1, 1)
            assert shown.C_before == before.C().parts["later"] == shown.handed_to_C().total
            if walk.through_h:
                assert shown.h_before == before.h().parts["later"] == shown.handed_to_h().total


def test_a_way_that_is_cut_and_a_walk_that_ends_are_said():
    trace = preset("far").trace()
    cut = ShownWalk(backprop(trace, "h", "C"), 24, 1)
    would = ShownWalk(backprop(trace, "h"), 24, 1).h_before
    assert ENGLISH("back.cut", would=f"{would:.3f}") in lines(cut, "hand_on")
    assert cut.walk.h_later[23, 0] == 0 and ShownWalk(cut.walk, 23, 1).h().total == 0
    short, whole = backprop(trace, last=3), backprop(trace)
    assert ENGLISH("back.ends", t=22, last=21) in lines(ShownWalk(short, 22, 1), "hand_on")
    assert lines(ShownWalk(short, 21, 1), "gates") == [ENGLISH("back.outside", first=22)]
    assert not [line for line in lines(ShownWalk(whole, 1, 1), "hand_on") if "ends" in line]
    for walk, t, goes_on in ((short, 22, False), (short, 23, True), (whole, 1, False)):
        picture = walk_back_picture(walk, t, 1, "hand_on", ENGLISH)
        assert (ENGLISH("back.goes_on") in picture) == goes_on


@collected("cell", CELLS)
def test_a_gate_that_is_given_hands_nothing_on(cell):
    shown = ShownWalk(backprop(run_of("latch", cell), "all"), 13, 1)
    given = [line for line in lines(shown, "sums") if "0.000: " in line]
    assert len(given) == (cell in ("1997", "coupled", "peephole-coupled"))


# -- the picture ----------------------------------------------------------------------------------


def tree(picture: str):
    plain = picture.replace(' xmlns="http://www.w3.org/2000/svg"', "").replace("&#8203;", "")
    return ET.fromstring(f"<div>{plain}</div>")


@collected("language", LANGUAGES)
@collected("phase", BACK_PHASES)
def test_the_cell_shows_every_gradient_of_the_step(phase, language):
    walk = backprop(run_of("random", "lstm"), "all")
    shown = ShownWalk(walk, 5, 1)
    root = tree(walk_back_picture(walk, 5, 1, phase, Words(language)))
    for arrangement in ("wide", "narrow"):
        [cell] = [e for e in root if e.get("class") == arrangement]
        numbers = {e[0].text: e[1].text for e in cell.iter("g") if e.get("class") == "num"}
        for key in ("h", "C", "f", "i", "C_tilde", "o", "z_f", "z_i", "z_c", "z_o"):
            true = repr(shown.number(key))
            assert float(numbers[true].replace("−", "-")) == pytest.approx(float(true), abs=1.001e-3)
        assert repr(float(walk.C_later[4, 0])) in numbers and repr(float(walk.h_later[4, 0])) in numbers
        parts = {e.get("data-part"): e.get("opacity") for e in cell.iter("g") if e.get("data-part")}
        assert 0 < [*parts.values()].count("1") < len(parts)
        assert Words(language)(f"back.says.{phase}", t="5").replace("**", "") in cell[0].get("aria-label")


def test_the_weights_are_summed_over_the_steps():
    trace = run_of("random", "peephole")
    walk = backprop(trace, "all")
    [table] = tree(walk_back_picture(walk, 5, 2, "gates", ENGLISH)).iter("table")
    titles = [[cell.get("title") for cell in row.iter("td") if cell.get("title")] for row in table.iter("tr")]
    n = trace.params.H + trace.params.D
    expected = walk.of_weights(2).sum(axis=0).T[[n, *range(n), n + 1]]
    np.testing.assert_array_equal([[*map(float, row)] for row in titles[1:]], expected)


@collected("arrangement", ["wide", "narrow"])
def test_the_gates_are_told_apart_in_grey_as_in_the_cell(arrangement):
    picture = walk_back_picture(backprop(preset("latch").trace()), 2, 1, "gates", ENGLISH, arrangement)
    marks = {SHAPES[MARKERS[key]] for key in GATE_KEYS.values()}
    assert len(marks) == 4
    assert all(picture.count(f' scale(1.8)">{mark}') == 1 for mark in marks)


@collected("T", [1, 40, 700])
def test_a_run_of_any_length_and_size_can_be_walked_back_from_steps_and_units_that_are_there(T):
    walk = backprop(drawn(3, 30, T, seed=2), "all", last=T // 2)
    for t, phase in product({1, T}, BACK_PHASES):
        assert len(list(tree(walk_back_picture(walk, t, 3, phase, words)).iter("tr"))) == 25
    for t, unit, name in ((0, 1, "t"), (T + 1, 1, "t"), (1, 4, "unit")):
        with pytest.raises(ValueError, match=f"^{name}: expected 1 to "):
            walk_back_picture(walk, t, unit, "gates", words)


# -- in a figure ----------------------------------------------------------------------------------


def test_a_figure_shows_either_all_steps_at_a_glance_or_the_walk_back():
    figure = Figure(preset("far"), Focus(2), ("paths",), panels=("last",), goes_back=True)
    assert 'class="backward"' not in figure.draw()["paths"] and not figure.sliders()["last"]
    walked = figure.looked(back="gates", last=5)
    assert 'class="backward"' in walked.draw()["paths"] and "line-rnn" not in walked.draw()["paths"]
    assert PICTURES["paths_below"](figure, True) and not PICTURES["paths_below"](walked, True)
    [slider] = walked.sliders()["last"]
    assert (slider.low, slider.high, slider.value, slider.default) == (1, 24, 5, 24)
    moved = walked.moved({"b_f.1": 1.0})
    assert moved.draw()["paths"] != walked.draw()["paths"] and moved.focus == walked.focus
    for loss in LOSSES:
        marked = r'data-role="loss" data-value="(\w+)" aria-checked="true"'
        assert re.findall(marked, walked.looked(loss=loss).draw()["paths"]) == [loss]


@collected("cell", CELLS)
@collected("gate", ["f", "i", "c", "o"])
def test_each_weight_has_its_gradient_beside_its_slider_while_it_is_walked_back(gate, cell):
    """The gradient is that of the loss, by moving the weight a little."""
    experiment = preset("random").with_variant(cell)
    focus = Focus(5, 2, back="gates", loss="all")
    figure = Figure(experiment, focus, ("paths",), panels=(gate,), goes_back=True)

    def loss(address: str, by: float) -> float:
        return experiment.edited(address, experiment.value(address) + by).trace().h.sum()

    sliders = figure.sliders()[gate]
    assert [slider.address for slider in sliders] == experiment.gate_addresses(gate, 2)
    for slider in sliders:
        said = float(slider.label[-1].rpartition("δ ")[2].replace("−", "-"))
        slope = (loss(slider.address, 1e-5) - loss(slider.address, -1e-5)) / 2e-5
        assert said == pytest.approx(slope, abs=6e-4), slider.address
    forward = figure.looked(back=None).sliders()[gate]
    assert not [slider for slider in forward if "δ" in str(slider.label)]


def test_the_gradients_beside_the_sliders_follow_a_hand_that_drags():
    figure = Figure(preset("far"), Focus(5, back="gates"), ("paths",), panels=("f",), goes_back=True)
    line = Line()
    line.show(figure, "a/1")
    report = {"seq": 1, "turn": "a/1", "values": {"b_f.1": 1.0}}
    labels = [spec[2][-1] for spec in line.answer(report)["panels"]["f"]]
    assert labels == [slider.label[-1] for slider in figure.moved({"b_f.1": 1.0}).sliders()["f"]]
    assert labels != [slider.label[-1] for slider in figure.sliders()["f"]]
