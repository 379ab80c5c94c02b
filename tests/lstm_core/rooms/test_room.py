"""Where a class is: one press leads on once, a slide that was told is not asked again, only the key leads."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.lessons.tours import TOURS
from lstm_core.rooms import CLOSED, END, LOBBY, OPEN, SHOWN, Room, new_code, new_key, slides_of
from lstm_core.rooms.room import ACTIONS
from tests.nightly import examples

LESSON = {"lesson": "item.silent.7~task.hold.1~item.open_or_shut.2"}


def made(query=LESSON) -> Room:
    return Room.made("key", query, "en")


def led(room: Room, *actions: str) -> Room:
    for action in actions:
        room = room.after(action, room.version)
    return room


def test_a_question_is_open_then_closed_then_told_and_a_task_is_shown():
    room, seen = made(), []
    for _ in range(9):
        seen.append((room.at, room.phase))
        room = led(room, "on")
    assert seen == [
        (0, LOBBY), (1, OPEN), (1, CLOSED), (1, SHOWN), (2, SHOWN), (3, OPEN), (3, CLOSED), (3, SHOWN),
        (4, END),
    ]  # fmt: skip
    assert led(room, "on") is room


def test_a_question_is_asked_once_more_only_between_its_closing_and_the_truth():
    closed = led(made(), "on", "on")
    again = led(closed, "again")
    assert (again.at, again.phase, again.round) == (1, OPEN, 2)
    assert led(again, "again") is again, "while it is open"
    assert led(again, "on", "again").round == 2, "not a third time"
    told = led(closed, "on")
    assert led(told, "again") is told


def test_a_press_that_comes_twice_or_from_two_windows_leads_on_once():
    room = led(made(), "on")
    assert room.after("on", room.version - 1) is room
    assert room.after("dance", room.version) is room


@settings(max_examples=examples(30, 1000), deadline=None)
@given(st.lists(st.sampled_from(ACTIONS), max_size=40))
def test_what_was_told_is_never_opened_again_and_back_never_tells_what_was_not(actions):
    room, told = made(), set()
    for action in actions:
        before, room = room, led(room, action)
        if room.phase == SHOWN and room.asks:
            assert room.at in told or (before.at, before.phase) == (room.at, CLOSED)
            told.add(room.at)
        assert room.phase not in (OPEN, CLOSED) or room.at not in told
        assert Room.from_data(room.to_data()) == room


def test_only_its_key_leads_a_room_and_nobody_is_told_it():
    room = made()
    assert room.opens_with("key") and not room.opens_with("Key") and not room.opens_with("")
    assert "key" not in room.to_data().values()
    assert not {"lock", "query"} & room.told().keys()
    assert len({new_code() for _ in range(200)}) > 190 and len(new_key()) >= 22


@pytest.mark.parametrize("query", [{}, {"lesson": ""}, {"lesson": "item.nothing.1"}, {"lesson": "x" * 2000}])
def test_a_lesson_in_which_there_is_nothing_to_do_is_no_room(query):
    with pytest.raises(ValueError):
        made(query)


def test_a_tour_is_its_stops_each_before_what_is_asked_there():
    slides = slides_of(made({"lesson": "tour.short.9"}).lesson.parts)
    stop = TOURS["short"].stop(9)
    assert [slide.kind for slide in slides[:2]] == ["stop", "item"]
    assert slides[0].stop == stop and slides[1].question.item.key == stop.item
    assert len(slides_of(made({"lesson": "tour.long"}).lesson.parts)) > len(TOURS["long"].stops)
