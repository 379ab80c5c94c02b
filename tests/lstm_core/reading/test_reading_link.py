"""A reading in a link and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.reading.hold import HELD, Hold
from lstm_core.reading.reading_link import (
    LONGEST_TEXT,
    LinkedReading,
    from_file,
    from_query,
    to_json,
    to_query,
)

NUMBERS = st.integers(1, 128)
VALUES = st.integers(-9_990_000, 9_990_000).map(lambda n: n / 10_000)
HOLDS = st.builds(Hold, NUMBERS, st.sampled_from(HELD), st.integers(1, 2000), VALUES)


@given(
    st.none() | st.text(min_size=1, max_size=LONGEST_TEXT),
    st.none() | NUMBERS,
    st.none() | NUMBERS,
    st.none() | HOLDS,
)
def test_what_is_written_into_a_link_is_read_back(text, t, unit, hold):
    reading = LinkedReading(text, t, unit, hold)
    query = to_query(reading)
    assert from_query(query, 128) == (reading, ())
    whole, problems = from_file(to_json(reading).encode("utf-8", "surrogatepass"), 128)
    assert text is None or (whole, problems) == (reading, ())


@given(st.dictionaries(st.sampled_from(["read", "letter", "watch", "hold"]), st.text(max_size=9)))
def test_no_link_is_an_error(query):
    found, problems = from_query(query, 128)
    assert set(problems) <= set(query)
    assert found.unit is None or 1 <= found.unit <= 128


@pytest.mark.parametrize(
    "content", [b"", b"\xff\x00", b"[" * 99_999, b'{"read": 5}', b'{"read": "a", "evil": 1}', b"x" * 200_000]
)
def test_any_file_is_a_text(content):
    found, problems = from_file(content, 128)
    assert not problems and (found.text is None) == (not content) and found.hold is None
    assert found.text is None or content.decode("utf-8", "replace").startswith(found.text)


def test_what_a_file_names_and_the_network_has_not_is_told():
    content = b'{"read": "a = 1", "watch": 129, "hold": "3~1e9", "letter": true}'
    assert from_file(content, 128) == (LinkedReading("a = 1"), ("letter", "watch", "hold"))


def test_a_long_text_is_left_out():
    assert to_query(LinkedReading("a" * (LONGEST_TEXT + 1), 3)) == {"letter": "3"}
