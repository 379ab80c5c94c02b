"""How far a hand can move each number, which sliders there are, and what they say."""

import re
from dataclasses import replace

import numpy as np
import pytest

from lstm_core.figure import FREE, Figure
from lstm_core.figure.draw import PICTURES
from lstm_core.figure.handles import GROUPS, RANGES, WEIGHT_RANGE
from lstm_core.figure.sliders import label_parts
from lstm_core.params import VARIANTS
from lstm_core.words import LANGUAGES
from lstm_core.workbench.experiment import PIN_RANGES
from lstm_core.workbench.focus import MAX_LENGTH, MIN_LENGTH, Focus
from lstm_core.workbench.presets import PRESETS, preset
from tests.collected import collected

LEAKY = Figure(preset("leaky"), Focus(2, 1), panels=("t", "length", *GROUPS))


def grabs(figure: Figure) -> set[str]:
    """The addresses that can be grabbed in the pictures of a figure; * stands for every step."""
    return set(re.findall(r'data-grab="([^"]*)"', "".join(figure.draw().values())))


@collected("key", PRESETS)
def test_every_number_goes_at_least_as_far_as_it_stands(key):
    figure = Figure(preset(key))
    for address in preset(key).addresses():
        low, high = figure.bounds(address)
        least = RANGES.get(address.partition(".")[0], WEIGHT_RANGE)
        assert low == -high and high >= least and low <= preset(key).value(address) <= high


@collected("gate", PIN_RANGES)
def test_a_gate_can_be_pinned_within_its_range(gate):
    for address in (f"pin_{gate}.1.2", f"pin_{gate}.1"):
        assert LEAKY.bounds(address) == PIN_RANGES[gate]


NOWHERE = ["", "t", "length", "b_x.1", "b_f.2", "b_f", "x.0.1", "x.99.1", "x.1.9", "C0.9", "pin_f.1.99",
           "pin_f.9", "pin_q.1", "pin_", "pin_f", "pin_f.1.2.3", "b_f.1.1", "p_f.1", "__class__", "b_f.1\0",
           "b_f.01", "b_f.²", "x.1.1e0", "."]  # fmt: skip


@collected("address", NOWHERE)
def test_what_is_not_there_has_no_bounds(address):
    assert LEAKY.bounds(address) is None


OF = {"pins": "pin_f.1.2", "weights": "b_f.1", "inputs": "x.2.1", "start": "C0.1"}


@collected("free", [frozenset(), *(frozenset({name}) for name in FREE), FREE])
def test_only_what_is_free_can_be_moved_by_a_report_or_grabbed(free):
    figure = Figure(preset("leaky"), Focus(1, 1), tuple(PICTURES), free=free)
    assert {name for name, address in OF.items() if figure.bounds(address)} == set(free)
    kinds = {"pin_": "pins", "x.": "inputs", "h0": "start", "C0": "start"}
    there = {kind for grab in grabs(figure) for start, kind in kinds.items() if grab.startswith(start)}
    assert there == free - {"weights"}  # weights have sliders alone


@collected("free", [frozenset(), *(frozenset({name}) for name in FREE), FREE])
def test_a_slider_that_is_not_free_is_locked(free):
    figure = Figure(preset("leaky"), panels=GROUPS, free=free)
    for name, panel in figure.sliders().items():
        control = {"x": "inputs", "start": "start"}.get(name, "weights")
        assert panel and all(slider.locked == (control not in free) for slider in panel)


def test_a_run_that_is_too_large_has_nothing_to_move():
    x = np.tile(preset("random").x, (20, 1))
    large = Figure(replace(preset("random"), x=x))
    assert not large.experiment.by_hand and large.bounds("b_f.1") is large.bounds("pin_f.1.1") is None


def test_the_cell_of_1997_has_no_forget_gate_to_pin():
    without = Figure(preset("leaky").with_variant("1997"), Focus(2, 1))
    assert not [grab for grab in grabs(without) if grab.startswith("pin_f")]
    assert [grab for grab in grabs(without) if grab.startswith("pin_i")]


