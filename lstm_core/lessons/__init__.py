"""Lessons: questions, tasks and tours, what a reader did of them, the file handed in, and a class's table."""

from .items import ITEMS, make
from .lesson import LessonLink, Part
from .plan import Plan
from .question import Question, judge
from .record import Record
from .tasks import TASKS
from .tours import TOURS

__all__ = ["ITEMS", "TASKS", "TOURS", "LessonLink", "Part", "Plan", "Question", "Record", "judge", "make"]
