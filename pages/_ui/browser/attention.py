"""What is open on a page takes the focus, and gives it back: question, verdict, task, origin -> **focus**."""

import streamlit as st

from .component import component

_mount = component("attention", "figure")


def attention(name: str, place: str = "", before: str = "", told: str = "") -> None:
    """Has the heading of what is open read out and stepped into; a page calls it in each run.

    name : of what is open; "" for nothing, and another one for each that opens in the place of the last.
    place : the key of the container whose first heading gets the focus.
    before : the key of the button that opens it. It gets the focus when all is closed, where what had it
        before is gone.
    told : what is read out after the heading, as plain text.
    """
    with st.container(key="attention"):  # The style gives it no room.
        data = [name, f".st-key-{place}", f".st-key-{before} button" if before else "", told]
        _mount(key="attention.place", data=data)
