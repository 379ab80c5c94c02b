"""A class that answers together: lesson -> **slides** -> room -> answers -> tally, without a network.

slides : what a lesson is in a room, one thing at a time
room : where a class is, and what leads it on
tally : what a class answered, counted
"""

from .room import CLOSED, END, LOBBY, OPEN, SHOWN, Room, new_code, new_key
from .slides import Slide, slides_of
from .tally import checked_answer, tally, wrong_twice

__all__ = [
    "CLOSED",
    "END",
    "LOBBY",
    "OPEN",
    "SHOWN",
    "Room",
    "Slide",
    "checked_answer",
    "new_code",
    "new_key",
    "slides_of",
    "tally",
    "wrong_twice",
]
