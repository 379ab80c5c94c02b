"""The places of a page: controls left, pictures right, and the rest below."""

import streamlit as st

from .. import link, session
from ..lessons import lesson
from ..site import ASSETS


def page_layout():
    """Returns three containers: controls left, pictures right, and below both what is read without them.

    On a phone the pictures come first and the controls right under them, but a question comes
    before the pictures. In presenter mode there are only the pictures and, if one is on screen, a
    question or the origin of a number beside them.
    """
    link.go_on()
    present_style()
    with st.container(key="layout"):
        left, right = st.columns([3, 10], gap="medium")
    below = st.container(key="layout_below")
    beside = lesson.question() or (session.focus().present and session.asked_origin())
    left = left.container(key="layout_question" if beside else "layout_controls")
    return left, right.container(key="layout_pictures"), below


def present_style() -> None:
    """The style of presenter mode, or of a figure alone in a frame.

    It is sent in every mode and may be empty, so that leaving presenter mode replaces it.
    """
    mode = "present" if session.focus().present else "alone" if session.lesson().figure_alone else ""
    style = (ASSETS / f"{mode}.css").read_text("utf-8") if mode else ""
    st.html(f"<style>{style}</style>")
