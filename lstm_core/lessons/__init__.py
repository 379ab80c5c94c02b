"""Lessons: questions, tasks, tours, the record of what a reader did, the file to hand in, a class's table."""

from .items import ITEMS, make
from .lesson_link import LessonLink, Part
from .plan import Plan
from .question import Question
from .record import Record
from .tasks import TASKS
from .tours import TOURS
from .verdict import judge

__all__ = ["ITEMS", "TASKS", "TOURS", "LessonLink", "Part", "Plan", "Question", "Record", "judge", "make"]
