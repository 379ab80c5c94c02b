"""Where things stand: calls -> **a tree of nodes**, each a plain dict -> the drawing script."""

from __future__ import annotations

import sys
from itertools import count


class Block:
    """A node that holds others: `with block:` puts what follows into it, `block.markdown(…)` one element."""

    def __init__(self, node: dict):
        self.node, self.within = node, within

    def __enter__(self) -> Block:
        _open.append(self)
        return self

    def __exit__(self, *_) -> None:
        _open.pop()

    def __getattr__(self, name: str):
        call = getattr(sys.modules[__package__], name)

        def within(*args, **kwargs):
            with self:
                return call(*args, **kwargs)

        return within


within: str | None = None
"""The fragment that runs."""

outside: dict[str, list[tuple[Block, dict]]] = {}
"""Fragment -> the nodes that it put into blocks of the page around it, each with its block."""

main, side = Block({"c": []}), Block({"c": []})
"""The page and the sidebar."""

_open: list[Block] = [main]
_numbers = count()


def emit(kind: str, key: str | None = None, /, **properties) -> dict:
    """Adds a node to the block that is open; properties that are None are left out."""
    node = {"t": kind, **{name: value for name, value in properties.items() if value is not None}}
    if key is not None:
        node["k"] = str(key)
    _open[-1].node["c"].append(node)
    if within is not None and _open[-1].within != within:
        outside.setdefault(within, []).append((_open[-1], node))
    return node


def block(kind: str, key: str | None = None, /, **properties) -> Block:
    """Adds a node that holds others."""
    return Block(emit(kind, key, c=[], n=next(_numbers), **properties))


def take_back(fragment: str) -> None:
    """Removes what a fragment, and those in it, put into blocks of the page around it."""
    for name in [name for name in outside if name.startswith(fragment)]:
        for holder, node in outside.pop(name):
            holder.node["c"] = [one for one in holder.node["c"] if one is not node]


def touched(fragment: str) -> list[dict]:
    """The blocks of the page around a fragment that it, and those in it, put something into."""
    found = {
        id(holder): holder
        for name, written in outside.items()
        if name.startswith(fragment)
        for holder, _ in written
        if not (holder.within or "").startswith(fragment)
    }
    return [holder.node for holder in found.values()]


def clear() -> None:
    """Begins the page and the sidebar anew."""
    _open[:] = [main]
    outside.clear()
    main.node["c"], side.node["c"] = [], []


class Sidebar:
    """`with st.sidebar:`"""

    def __enter__(self) -> Block:
        return side.__enter__()

    def __exit__(self, *error) -> None:
        side.__exit__(*error)

    def __getattr__(self, name: str):
        return getattr(side, name)


# -- places ---------------------------------------------------------------------------------------


def container(
    *, border=None, key=None, width="stretch", height="content", horizontal=False,
    horizontal_alignment="left", vertical_alignment="top", gap="small"
) -> Block:  # fmt: skip
    return block(
        "box", key, border=border or None, w=width, row=horizontal or None, across=horizontal_alignment,
        h=None if height == "content" else height, down=vertical_alignment, gap=gap or "none",
    )  # fmt: skip


def columns(spec, *, gap="small", vertical_alignment="top") -> list[Block]:
    parts = [1] * spec if isinstance(spec, int) else list(spec)
    with block("columns", gap=gap or "none", down=vertical_alignment):
        return [block("column", part=part / sum(parts), down=vertical_alignment) for part in parts]


def form(key, *, border=True) -> Block:
    return block("form", key, border=border or None)
