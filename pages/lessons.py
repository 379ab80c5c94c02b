"""Lessons: tours, questions and tasks to begin, and what came of them."""

from pages._ui import link
from pages._ui.heading import heading
from pages._ui.in_english import marked_text
from pages._ui.lessons import end_card, hand_in, lesson_list, number_card
from pages._ui.menu import open_page
from pages._ui.next_step import next_step

words = open_page("lessons")
lesson_list.go_on()

heading(words, "lessons")
number_card.number_card(words)
end_card.end_card(words)
marked_text(words.prose("lessons"), "prose")
lesson_list.tours(words)
lesson_list.questions(words)
lesson_list.tasks(words)
lesson_list.trials(words)
hand_in.section(words, with_file=not end_card.is_shown())
next_step(words)
link.write()
