"""What of a picture has changed: markup -> **changes** -> the little that is sent while a hand drags.

A picture is some 25 kB of markup, of which a drag changes a tenth. With each report a browser says which
pictures it holds, each by a digest of its markup. Of a picture that it holds the difference is sent; every
other one is sent as a whole. So nothing depends on what became of an answer on its way. The other side is
assets/figure/changes.js.
"""

Changes = list[list[int] | str]
"""Markup in parts. Two numbers are the first piece of the other markup and the one after the last."""


def digest_of(markup: str) -> str:
    """A short name of this markup, in this process.

    Python's own hash keeps the interpreter's lock, which those of hashlib let go for another thread to take.
    """
    return f"{hash(markup) % 2**64:016x}"


def changes(before: str, after: str) -> Changes:
    """`after` as pieces of `before` and what is new. Both are cut at the signs <."""
    old, here = before.split("<"), 0
    found: Changes = []
    places: dict[str, int] | None = None
    new = after.split("<")
    if len(new) == len(old):  # a drag seldom changes what there is
        return _replaced(old, new)
    for piece in new:
        # Most pieces stand where they stood; what changed stands in the place of one piece.
        place: int | None
        if here < len(old) and old[here] == piece:
            place = here
        else:
            if places is None:
                places = {piece: place for place, piece in enumerate(old)}
            place = places.get(piece)
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


def _replaced(old: list[str], new: list[str]) -> Changes:
    """The changes between as many pieces, each in the place of one."""
    found: Changes = []
    here = 0
    for place in [k for k, piece in enumerate(new) if piece != old[k]]:
        if place > here:
            found.append([here, place])
        elif found and isinstance(found[-1], str):
            found[-1] += f"<{new[place]}"
            here = place + 1
            continue
        found.append(new[place])
        here = place + 1
    if here < len(new):
        found.append([here, len(new)])
    return found
