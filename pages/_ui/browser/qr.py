"""A link to be scanned: link -> **QR code** as SVG, drawn on this machine."""

import io
import re
from base64 import b64encode
from functools import lru_cache

import streamlit as st

from lstm_core.view.svg import escaped

_THIS_MACHINE = ("127.0.0.1", "localhost", "[::1]")


@lru_cache(maxsize=64)
def qr_svg(link: str) -> str | None:
    """A QR code of the link, or None if the link is too long for one.

    It is black on white with a white margin, in dark themes too, because scanners need that. It has
    the lowest level of error correction: each higher level makes the dots finer, and from the back
    of a classroom dots that are too fine can't be read.
    """
    import segno  # It is imported here because only one page needs it.
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


def for_phones(link: str) -> tuple[str, str | None]:
    """The link as another device can open it, and the key of what has to be said about it.

    A link to 127.0.0.1 or localhost leads each device to itself. Where the server listens to other machines
    too, the link gets this machine's own address; where it doesn't, nobody else can open it.
    """
    host = re.match(r"(?:\w+://)?(\[[^]/]*\]|[^:/]*)", link)[1]
    if host not in _THIS_MACHINE:
        return link, None
    if st.get_option("server.address") in _THIS_MACHINE:
        return link, "only_here"
    from streamlit.net_util import get_internal_ip  # It asks this machine, not the network.

    own = get_internal_ip()
    return (link.replace(host, own, 1), "own_address") if own else (link, "only_here")
