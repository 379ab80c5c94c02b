"""The pages of the app: their names and files, and which of them belong to lessons."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from lstm_core.words import Words

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "assets"

PAGES = (
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

LESSONS = ("lessons", "make_lesson", "hand_ins")
"""The pages of lessons, which share an entry of the menu."""

NETWORKS = ("learning", "reading", "network")
"""The pages about trained networks, which share another."""

WITHOUT_EXPERIMENT = (*LESSONS, *NETWORKS)
"""The pages that show no experiment, so that nothing beside them changes one."""


def page_named(name: str, words: Words):
    """A page of the menu, under its title in the reader's language."""
    return st.Page(ROOT / "pages" / f"{name}.py", title=words(f"page.{name}"), url_path=name)
