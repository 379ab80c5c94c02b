"""Here a layer learns: the classical problems, a small network, its update, and the course of a training."""

from .course import Course
from .course_file import course_from_npz, course_to_npz
from .effects import effects
from .events import events
from .learned import learned
from .problems import PROBLEMS, problem_of
from .run import Training, train
from .setup import Setup

__all__ = [
    "PROBLEMS",
    "Course",
    "Setup",
    "Training",
    "course_from_npz",
    "course_to_npz",
    "effects",
    "events",
    "learned",
    "problem_of",
    "train",
]
