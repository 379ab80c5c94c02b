"""What the browser sends is used only as far as it is a choice; nothing else gets past the door."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.figure.line import checked_choice
from tests.collected import collected

NAMES = ("quantity", "role", "value", "picture")
NUMBERS = {"t": 0, "unit": 1, "index": 1}
"""Name -> the least that it may be."""


@pytest.mark.parametrize(
    ("sent", "choice"),
    [
        ({"quantity": "f", "t": "4", "unit": "1"}, {"quantity": "f", "t": 4, "unit": 1}),
        ({"quantity": "x", "t": "4", "index": "3"}, {"quantity": "x", "t": 4, "index": 3}),
        ({"quantity": "C", "t": "0", "unit": "2"}, {"quantity": "C", "t": 0, "unit": 2}),
        ({"role": "unit", "unit": "2"}, {"role": "unit", "unit": 2}),
        ({"role": "slider", "value": "V_f.1.3"}, {"role": "slider", "value": "V_f.1.3"}),
        ({"role": "key", "value": "next"}, {"role": "key", "value": "next"}),
        ({"quantity": "h", "t": "9999999"}, {"quantity": "h", "t": 9_999_999}),
    ],
)
def test_a_choice_is_taken_and_its_numbers_are_numbers(sent, choice):
    assert checked_choice(sent) == choice


@collected("sent", [None, "", "f", 0, 1.5, True, [], ["quantity", "f"], ("t", "1"), b"x", {}, object()])
def test_what_is_no_choice_is_none(sent):
    assert checked_choice(sent) == {}


@collected(
    "value",
    [None, 1, 1.5, True, "", "x" * 81, "x" * 1_000_000, "a\nb", "a\u0000", "\u202e", ["f"], {"f": 1}, b"f"],
)
@collected("name", NAMES)
def test_names_that_are_none_are_left_out_and_the_rest_is_used(name, value):
    assert checked_choice({name: value, "t": "3"}) == {"t": 3}


@collected(
    "value",
    [None, 1, -1, 1.5, True, "", "-1", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "1_0", "١", "１", "²", "nan",
     "9" * 8, "9" * 100_000, ["1"], {"1": 1}, "1; drop", b"1"],
)  # fmt: skip
@collected("name", NUMBERS)
def test_numbers_that_are_none_are_left_out_and_the_rest_is_used(name, value):
    assert checked_choice({name: value, "quantity": "f"}) == {"quantity": "f"}


@pytest.mark.parametrize("name", NUMBERS)
def test_only_the_state_before_the_first_step_has_a_0(name):
    assert checked_choice({name: "0"}) == ({name: 0} if name == "t" else {})
    assert checked_choice({name: "1"}) == {name: 1}


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["1", "f", "0"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(anything | st.dictionaries(st.sampled_from([*NAMES, *NUMBERS, "other"]), anything))
def test_whatever_comes_what_goes_on_is_short_text_and_small_numbers(sent):
    choice = checked_choice(sent)
    assert choice.keys() <= {*NAMES, *NUMBERS}
    for name, value in choice.items():
        if name in NAMES:
            assert type(value) is str and 0 < len(value) <= 80 and value.isprintable()
        else:
            assert type(value) is int and NUMBERS[name] <= value < 10**7
