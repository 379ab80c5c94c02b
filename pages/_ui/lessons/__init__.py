"""Lessons on screen: questions, tasks, tours, the list of them, make a lesson, hand-ins."""
