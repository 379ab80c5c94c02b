"""A reading in a link and back."""

from hypothesis import given
from hypothesis import strategies as st

from lstm_core.reading.hold import HELD, Hold
from lstm_core.reading.reading_link import LONGEST_TEXT, LinkedReading, from_query, split, to_query

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
    assert split(query | {"lang": "en"}) == ({"lang": "en"}, query)


@given(st.dictionaries(st.sampled_from(["read", "letter", "watch", "hold"]), st.text(max_size=9)))
def test_no_link_is_an_error(query):
    found, problems = from_query(query, 128)
    assert set(problems) <= set(query)
    assert found.unit is None or 1 <= found.unit <= 128


def test_a_long_text_is_left_out():
    assert to_query(LinkedReading("a" * (LONGEST_TEXT + 1), 3)) == {"letter": "3"}