def test_the_state_before_step_1_can_be_grabbed_in_the_cell_at_step_1_alone():
    figure = Figure(preset("random"), Focus(1, 1), ("cell",))
    assert {"h0.1", "h0.2", "C0.1"} <= grabs(figure)
    assert not {"h0.1", "h0.2", "C0.1"} & grabs(figure.looked(t=2))


def test_every_input_and_the_start_of_the_unit_in_focus_can_be_grabbed_in_the_strip():
    assert grabs(Figure(preset("random"), Focus(3, 2), ("strip",))) == {
        *("x.*.1", "x.*.2"),  # of the step under the pointer
        *("x.3.1", "x.3.2"),  # of the step in focus, by keys
        "C0.2",
    }


# -- panels ---------------------------------------------------------------------------------------


@collected("language", LANGUAGES)
@collected("cell", VARIANTS)
def test_the_panel_of_a_gate_has_its_numbers_and_where_a_double_click_leads(cell, language):
    start = preset("random")
    now = start.with_variant(cell).edited("b_f.2", 1.5)
    figure = Figure(now, Focus(3, 2), language=language, panels=GROUPS, start=start)
    for group in "fico":
        panel = figure.sliders()[group]
        assert [slider.address for slider in panel] == now.gate_addresses(group, 2)
        for slider in panel:
            assert slider.value == now.value(slider.address) and slider.low <= slider.value <= slider.high
            assert slider.default == start.with_variant(cell).value(slider.address)
            assert slider.label and slider.hint and slider.colour


def test_inputs_follow_the_step_and_the_start_the_unit():
    figure = Figure(preset("random"), Focus(4, 2), panels=("x", "start"))
    addresses = {name: [s.address for s in panel] for name, panel in figure.looked(t=7).sliders().items()}
    assert addresses == {"x": ["x.7.1", "x.7.2"], "start": ["h0.2", "C0.2"]}


def test_what_is_looked_at_has_sliders_of_whole_numbers():
    [step], [length] = LEAKY.sliders()["t"], LEAKY.sliders()["length"]
    assert (step.low, step.high, step.value, step.step, step.default) == (1, preset("leaky").T, 2, 1, None)
    assert (length.low, length.high, length.step) == (MIN_LENGTH, MAX_LENGTH, 10)
    [locked] = Figure(preset("leaky"), panels=("t",), locked=frozenset({"t"})).sliders()["t"]
    assert locked.locked and not step.locked


def test_in_presenter_mode_one_slider_is_enough_that_which_was_moved_last():
    present = Focus(2, 1, present=True)
    [first] = Figure(preset("leaky"), present, panels=("f",)).sliders()["f"]
    assert first.address == "b_f.1"
    [last] = Figure(preset("leaky"), present, panels=("f",), alone="V_f.1.1").sliders()["f"]
    assert last.address == "V_f.1.1"
    [other] = Figure(preset("leaky"), present, panels=("i",), alone="V_f.1.1").sliders()["i"]
    assert other.address == "b_i.1"


def test_the_order_of_a_spec_is_that_which_the_browser_reads(root):
    [slider] = Figure(preset("leaky"), Focus(2, 1), panels=("t",)).sliders()["t"]
    assert slider.spec() == ["t", 2, slider.label, 1, preset("leaky").T, 1, None, "", "", False]
    script = (root / "assets/figure/sliders.js").read_text("utf-8")
    assert "[, row.value, parts, low, high, step, preset, hue, hint, locked]" in script


@pytest.mark.parametrize(
    ("markdown", "parts"),
    [
        ("bias $b_f$", ("bias ", ("b", "f"))),
        ("$h_{t-1,2}$의 가중치", (("h", "t−1,2"), "의 가중치")),
        ("$C_0$ of unit 1", (("C", "0"), " of unit 1")),
        ("plain", ("plain",)),
    ],
)
def test_labels_are_text_and_symbols(markdown, parts):
    assert label_parts(markdown) == parts
