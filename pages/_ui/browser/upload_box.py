"""Streamlit's upload boxes: they speak English and keep files that nobody reads any more.

It waits for two public ways: a text for the button of `st.file_uploader`, and one to let go of a file that
was read.
"""

from io import BytesIO
from weakref import WeakValueDictionary

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lstm_core.words import Words
from lstm_core.workbench.process_memory import process_memory

_BOXES = ("network.file.", "network.table.", "network.h.", "upload.sequence", "upload.params",
          "hand_in", "learning_file", "class.files.", "reading.file")  # fmt: skip
"""How the keys of upload boxes begin."""

LARGEST_MB = 40
"""What .streamlit/config.toml allows a file; said here so that a page without a network loads no readers."""

_in_boxes: dict[str, WeakValueDictionary[int, BytesIO]] = {}
"""The files that stand in boxes, by session."""


def in_words(words: Words, button: str = "upload.button") -> None:
    """Has the upload boxes of the page speak the reader's language, and hides Streamlit's own words.

    button : key of what stands on their buttons.
    """
    label, refused = words(button), words("upload.not_taken", MB=LARGEST_MB)
    st.html(
        f"""<style>
        [data-testid="stFileUploaderDropzone"] button {{ font-size: 0; gap: 0; }}
        [data-testid="stFileUploaderDropzone"] button > * {{ display: none; }}
        [data-testid="stFileUploaderDropzone"] button::after {{ content: "{label}"; font-size: 0.9rem; }}
        [data-testid="stFileUploaderDropzoneInstructions"] {{ display: none; }}
        [data-testid="stTooltipErrorContent"], [data-testid="stFileChip"] [role="alert"] {{ display: none; }}
        [data-testid="stFileChips"]:has([aria-invalid="true"])::after {{
            content: "{refused}"; flex-basis: 100%; font-size: 0.875rem;
        }}
        </style>"""
    )


def given(key: str) -> list:
    """The files in the upload box of this key, as far as the server still has them.

    It lets go of files where it needs the memory for others; Streamlit then has a mark in their place.
    """
    files = st.session_state.get(key) or []
    return [file for file in (files if isinstance(files, list) else [files]) if hasattr(file, "getvalue")]


def drawn() -> None:
    """Say that a page was drawn: its reader is at work, so that files of others are let go before theirs."""
    run = get_script_run_ctx()
    if run is None:  # no server, which would hold files for others
        return
    process_memory.seen(run.session_id)
    boxes = [key for key in st.session_state if str(key).startswith(_BOXES)]
    files = {id(file): file for key in boxes for file in given(key)}
    # Of what stood in the boxes before, Python's search for garbage would find the contents much later.
    for before, file in _in_boxes.pop(run.session_id, {}).items():
        if before not in files:
            file.truncate(0)
    if files:
        _in_boxes[run.session_id] = WeakValueDictionary(files)


def let_go(session_id: str) -> None:
    """Free what the boxes of a session hold, after Streamlit let go of its files: they share the contents."""
    for file in _in_boxes.pop(session_id, {}).values():
        file.truncate(0)


def forget_files() -> None:
    """Frees the files that the reader has handed to upload boxes, once they are read or the page is left.

    Streamlit keeps them until some time after the reader has left the app.
    """
    run = get_script_run_ctx()
    if run:
        run.uploaded_file_mgr.remove_session_files(run.session_id)
        let_go(run.session_id)
