"""Learning: a network learns its weights while the reader watches, and tells what it has learned."""

import streamlit as st

from pages._ui import link, session
from pages._ui.heading import heading, waits
from pages._ui.learning import choose, compare, learned, take, tasks, watch
from pages._ui.learning.desk import desk
from pages._ui.learning.work import work
from pages._ui.lessons import lesson
from pages._ui.lessons.question import question_card
from pages._ui.look.page_layout import page_layout
from pages._ui.menu import open_page
from pages._ui.next_step import page_end
from pages._ui.whole_page import whole_page

words, here = open_page("learning"), desk()


def covers() -> bool:
    """Whether what stands below the pictures is left out: for an open question, and on a projector."""
    return bool(lesson.still_to_ask()) or session.focus().present


@whole_page
def live():
    left, right, _ = page_layout()
    if (lesson.stop_here() or lesson.question()) and here.untrained:
        choose.show_example(here)  # which they speak of
    work(here)
    hand = watch.hand(here)
    with right:
        heading(words, "learning", listens=True)
        if not waits(words):
            watch.stage(words, here, hand)
        watch.rests(words, hand)
    with left:
        if lesson.question():
            question_card(words)
        else:
            choose.choices(words, here)
            watch.weight_picture(words, hand)
            watch.unit_choice(words, here)
    watch.beat(here)
    link.write()
    # What stands below the pictures follows them when they rest, and waits for an open question.
    if here.fresh or here.covered != covers():
        here.fresh = False
        st.rerun()


here.covered, here.fresh = covers(), False  # all of it is drawn now
live()
if not here.covered:
    if not here.untrained:
        learned.section(words, here)
    compare.section(words, here)
    tasks.section(words, here)
    take.section(words, here)
page_end(words)
