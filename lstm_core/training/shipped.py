"""The courses that the app brings along: assets/courses -> **shipped**, one a problem, and some more."""

from __future__ import annotations

from functools import lru_cache

from ..assets import ASSETS
from .course import Course
from .course_file import course_from_npz

FOLDER = ASSETS / "courses"


@lru_cache(maxsize=16)
def shipped(name: str) -> Course:
    """The course of a problem, by its key, at the settings that it states, or one that is asked about.

    `tests/fixtures/make_courses.py` made them all. Raises OSError for a name that there is not.
    """
    return course_from_npz((FOLDER / f"{name}.npz").read_bytes())
