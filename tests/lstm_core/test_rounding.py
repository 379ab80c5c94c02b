"""What is shown adds up as shown, and each shown number is the true one within a hundredth."""

import re
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import forward
from lstm_core.quantities import TRACE_KEYS
from lstm_core.rounding import (
    EXACT,
    LARGE,
    ShownNumbers,
    equals,
    nice_limit,
    parts_of_sum,
    rounded,
    shown_ledger,
    slope_text,
    text,
    with_minus,
)
from lstm_core.workbench.presets import preset
from tests.collected import collected
from tests.lstm_core.examples import experiments
from tests.nightly import examples

ROOM = 0.01 + 1e-9
"""One unit of the last decimal that is shown, and float error."""


def read(on_screen: str) -> Decimal:
    """A number as a reader takes it from the screen."""
    return Decimal(on_screen.replace("−", "-"))


# -- one number -----------------------------------------------------------------------------------


@collected(
    "value, plain, signed",
    [
        (0.456, "0.46", "+0.46"), (-0.164, "−0.16", "−0.16"), (-0.0, "0.00", "0.00"), (0.004, "0.00", "0.00"),
        (-0.006, "−0.01", "−0.01"), (99_999.99, "99999.99", "+99999.99"), (-1_234_567, *["−1234567.00"] * 2),
        (-12_345_678, *["−1.2e+07"] * 2), (1e300, "1.0e+300", "+1.0e+300"), (5e-324, "0.00", "0.00"),
    ],
)  # fmt: skip
def test_numbers_as_they_stand_on_screen(value, plain, signed):
    assert text(value) == plain and text(value, sign=True) == signed


def test_a_minus_on_screen_is_as_long_as_a_plus_and_decimals_are_as_asked():
    assert with_minus("b_f = -2.0, -1e-05") == "b_f = −2.0, −1e−05"
    assert (text(0.12344, decimals=4), text(2.5, decimals=0), rounded(1.2345, 1)) == ("0.1234", "2", 1.2)


@given(st.floats(allow_nan=False, allow_infinity=False), st.booleans())
def test_text_never_shows_a_negative_zero_or_a_hyphen(value, sign):
    on_screen = text(value, sign)
    assert "-" not in on_screen and not re.fullmatch(r"[−+]0\.0+", on_screen)
    assert on_screen.isprintable() and len(on_screen) <= 11


@given(st.floats(-9e4, 9e4))
def test_text_is_the_number_within_half_a_hundredth(value):
    assert abs(float(read(text(value))) - value) <= 0.005 + 1e-9
    assert float(read(text(value))) == rounded(value) == float(read(text(value, sign=True)))


# -- sums -----------------------------------------------------------------------------------------


@given(st.lists(st.integers(-10_000, 10_000), min_size=1, max_size=12))
def test_parts_that_have_two_decimals_stay_as_they_are(hundredths):
    parts = [number / 100 for number in hundredths]
    assert parts_of_sum(parts, sum(parts))[0] == parts


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([1 / 3, 1 / 3, 1 / 3], [0.34, 0.33, 0.33]),
        ([0.004, 0.004, 0.004], [0.01, 0.0, 0.0]),
        ([-0.004, -0.004], [0.0, -0.01]),
        ([0.125, -0.125], [0.13, -0.13]),
        ([], []),
    ],
)
def test_the_part_that_lost_most_is_raised(parts, expected):
    found, _ = parts_of_sum(parts, sum(parts))
    assert sorted(found) == sorted(expected)
    assert not any(np.signbit(part) for part in found if part == 0)


FINITE = st.floats(allow_nan=False, allow_infinity=False)
SIZES = st.sampled_from([1.0, 100.0, 1e5, 1e7, 1e9, 1e12, 1e13, 1e14, 1e300])


