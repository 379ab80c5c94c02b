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


@pytest.mark.parametrize(
    ("page", "back", "numbers"),
    [
        # Keeping, erasing and writing are all large.
        (
            "overview", 0,
            "f 0.38 i 0.82 C_tilde 0.87 C_prev 0.63 kept 0.24 erased 0.39 written 0.71 C 0.95 h 0.46",
        ),
        # It erases.
        ("forget_gate", 0, "f 0.02 C_prev 0.78 kept 0.01 erased 0.77"),
        # A write turns the memory over.
        ("input_gate", 0, "i 0.82 C_tilde −0.72 written −0.58 C_prev 0.91 C −0.24"),
        # The cell begins to speak.
        ("output_gate", 0, "C 0.75 o 0.95 h 0.61"),
        ("output_gate", 1, "o 0.02 h 0.01"),
    ],
)  # fmt: skip
def test_a_page_opens_on_these_numbers_of_its_step_or_of_the_step_before(page, back, numbers):
    experiment, focus = opening(page)
    trace, t = experiment.trace(), focus.t - back
    keys = numbers.split()[::2]
    ledger = shown_ledger(trace, t, 1)
    shown = [text(getattr(ledger, key, getattr(trace, key)[t - 1, 0])) for key in keys]
    assert shown == numbers.split()[1::2]


def test_the_cell_state_opens_where_the_memory_is_made_of_two_steps():
    experiment, focus = opening("cell_state")
    parts = provenance(experiment.trace(), 1)[:, focus.t - 1]
    assert [text(parts[s]) for s in (2, 6)] == ["0.23", "0.68"]
    assert abs(np.delete(parts, (2, 6))).sum() < 0.05


def test_why_forget_opens_on_a_memory_that_sticks_and_one_that_does_not():
    experiment, focus = opening("why_forget")
    long = experiment.tiled(focus.length)
    old, gated = (long.with_variant(cell).trace() for cell in ("1997", "lstm"))
    assert (f"{old.C[-1, 0]:.0f}", stuck_steps(old, 1)) == ("20", 95)
    assert (text(largest_memory(gated, 1)), stuck_steps(gated, 1)) == ("1.84", 0)


def test_the_gradient_opens_where_its_three_lines_are_far_apart():
    experiment, focus = opening("gradient")
    paths = memory_paths(experiment.trace(), 1, focus.recurrence)
    lines = [getattr(paths, name)[focus.t - 1] for name in ("direct", "full", "rnn")]
    assert [slope_text(number) for number in lines] == ["0.671", "0.843", "0.019"]


@pytest.mark.parametrize("page", OPENINGS)
def test_an_opening_is_a_step_that_its_experiment_has(page):
    experiment, focus = opening(page)
    assert focus == focus.within(experiment) and focus.phase is None
    assert is_opening(page, experiment, focus)
    assert not is_opening(page, experiment, Focus(focus.t % experiment.T + 1))
    assert not is_opening(page, experiment.edited("b_f.1", 0.5), focus)
    if page in ("forget_gate", "output_gate"):
        assert first_look(experiment, page) == focus.t


@collected("key", PRESETS)
@collected(
    "page, quantity",
    [("forget_gate", "erased"), ("output_gate", "h"), ("input_gate", "written"), ("", "written")],
)
def test_elsewhere_the_first_look_is_where_the_pages_own_quantity_is_largest(page, quantity, key):
    values = abs(getattr(preset(key).trace(), quantity))
    assert values[first_look(preset(key), page) - 1].max() == values.max()


def test_a_page_without_an_opening_of_its_own_has_that_of_the_whole_cell():
    assert opening("lessons") == opening("overview")


@given(st.sampled_from([None, ALL, *PHASES]), st.sampled_from([*OPENINGS, "lessons"]))
def test_a_chosen_phase_goes_before_that_of_the_page(phase, page):
    assert phase_of(Focus(phase=phase), page) == (phase or OPENS_ON.get(page, ALL))
