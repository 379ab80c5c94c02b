"""The line of those who want to train: who may, who waits, and what becomes of those who leave."""

from hypothesis import given
from hypothesis import strategies as st

from lstm_core.training.line import Line


def test_the_first_train_and_the_others_wait_in_their_order():
    line = Line(places=2, patience=5)
    line.leave("nobody")
    assert [line.ahead(who, now=0) for who in "abcd"] == [0, 0, 1, 2]
    line.leave("a")
    assert [line.ahead(who, now=1) for who in "bcd"] == [0, 0, 1]


def test_who_does_not_ask_again_loses_the_place():
    line = Line(places=1, patience=5)
    assert line.ahead("a", now=0) == 0 and line.ahead("b", now=4) == 1
    assert line.ahead("b", now=5.1) == 0 and line.ahead("a", now=5.2) == 1


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.booleans()), max_size=60), st.integers(1, 4))
def test_there_are_never_more_at_work_than_places(moves, places):
    line, there = Line(places, patience=1000), []
    for now, (who, leaves) in enumerate(moves):
        if leaves:
            line.leave(who)
            there = [other for other in there if other != who]
        else:
            line.ahead(who, now)
            there += [who] * (who not in there)
        assert sum(line.ahead(other, now) == 0 for other in there) == min(places, len(there))
        assert line.training() == min(places, len(there))
