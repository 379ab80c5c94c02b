"""Lessons on paper and for other platforms: parts of a lesson -> **one file**.

Everything here is a pure function that returns text, or the bytes of a zip; whatever a teacher typed in is
escaped.
"""

from .deck import deck
from .document import PAPERS
from .exercises import exercises
from .gift import gift
from .moodle_xml import moodle_xml
from .qti import qti
from .slides import slides
from .tour_notes import tour_notes
from .worksheet import answer_key, worksheet

__all__ = [
    "PAPERS",
    "answer_key",
    "deck",
    "exercises",
    "gift",
    "moodle_xml",
    "qti",
    "slides",
    "tour_notes",
    "worksheet",
]
