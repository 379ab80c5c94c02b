"""How far a hand can move each number, which sliders there are, and what they say."""

import re
from dataclasses import replace

import numpy as np

from lstm_core.figure import FREE, Figure
from lstm_core.figure.draw import PICTURES
from lstm_core.figure.handles import GROUPS, RANGES, WEIGHT_RANGE
from lstm_core.figure.sliders import label_parts
from lstm_core.params import VARIANTS
from lstm_core.words import LANGUAGES
from lstm_core.workbench.experiment import PIN_RANGES
from lstm_core.workbench.focus import Focus
from lstm_core.workbench.presets import PRESETS, preset
from tests.collected import collected

LEAKY = Figure(preset("leaky"), Focus(2, 1), tuple(PICTURES), panels=("t", "length", *GROUPS))


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
    for gate, bounds in PIN_RANGES.items():
        assert figure.bounds(f"pin_{gate}.1.2") == figure.bounds(f"pin_{gate}.1") == bounds


@collected("address", [
    "", "t", "length", "b_x.1", "b_f.2", "b_f", "x.0.1", "x.99.1", "x.1.9", "C0.9", "pin_f.1.99", "pin_f.9",
    "pin_q.1", "pin_", "pin_f", "pin_f.1.2.3", "b_f.1.1", "p_f.1", "__class__", "b_f.1\0", "b_f.01", "b_f.²",
    "x.1.1e0", ".",
])  # fmt: skip
def test_what_is_not_there_has_no_bounds(address):
    assert LEAKY.bounds(address) is None


OF = {"pins": "pin_f.1.2", "weights": "b_f.1", "inputs": "x.2.1", "start": "C0.1"}
KINDS = {"pin_": "pins", "x.": "inputs", "h0": "start", "C0": "start"}


@collected("free", [frozenset(), *(frozenset({name}) for name in FREE), FREE])
def test_only_what_is_free_can_be_moved_by_a_report_or_grabbed_and_all_other_sliders_are_locked(free):
    figure = replace(LEAKY, free=free).looked(t=1)
    assert {name for name, address in OF.items() if figure.bounds(address)} == set(free)
    there = {kind for grab in grabs(figure) for start, kind in KINDS.items() if grab.startswith(start)}
    assert there == free - {"weights"}  # weights have sliders alone
    for name in GROUPS:
        control = {"x": "inputs", "start": "start"}.get(name, "weights")
        panel = figure.sliders()[name]
        assert panel and all(slider.locked == (control not in free) for slider in panel)


def test_a_run_that_is_too_large_has_nothing_to_move():
    large = Figure(replace(preset("random"), x=np.tile(preset("random").x, (20, 1))))
    assert not large.experiment.by_hand and large.bounds("b_f.1") is large.bounds("pin_f.1.1") is None


def test_what_can_be_grabbed_in_the_pictures():
    without = grabs(Figure(preset("leaky").with_variant("1997"), Focus(2, 1)))
    assert {grab[:5] for grab in without if grab.startswith("pin")} == {"pin_i", "pin_c", "pin_o"}
    cell = Figure(preset("random"), Focus(1, 1), ("cell",))
    before_step_1 = {"h0.1", "h0.2", "C0.1"}
    assert before_step_1 <= grabs(cell) and not before_step_1 & grabs(cell.looked(t=2))
    strip = grabs(Figure(preset("random"), Focus(3, 2), ("strip",)))
    under_the_pointer, by_keys = {"x.*.1", "x.*.2"}, {"x.3.1", "x.3.2"}
    assert strip == under_the_pointer | by_keys | {"C0.2"}


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


def test_the_step_has_a_slider_of_whole_numbers_in_the_order_that_the_browser_reads(root):
    [step] = LEAKY.sliders()["t"]
    assert step.spec() == ["t", 2, step.label, 1, preset("leaky").T, 1, None, "", "", False]
    script = (root / "assets/figure/sliders.js").read_text("utf-8")
    assert "[, row.value, parts, low, high, step, preset, hue, hint, locked]" in script
    [locked] = replace(LEAKY, locked=frozenset({"t"})).sliders()["t"]
    assert locked.locked


@collected(
    "panel, moved, shown", [("f", None, "b_f.1"), ("f", "V_f.1.1", "V_f.1.1"), ("i", "V_f.1.1", "b_i.1")]
)
def test_in_presenter_mode_one_slider_is_enough_that_which_was_moved_last(panel, moved, shown):
    figure = Figure(preset("leaky"), Focus(2, 1, present=True), panels=(panel,), alone=moved)
    assert [slider.address for slider in figure.sliders()[panel]] == [shown]


@collected("markdown, parts", [
    ("bias $b_f$", ("bias ", ("b", "f"))), ("$h_{t-1,2}$의 가중치", (("h", "t−1,2"), "의 가중치")),
    ("$C_0$ of unit 1", (("C", "0"), " of unit 1")), ("plain", ("plain",)),
])  # fmt: skip
def test_labels_are_text_and_symbols(markdown, parts):
    assert label_parts(markdown) == parts
