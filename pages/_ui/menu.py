"""The menu, and what every page starts with: link -> session -> **page**."""

from __future__ import annotations

import runpy
from html import escape

import streamlit as st

from lstm_core.words import Words

from . import link, session
from .browser.component import component
from .edit.sidebar import language, sidebar
from .lessons import lesson
from .site import ASSETS, LESSONS, NETWORKS, PAGES, ROOT, WITHOUT_EXPERIMENT, page_named

_close_on_phones = component("phone_menu")

_MENU_RAN = "menu.ran"
_SENT_ON = "menu.sent_on"


def menu():
    """Read the link, and register the pages under their titles in the reader's language."""
    link.restore()
    words = session.words()
    st.set_page_config(
        page_title=words("app.title"),
        page_icon=str(ASSETS / "images" / "icon.png"),
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    st.html(ASSETS / "style.css")
    if session.lesson().view == "embed":
        st.html(ASSETS / "embed.css")
    st.session_state[_MENU_RAN] = True
    # The pages' addresses are the names of their files: before app.py ran once, Streamlit knows no others.
    # The default page has no address of its own, so it only sends the reader on to the first page.
    pages = [page_named(name, words) for name in PAGES]

    def start():
        first = lesson.page() or PAGES[0]
        # The browser's Back leads here. Sent on a second time, nobody could leave the app by it.
        if st.session_state.get(_SENT_ON):
            runpy.run_path(str(ROOT / "pages" / f"{first}.py"))
            return
        st.session_state[_SENT_ON] = True
        link.switch_to(first, st.query_params.to_dict())

    start_page = st.Page(start, title=words("app.title"), url_path="start", default=True, visibility="hidden")
    shared = {
        words("menu.networks"): NETWORKS,
        words("menu.lessons"): LESSONS,
    }
    alone = [page for page in pages if page.url_path not in (*NETWORKS, *LESSONS)]
    sections = {"": [start_page, *alone]} | {
        entry: [page for page in pages if page.url_path in names] for entry, names in shared.items()
    }
    return st.navigation(sections, position="top")


def open_page(name: str) -> Words:
    """What every page calls first: the menu where app.py did not run, the sidebar, and the words.

    Streamlit runs a page without app.py when it is the first thing that a fresh server is asked for.
    """
    if not st.session_state.pop(_MENU_RAN, False):
        page = menu()
        if page.url_path == name:
            # Run as app.py would run it. After `menu` what is left of this run counts as app.py's own, so its
            # widgets would have other ids than in later runs, and what they are given first would be lost.
            page.run()
            st.stop()
        st.session_state.pop(_MENU_RAN)
    session.enter(name)
    words = session.words()
    st.html(f"<h1>{escape(words(f'page.{name}'))}</h1>")  # The style shows it to those who listen alone.
    st.set_page_config(page_title=f"{words(f'page.{name}')} · {words('app.title')}")
    _close_on_phones(key="phone_menu", data=[name])
    language()
    if name not in WITHOUT_EXPERIMENT:
        sidebar(words)
    return words
