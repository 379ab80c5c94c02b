"""The plan of a lesson as files for paper and other platforms: plan -> **buttons** that make them."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import streamlit as st

from lstm_core.lessons.items import ITEMS
from lstm_core.lessons.lesson_link import Part
from lstm_core.lessons.plan import Plan
from lstm_core.lessons.tasks import TASKS
from lstm_core.lessons.tours import TOURS
from lstm_core.paper import (
    PAPERS,
    answer_key,
    deck,
    exercises,
    gift,
    moodle_xml,
    qti,
    slides,
    tour_notes,
    worksheet,
)
from lstm_core.words import Words

from .. import session
from ..site import PAGES

LONGEST_TITLE = 80

_TITLE, _PAPER = "paper.title", "paper.size"
_HTML, _TEXT, _XML, _ZIP = "text/html", "text/plain", "application/xml", "application/zip"
_PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

_BANK = sorted(
    (*(Part("item", key) for key in ITEMS), *(Part("task", key) for key in TASKS)),
    key=lambda part: PAGES.index((ITEMS if part.kind == "item" else TASKS)[part.key].page),
)
"""Every question and task once, those of a page together."""


def paper(words: Words, plan: Plan, address: str) -> None:
    """The files that can be made of a plan, in the language that the plan is for.

    plan : with a run for each of its items, see `Plan.asked_of`. address : of the app, for links in files.
    """
    said = Words(plan.language or session.language())
    if not plan.parts:
        st.caption(words("paper.nothing"))
        title = said("paper.bank_title")
        with st.container(horizontal=True):
            for key, make, ending, mime in (
                ("bank", moodle_xml, "xml", _XML),
                ("bank_qti", qti, "zip", _ZIP),
            ):
                st.download_button(
                    words(f"paper.{key}"), lambda make=make: make(exercises(_BANK), said, title),
                    f"lstm_bank.{ending}", mime, key=f"paper.{key}", help=words("paper.bank_help"),
                    on_click="ignore",
                )  # fmt: skip
        return
    st.caption(words("paper.says"))
    title, size = st.columns([3, 2], vertical_alignment="bottom")
    with title:
        typed = st.text_input(words("paper.title"), key=_TITLE, max_chars=LONGEST_TITLE)
    with size:
        session.set_widget(_PAPER, _paper())
        st.segmented_control(words("paper.size"), PAPERS, key=_PAPER, required=True, format_func=PAPERS.get)
    named = typed.strip()[:LONGEST_TITLE] or said("paper.lesson")
    with st.container(horizontal=True):
        for key, ending, mime, content in files(plan, said, named, _paper(), address):
            st.download_button(
                words(f"paper.{key}"), content, f"lstm_{key}.{ending}", mime, key=f"paper.{key}",
                help=words(f"paper.{key}_help"), on_click="ignore",
            )  # fmt: skip


File = tuple[str, str, str, Callable[[], str | bytes]]


def files(plan: Plan, words: Words, title: str, size: str, address: str) -> list[File]:
    """Each file: its key, the ending of its name, its kind, and what makes it."""
    todo = exercises(plan.parts)
    found: list[File] = []
    if todo:
        found += [
            ("worksheet", "html", _HTML, lambda: worksheet(todo, words, title, size)),
            ("key", "html", _HTML, lambda: answer_key(todo, words, title, size)),
            ("moodle", "xml", _XML, lambda: moodle_xml(todo, words, title)),
            ("qti", "zip", _ZIP, lambda: qti(todo, words, title)),
        ]
    if any(one.question for one in todo):
        found.append(("gift", "txt", _TEXT, lambda: gift(todo, words, title)))
    tour = next((TOURS[part.key] for part in plan.parts if part.kind == "tour"), None)
    if tour:
        found += [
            ("notes", "html", _HTML, lambda: tour_notes(tour, words, size)),
            ("slides", "html", _HTML, lambda: slides(tour, words, size, _font())),
        ]
    if tour and find_spec("pptx"):  # which the site without a server does not have
        found.append(("deck", "pptx", _PPTX, lambda: deck(tour, words, address)))
    return found


def _font() -> bytes | None:
    """The font of the app, out of the files that Streamlit serves; None where they are not there."""
    media = Path(st.__file__ or "").parent / "static" / "static" / "media"
    found = sorted(media.glob("SourceSansVF-Upright*.woff2"))
    return found[0].read_bytes() if found else None


def _paper() -> str:
    """The paper that is chosen. A browser can send any other word, too."""
    chosen = st.session_state.get(_PAPER)
    return chosen if chosen in PAPERS else next(iter(PAPERS))
