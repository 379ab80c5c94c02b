"""What a hand grabs in a picture changes the experiment; what a lesson or a question holds does not."""

import re
from unittest.mock import patch

import pytest
import streamlit

from lstm_core.workbench.focus import Focus
from lstm_core.workbench.presets import preset
from pages._ui.edit import grab
from tests.pages.apps import is_sound, opened
from tests.pages.walks import choosing, picture


def moved(at, values: dict[str, float]):
    """The experiment after a hand that is still down moved these numbers on an open page."""
    needed = ("experiment", "focus", "language", "page", "lesson")
    state = {key: at.session_state[key] for key in needed if key in at.session_state}
    with patch.object(streamlit, "session_state", state):
        grab.move(values, final=False)
    return state["experiment"]


def test_every_input_and_the_start_of_the_unit_in_focus_can_be_moved():
    leaky, focus = preset("leaky"), Focus(t=2, unit=1)
    bounds = {"x": (-2.0, 2.0), "C0": (-5.0, 5.0)}
    offered = grab.addresses(bounds, leaky, focus)
    assert set(offered) == {*(f"x.{t}.1" for t in range(1, leaky.T + 1)), "C0.1"}
    assert offered["x.3.1"] == (-2.0, 2.0) and offered["C0.1"] == (-5.0, 5.0)


def test_what_was_moved_is_in_the_experiment():
    at = opened("output_gate", lang="en", preset="leaky", t="2")
    assert is_sound(at) and 'data-grab="x.2.1"' in picture(at, "strip.output_gate")
    after = moved(at, {"x.3.1": 0.5, "C0.1": -1.0, "h0.1": 0.25})
    assert [after.value(address) for address in ("x.3.1", "C0.1", "h0.1")] == [0.5, -1.0, 0.25]


@pytest.mark.parametrize(
    "held", [{"lock": "inputs,start"}, {"hide": "inputs,start"}, {"ask": "open_or_shut.1"}]
)
def test_what_is_held_is_neither_offered_nor_taken(held):
    at = opened("forget_gate", lang="en", preset="leaky", t="2", **held)
    before = at.session_state["experiment"]
    assert not at.exception and "data-grab" not in picture(at, "strip.forget_gate")
    assert moved(at, {"x.3.1": 0.5, "C0.1": -1.0}) == before


def test_a_gate_is_pinned_within_its_range_and_freed_where_it_was_pinned():
    at = opened("forget_gate", lang="en", preset="leaky", t="2")
    assert 'data-grab="pin_f.1.2"' in picture(at, "diagram.forget_gate")
    assert moved(at, {"pin_f.1.2": 0.25}).pins == {"pin_f.1.2": 0.25}
    for pins in ({"pin_f.1.2": "0.5"}, {"pin_f.1": "0.5"}):
        at = opened("forget_gate", lang="en", preset="leaky", t="2", **pins)
        assert 'data-role="unpin"' in picture(at, "diagram.forget_gate")
        choosing(at, {"role": "unpin", "quantity": "f"}, lambda choice: grab.free(choice["quantity"]))
        assert is_sound(at) and not at.session_state["experiment"].pins


def test_the_cell_of_1997_has_no_forget_gate_to_pin():
    without = preset("leaky").with_variant("1997")
    at = opened("forget_gate", lang="en", preset="leaky")
    with patch.object(streamlit, "session_state", {"experiment": without}):
        assert "f" not in grab.in_diagram(without, Focus(t=1, unit=1))
    assert 'data-grab="C0.1"' not in picture(at, "diagram.forget_gate"), "it is C0 at step 1 alone"
    assert 'data-grab="C0.1"' in picture(opened("forget_gate", preset="leaky", t="1"), "diagram.forget_gate")


def test_locked_weights_hold_the_gates():
    at = opened("forget_gate", lang="en", preset="leaky", t="1", lock="weights,start")
    assert "data-grab" not in picture(at, "diagram.forget_gate")
    assert moved(at, {"pin_f.1.1": 0.5}).pins == {}


def test_the_state_before_step_1_can_be_grabbed_on_every_page_with_the_diagram():
    for page in ("overview", "forget_gate", "input_gate", "cell_state", "output_gate"):
        at = opened(page, lang="en", preset="random", t="1")
        shown = picture(at, f"diagram.{page}") + picture(at, f"strip.{page}")
        for address in ("h0.1", "h0.2", "C0.1"):
            assert re.search(rf'data-grab="{address}"[^>]* role="slider" tabindex="0"', shown), (
                page,
                address,
            )
    focus = Focus(t=1, unit=1)
    assert {"h0.1", "h0.2", "C0.1"} <= set(
        grab.addresses_in_diagram({"h_prev": (-1, 1), "C_prev": (-5, 5)}, preset("random"), focus)
    )
    later = opened("forget_gate", lang="en", preset="random", t="2")
    assert 'data-grab="h0.' not in picture(later, "diagram.forget_gate")