@settings(max_examples=examples(50, 600))
@given(
    st.lists(st.floats(-10, 10) | st.sampled_from([0.005, -0.005, 0.015]), min_size=1, max_size=12), st.data()
)
def test_parts_of_any_size_add_up_as_shown_in_full_and_none_is_off_by_a_hundredth(parts, data):
    sizes = data.draw(st.just([1.0] * 12) | st.lists(SIZES, min_size=12, max_size=12))
    parts = [part * size for part, size in zip(parts, sizes, strict=False)]
    shares, whole = parts_of_sum(parts, sum(parts))
    assert sum(read(text(part, in_full=True)) for part in shares) == read(text(whole, in_full=True))
    largest = max(map(abs, [*parts, whole]))
    unit = ROOM if largest < EXACT else largest / 9
    assert all(abs(part - true) <= unit + 1e-9 * abs(true) for part, true in zip(shares, parts, strict=True))
    if largest < LARGE:
        assert sum(read(text(part)) for part in shares) == read(text(whole)) == read(text(sum(parts)))


# -- the ledger -----------------------------------------------------------------------------------

LEDGER = ("C_prev", "kept", "erased", "written", "C")


def adds_up(trace) -> None:
    for t, unit in np.ndindex(trace.kept.shape):
        ledger = shown_ledger(trace, t + 1, unit + 1)
        C_prev, kept, erased, written, C = (read(text(getattr(ledger, key))) for key in LEDGER)
        assert kept + erased == C_prev and kept + written == C
        largest = float(abs(trace.cells[:, unit]).max())
        if largest < LARGE:
            assert (C_prev, C) == tuple(read(text(value[t, unit])) for value in (trace.C_prev, trace.C))
        for key in LEDGER:
            room = ROOM if largest < LARGE else 0.1 * largest
            assert abs(getattr(ledger, key) - getattr(trace, key)[t, unit]) < room
        if t:
            assert ledger.C_prev == shown_ledger(trace, t, unit + 1).C


@settings(max_examples=examples(30, 150))
@given(experiments(batch=False))
def test_the_ledger_adds_up_as_shown(experiment):
    adds_up(experiment.run())


@settings(max_examples=examples(30, 150))
@given(FINITE | st.floats(-1e14, 1e14), st.floats(-12, 12))
def test_the_ledger_of_any_memory_adds_up_as_shown(C0, b_f):
    experiment = preset("latch").edited("b_f.1", b_f)
    adds_up(forward(experiment.params, experiment.x, C0=[C0]))


def test_a_number_reads_the_same_in_the_ledger_and_wherever_else_it_is_shown():
    trace = preset("random").trace()
    for t in range(1, trace.T + 1):
        ledger = shown_ledger(trace, t, 2)
        for key in TRACE_KEYS:
            expected = getattr(ledger, key, rounded(getattr(trace, key)[t - 1, 1]))
            assert ShownNumbers(trace).at(key, t, 2) == expected


# -- equations with numbers, and axes -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("result", "shown_result", "sign"),
    [(0.3, 0.3, "="), (0.1 + 0.2, 0.3, "="), (0.304, 0.3, "="), (0.306, 0.3, "≈"), (-1, 1, "≈")],
)
def test_an_equals_sign_stands_only_where_it_is_true(result, shown_result, sign):
    assert equals(result, shown_result) == sign


@given(st.lists(st.floats(-1e300, 1e300), max_size=8), st.sampled_from([0.05, 1.0, 12.0]))
def test_axes_end_at_round_numbers_that_no_value_passes(values, least):
    limit = nice_limit(np.array(values), least)
    largest = max([least, *map(abs, values)])
    assert limit >= largest * (1 - 1e-9) and limit <= 10 * largest
    assert re.fullmatch(r"(1|1\.5|2|3|5)", f"{limit / 10 ** np.floor(np.log10(limit * (1 + 1e-9))):.9g}")


@pytest.mark.parametrize(
    ("largest", "limit"),
    [(0, 1), (1, 1), (1.2, 1.5), (1.6, 2), (2, 2), (2.1, 3), (-4, 5), (5, 5), (5.1, 10), (17, 20)],
)
def test_an_axis_ends_at_the_next_of_few_round_numbers(largest, limit):
    assert nice_limit(np.array([0.3, largest])) == limit


def test_a_derivative_that_is_not_zero_never_reads_as_zero():
    told = {0.0: "0.000", 0.0004: "±0.000…", -1e-9: "±0.000…", 0.0006: "0.001", -0.5: "−0.500", np.nan: "?"}
    assert [slope_text(value) for value in told] == list(told.values())
