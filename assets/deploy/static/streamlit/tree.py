"""Where things stand: calls -> **a tree of nodes**, each a plain dict -> the drawing script."""

from __future__ import annotations

import sys


class Block:
    """A node that holds others: `with block:` puts what follows into it, `block.markdown(…)` one element."""

    def __init__(self, node: dict):
        self.node = node

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


main, side = Block({"c": []}), Block({"c": []})
"""The page and the sidebar."""

_open: list[Block] = [main]


def emit(kind: str, key: str | None = None, /, **properties) -> dict:
    """Adds a node to the block that is open; properties that are None are left out."""
    node = {"t": kind, **{name: value for name, value in properties.items() if value is not None}}
    if key is not None:
        node["k"] = str(key)
    _open[-1].node["c"].append(node)
    return node


def block(kind: str, key: str | None = None, /, **properties) -> Block:
    """Adds a node that holds others."""
    return Block(emit(kind, key, c=[], **properties))


def clear() -> None:
    """Begins the page and the sidebar anew."""
    _open[:] = [main]
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
