"""Each page opens on the moment that shows what it is about, in the numbers that it is known by."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.memory import largest_memory, stuck_steps
from lstm_core.paths import memory_paths
from lstm_core.rounding import shown_ledger, slope_text, text
from lstm_core.trace import provenance
from lstm_core.workbench.focus import ALL, PHASES, Focus
from lstm_core.workbench.opening import OPENINGS, OPENS_ON, first_look, is_opening, opening, phase_of
from lstm_core.workbench.presets import PRESETS, preset
from tests.collected import collected


def shown(page: str, *keys: str, back: int = 0) -> list[str]:
    """Numbers of the opening step as they stand on screen, or of a step so many before it."""
    experiment, focus = opening(page)
    trace, t = experiment.trace(), focus.t - back
    ledger = shown_ledger(trace, t, 1)
    return [text(getattr(ledger, key, getattr(trace, key)[t - 1, 0])) for key in keys]


def test_the_whole_cell_opens_where_keeping_erasing_and_writing_are_all_large():
    keys = ("f", "i", "C_tilde", "C_prev", "kept", "erased", "written", "C", "h")
    assert shown("overview", *keys) == [
        "0.38",
        "0.82",
        "0.87",
        "0.63",
        "0.24",
        "0.39",
        "0.71",
        "0.95",
        "0.46",
    ]
    experiment, focus = opening("overview")
    trace = experiment.trace()
    least = np.min(np.abs([trace.kept, trace.erased, trace.written]), axis=0)[:, 0]
    assert least.argmax() + 1 in (focus.t, 10) and least[focus.t - 1] > 0.2


def test_the_forget_gate_opens_where_it_erases():
    assert shown("forget_gate", "f", "C_prev", "kept", "erased") == ["0.02", "0.78", "0.01", "0.77"]
    assert phase_of(opening("forget_gate")[1], "forget_gate") == "erase"


def test_the_input_gate_opens_where_a_write_turns_the_memory_over():
    assert shown("input_gate", "i", "C_tilde", "written") == ["0.82", "−0.72", "−0.58"]
    assert shown("input_gate", "C_prev", "C") == ["0.91", "−0.24"]


def test_the_cell_state_opens_where_the_memory_is_made_of_two_steps():
    experiment, focus = opening("cell_state")
    parts = provenance(experiment.trace(), 1)[:, focus.t - 1]
    assert shown("cell_state", "C") == ["0.91"]
    assert [text(parts[s]) for s in (2, 6)] == ["0.23", "0.68"]
    assert abs(np.delete(parts, (2, 6))).sum() < 0.05


def test_the_output_gate_opens_where_the_cell_begins_to_speak():
    assert shown("output_gate", "C", "o", "h") == ["0.75", "0.95", "0.61"]
    assert shown("output_gate", "o", "h", back=1) == ["0.02", "0.01"]


def test_why_forget_opens_on_a_memory_that_sticks_and_one_that_does_not():
    experiment, focus = opening("why_forget")
    long = experiment.tiled(focus.length)
    old, gated = (long.with_variant(cell).trace() for cell in ("1997", "lstm"))
    assert focus.length == 100
    assert (f"{old.C[-1, 0]:.0f}", stuck_steps(old, 1)) == ("20", 95)
    assert (text(largest_memory(gated, 1)), stuck_steps(gated, 1)) == ("1.84", 0)


def test_the_gradient_opens_where_its_three_lines_are_far_apart():
    experiment, focus = opening("gradient")
    paths = memory_paths(experiment.trace(), 1, focus.recurrence)
    direct, full, rnn = (getattr(paths, name)[focus.t - 1] for name in ("direct", "full", "rnn"))
    assert [slope_text(number) for number in (direct, full, rnn)] == ["0.671", "0.843", "0.019"]


@pytest.mark.parametrize("page", OPENINGS)
def test_an_opening_is_a_step_that_its_experiment_has(page):
    experiment, focus = opening(page)
    assert focus == focus.within(experiment) and focus.phase is None
    assert is_opening(page, experiment, focus)
    assert not is_opening(page, experiment, Focus(focus.t % experiment.T + 1))
    assert not is_opening(page, experiment.edited("b_f.1", 0.5), focus)


@collected("key", PRESETS)
@collected(
    "page, quantity",
    [("forget_gate", "erased"), ("output_gate", "h"), ("input_gate", "written"), ("", "written")],
)
def test_elsewhere_the_first_look_is_where_the_pages_own_quantity_is_largest(page, quantity, key):
    trace = preset(key).trace()
    values = abs(getattr(trace, quantity))
    assert values[first_look(preset(key), page) - 1].max() == values.max()


@pytest.mark.parametrize("page", ["forget_gate", "output_gate"])
def test_the_opening_of_these_is_where_their_own_quantity_is_largest(page):
    experiment, focus = opening(page)
    assert first_look(experiment, page) == focus.t


def test_a_page_without_an_opening_of_its_own_has_that_of_the_whole_cell():
    assert opening("lessons") == opening("overview")


@given(st.sampled_from([None, ALL, *PHASES]), st.sampled_from([*OPENINGS, "lessons"]))
def test_a_chosen_phase_goes_before_that_of_the_page(phase, page):
    assert phase_of(Focus(phase=phase), page) == (phase or OPENS_ON.get(page, ALL))
