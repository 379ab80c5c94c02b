"""The places of a page: controls left, pictures right, and below both what needs no hand on a slider."""

from __future__ import annotations

import streamlit as st

from .. import link, session
from ..lessons import lesson
from ..site import ASSETS


def bench():
    """Three places: controls left, pictures right, and below both what needs no hand on a slider.

    On a phone the pictures come first and the controls right under them, but a question comes
    before the pictures; in presenter mode the pictures are all there is, and beside them a question
    or the origin of a number, if one is on.
    """
    link.go_on()
    # Always there, with or without content, so that leaving presenter mode takes it away.
    style = (ASSETS / "present.css").read_text("utf-8") if session.focus().present else ""
    st.html(f"<style>{style}</style>")
    with st.container(key="bench"):
        left, right = st.columns([3, 10], gap="medium")
    below = st.container(key="bench_below")
    beside = lesson.question() or (session.focus().present and session.asked())
    left = left.container(key="bench_question" if beside else "bench_controls")
    return left, right.container(key="bench_pictures"), below
