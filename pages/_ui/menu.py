"""The menu, and what every page starts with: link -> session -> **page**."""

import runpy
from html import escape

import streamlit as st

from lstm_core.words import Words, language_of

from . import link, session, story
from .browser.component import component
from .edit.sidebar import language, sidebar
from .site import ASSETS, MENU, PAGES, ROOT, START, WITHOUT_SIDEBAR, address_of, page_named

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
    pages = {name: page_named(name, words) for name in PAGES}
    groups = {words(f"menu.{group}"): [pages[name] for name in names] for group, names in MENU.items()}
    return st.navigation({"": [pages[START]], **groups}, position="top")


def open_page(name: str) -> Words:
    """What every page calls first: the menu where app.py did not run, the sidebar, and the words.

    Streamlit runs a page without app.py when it is the first thing that a fresh server is asked for.
    """
    if not st.session_state.pop(_MENU_RAN, False):
        page = menu()
        if page.url_path == address_of(name):
            # Run as app.py would run it. After `menu` what is left of this run counts as app.py's own, so its
            # widgets would have other ids than in later runs, and what they are given first would be lost.
            page.run()
            st.stop()
        st.session_state.pop(_MENU_RAN)
    if name == START:
        _send_on()
    before = session.page()
    story.enter(name, before, session.enter(name))
    words = session.words()
    title = words(f"page.{name}")
    spoken = f' lang="{language_of(title)}"' if language_of(title) else ""
    st.html(f"<h1{spoken}>{escape(title)}</h1>")  # The style shows it to those who listen alone.
    st.set_page_config(page_title=f"{title} · {words('app.title')}")
    _close_on_phones(key="phone_menu", data=[name, words.language])
    _mark_group(name)
    language()
    if name not in WITHOUT_SIDEBAR:
        sidebar(words)
    return words


def _mark_group(page: str) -> None:
    """Mark the group of a page in the menu, as Streamlit marks a page that stands in none."""
    here = next((n for n, names in enumerate(MENU.values(), start=2) if page in names), None)
    entry = f".rc-overflow-item:nth-child({here}) > [data-testid=stTopNavSection]"
    looks = "font-weight: 600; background: color-mix(in srgb, currentColor 11%, transparent);"
    st.html(f"<style>{f'{entry} {{ {looks} }}' if here else ''}</style>")


def _send_on() -> None:
    """Leave the story where the link is none of it, for the page that it opened before there was a story."""
    there = link.first_page()
    if there == START:
        return
    # The browser's Back leads here. Sent on a second time, nobody could leave the app by it.
    if st.session_state.get(_SENT_ON):
        st.session_state[_MENU_RAN] = True
        runpy.run_path(str(ROOT / "pages" / f"{there}.py"))
        st.stop()
    st.session_state[_SENT_ON] = True
    link.switch_to(there, st.query_params.to_dict())
