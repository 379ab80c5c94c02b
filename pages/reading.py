"""Reading: a network that has read code, letter by letter, and a unit of it that the reader holds."""

import streamlit as st

from lstm_core.figure.choose import KEYBOARD
from lstm_core.view.origin import explanation_panel
from pages._ui import link
from pages._ui.browser.hand import Hand
from pages._ui.browser.picture import picture
from pages._ui.heading import heading, waits
from pages._ui.lessons import lesson
from pages._ui.lessons.question import question_card
from pages._ui.look import walk
from pages._ui.look.page_layout import page_layout
from pages._ui.menu import open_page
from pages._ui.next_step import page_end
from pages._ui.reading import held, trials, written
from pages._ui.reading.controls import controls
from pages._ui.whole_page import whole_page

words = open_page("reading")


@whole_page
def page():
    left, right, below = page_layout()
    hand = Hand(held.figure(), "reading", held.on_screen().turn)
    with right:
        heading(words, "reading", listens=True)
        if not waits(words):
            text, odds = st.columns([9, 4], gap="medium")
            with text:
                hand.picture("read", "reading.read")
            with odds:
                hand.picture("next", "reading.next")
            hand.picture("cell", "diagram.reading", walk.HEIGHT, KEYBOARD)
            hand.picture("walk")
            hand.picture("strip", "reading.strip")
            hand.rests(held.take, walk.decide, words("line.refused"))
    with left:
        if lesson.question():
            question_card(words)
        else:
            controls(words, hand)
        if place := hand.figure.asked():
            st.button(words("ask.close"), key="reading.why_back", on_click=held.ask_no_more)
            picture(
                explanation_panel(hand.figure.trace, place, words), key="reading.why", on_choose=held.choose
            )
    with below:
        if not lesson.question():
            trials.section(words)
            written.section(words)
            written.files(words)
        page_end(words)
    link.write()


page()
