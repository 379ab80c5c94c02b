"""The courses that the app brings along: assets/courses -> **shipped**, one for each problem."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from .course import Course
from .course_file import course_from_npz

FOLDER = Path(__file__).parents[2] / "assets" / "courses"


@lru_cache(maxsize=16)
def shipped(problem: str) -> Course:
    """The course of a problem, by its key, at the settings that `PROBLEMS` states.

    `tests/fixtures/make_courses.py` made it. Raises OSError for a problem that there is not.
    """
    return course_from_npz((FOLDER / f"{problem}.npz").read_bytes())
