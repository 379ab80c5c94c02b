"""The courses that the app brings along: assets/courses -> **shipped**, one a problem, and some more."""

from functools import lru_cache

from ..assets import ASSETS
from .course import Course
from .course_file import course_from_npz
from .problems import PROBLEMS

FOLDER = ASSETS / "courses"


OPENS = {key: key for key in PROBLEMS} | {"recall": "recall_gates"}
"""Problem -> the course that the page Learning opens on."""

EXAMPLES = {key: tuple(dict.fromkeys((OPENS[key], key))) for key in PROBLEMS}
"""Problem -> its courses with all their snapshots, the one that opens first. A course whose name is the
problem's has the settings that the problem states, which a link starts from."""


@lru_cache(maxsize=16)
def shipped(name: str) -> Course:
    """The course of a name: one of EXAMPLES, or one that a question asks about.

    `tests/fixtures/make_courses.py` made them all. Raises OSError for a name that there is not.
    """
    return course_from_npz((FOLDER / f"{name}.npz").read_bytes())
