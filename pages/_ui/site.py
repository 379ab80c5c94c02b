"""The pages of the app: their names and files, and which of them belong to lessons."""

from pathlib import Path

import streamlit as st

from lstm_core.lessons.opened import START
from lstm_core.words import Words

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "assets"

PAGES = (
    "start",
    "overview",
    "forget_gate",
    "input_gate",
    "cell_state",
    "output_gate",
    "why_forget",
    "gradient",
    "trace",
    "learning",
    "reading",
    "network",
    "lessons",
    "make_lesson",
    "hand_ins",
)

MENU = {
    "cell": PAGES[PAGES.index("overview") : PAGES.index("learning")],
    "networks": PAGES[PAGES.index("learning") : PAGES.index("lessons")],
    "class": PAGES[PAGES.index("lessons") :],
}
"""The groups of the menu beside the story, and their pages."""

LESSONS = MENU["class"]

WITHOUT_SIDEBAR = (START, *MENU["networks"], *LESSONS)
"""The pages beside which nothing changes the experiment: the story keeps its own, the others have none."""


def address_of(name: str) -> str:
    """What stands in the address of a page: its name, and nothing for the story."""
    return "" if name == START else name


def page_named(name: str, words: Words):
    """A page of the menu, under its title in the reader's language."""
    path, title = ROOT / "pages" / f"{name}.py", words(f"page.{name}")
    return st.Page(path, title=title, url_path=name, default=name == START)
