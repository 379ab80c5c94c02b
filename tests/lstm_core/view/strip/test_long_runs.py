"""Of a long run the time strip draws a summary that is true, and small."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.view.strip.over_steps import MOST_PLACES
from lstm_core.view.strip.time_strip import time_strip
from tests.lstm_core.view.pictures import drawn, words
from tests.lstm_core.view.rows_of_strips import ROWS, strip


@settings(max_examples=20, deadline=None)
@given(st.integers(MOST_PLACES + 1, 2000), st.integers(0, 99))
def test_of_a_long_run_only_true_points_are_drawn_and_no_peak_is_lost(T, seed):
    trace = drawn(T=T, seed=seed)
    picture = strip(trace, rows=[ROWS[1]])
    along, values = picture.line(picture.rows[0], "f"), trace.f[:, 0]
    assert len(along) <= MOST_PLACES
    np.testing.assert_allclose([values[t - 1] for t in along], list(along.values()), atol=0.002)
    assert int(values.argmax()) + 1 in along and int(values.argmin()) + 1 in along


def test_a_picture_of_the_longest_run_stays_small():
    for T, most in ((12, 450), (40, 1250), (60, 1800), (61, 180), (2000, 180)):
        picture = strip(drawn(2, 3, T), rows=ROWS[:5])
        assert len(list(picture.root.iter())) < most
    assert len(time_strip(drawn(4, 64, 2000), 1, 1, ROWS, words)) < 450_000
