"""Streamlit's upload boxes, which speak English, in the reader's language."""

from __future__ import annotations

import streamlit as st


def button_text(button: str) -> None:
    """Hides Streamlit's own words in the upload boxes of the page, and writes `button` on their buttons."""
    st.html(
        f"""<style>
        [data-testid="stFileUploaderDropzone"] button {{ font-size: 0; gap: 0; }}
        [data-testid="stFileUploaderDropzone"] button > * {{ display: none; }}
        [data-testid="stFileUploaderDropzone"] button::after {{ content: "{button}"; font-size: 0.9rem; }}
        [data-testid="stFileUploaderDropzoneInstructions"] {{ display: none; }}
        </style>"""
    )
