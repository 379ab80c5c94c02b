"""What of a picture has changed: markup -> **changes** -> the little that is sent while a hand drags.

A picture is some 25 kB of markup, of which a drag changes a tenth. With each report of a hand the browser
says which pictures it holds, each by a digest of its markup. A picture that it holds is sent as the
difference to that one; every other picture is sent as a whole. So nothing depends on what became of an
answer on its way: the browser may have dropped it, or never got it. The other side is
assets/components/picture/held.js.
"""

from __future__ import annotations

from hashlib import blake2b

import streamlit as st

_HELD, _SENT = "pictures.held", "pictures.sent"

MOST_HELD = 4
"""The most pictures that a report may name, and that a session remembers."""

_DIGEST = 12
"""Letters of a digest."""

Changes = list[list[int] | str]
"""Markup in parts. Two numbers are the first piece of the other markup and the one after the last."""


def told_held(sent: object) -> None:
    """Takes what a report says that the browser holds. Whatever is no digest matches no picture."""
    named = sent[:MOST_HELD] if isinstance(sent, list) else []
    st.session_state[_HELD] = {name for name in named if isinstance(name, str) and len(name) == _DIGEST}


def to_send(markup: str, key: str) -> tuple[str | Changes, str]:
    """The markup of the picture with this key or what has changed in it, and the digest of the whole.

    The digest is that of the markup which the browser holds then: the one that is sent, or that the
    changes are to.
    """
    sent = st.session_state.setdefault(_SENT, {})
    before, digest = sent.get(key, (b"", ""))
    if digest in st.session_state.get(_HELD, ()):
        found = changes(before.decode(), markup)
        if sum(len(piece) for piece in found if isinstance(piece, str)) < len(markup) / 2:
            return found, digest
    packed = markup.encode()  # half as large as a text with signs such as − in it
    digest = blake2b(packed, digest_size=_DIGEST // 2).hexdigest()
    sent.pop(key, None)
    sent[key] = (packed, digest)
    if len(sent) > MOST_HELD:
        del sent[next(iter(sent))]
    return markup, digest


def changes(before: str, after: str) -> Changes:
    """`after` as pieces of `before` and what is new. Both are cut at the signs <."""
    old, here, found = before.split("<"), 0, []
    places = {piece: place for place, piece in enumerate(old)}
    for piece in after.split("<"):
        # Most pieces stand where they stood; what changed stands in the place of one piece.
        place = here if here < len(old) and old[here] == piece else places.get(piece)
        last = found[-1] if found else None
        here = (here if place is None else place) + 1
        if place is None and isinstance(last, str):
            found[-1] = f"{last}<{piece}"
        elif place is None:
            found.append(piece)
        elif isinstance(last, list) and last[1] == place:
            last[1] = here
        else:
            found.append([place, here])
    return found
