"""What stands last on a page: where to go on."""

import streamlit as st

from lstm_core.words import Words

from . import session
from .heading import prose_waits
from .in_english import marked_text
from .site import PAGES, page_named


def next_step(words: Words) -> None:
    """The page that comes next in the menu, as a link; nothing in a lesson, which has a way of its own."""
    taught = session.lesson()
    if taught.part or taught.ask or taught.view == "embed" or session.focus().present:
        return
    after = PAGES[(PAGES.index(session.page()) + 1) % len(PAGES)]
    said = words("menu.next", page=words(f"page.{after}"), question=words(f"question.{after}"))
    st.page_link(page_named(after, words), label=f"{said} →")


def page_end(words: Words) -> None:
    """The prose of the page and the next step; on a projector there is neither."""
    if not session.focus().present and not prose_waits(words):
        marked_text(words.prose(session.page()), "prose")
    next_step(words)
