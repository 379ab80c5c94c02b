"""A link to be scanned: link -> **QR code**, drawn here, as SVG."""

from __future__ import annotations

import io
from base64 import b64encode
from functools import lru_cache

import streamlit as st

from lstm_core.view.svg import escaped


@lru_cache(maxsize=64)
def qr_svg(link: str) -> str | None:
    """Black on white with the white margin that scanners need, in dark themes too; None if it does not fit.

    The least error correction: each step more makes the dots finer, and what spoils a reading at the
    back of a classroom is dots that are too fine.
    """
    import segno  # no other page needs it
    from segno.encoder import DataOverflowError

    try:
        code = segno.make_qr(link, error="l")
    except DataOverflowError:
        return None
    out = io.BytesIO()
    code.save(out, "svg", border=4, dark="#000", light="#fff", xmldecl=False, omitsize=True, nl=False)
    return out.getvalue().decode("utf-8")


def qr_image(svg: str, alt: str, kind: str) -> None:
    """Shows a code; `kind` is "small" beside other things, or "large" as the window allows."""
    source = "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()
    st.html(f'<img class="qr qr-{kind}" src="{source}" alt="{escaped(alt)}">')
