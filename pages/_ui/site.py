"""The pages of the app: their names, which belong together, and where their files are."""

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
    "lessons",
    "make_lesson",
    "hand_ins",
)


LESSONS = ("lessons", "make_lesson", "hand_ins")
"""The pages that stand together under one heading of the menu; on them is no experiment."""


def page_named(name: str, words: Words):
    """A page of the menu, under its title in the reader's language."""
    return st.Page(ROOT / "pages" / f"{name}.py", title=words(f"page.{name}"), url_path=name)
