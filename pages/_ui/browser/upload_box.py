"""The words in Streamlit's upload boxes, in the reader's language."""

from __future__ import annotations

import streamlit as st


def button_text(button: str) -> None:
    """Streamlit's own words in the upload boxes are English; the reader's language takes their place."""
    st.html(
        f"""<style>
        [data-testid="stFileUploaderDropzone"] button {{ font-size: 0; gap: 0; }}
        [data-testid="stFileUploaderDropzone"] button > * {{ display: none; }}
        [data-testid="stFileUploaderDropzone"] button::after {{ content: "{button}"; font-size: 0.9rem; }}
        [data-testid="stFileUploaderDropzoneInstructions"] {{ display: none; }}
        </style>"""
    )
