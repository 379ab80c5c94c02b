"""Where things stand: calls -> **a tree of nodes**, each a plain dict -> the drawing script."""

from __future__ import annotations

import sys
from itertools import count


class Block:
    """A node that holds others: `with block:` puts what follows into it, `block.markdown(…)` one element."""

    def __init__(self, node: dict):
        self.node, self.within = node, within
        node |= {"c": [], "n": next(_numbers)}

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

_numbers = count()
main, sidebar = Block({}), Block({})
"""The page, and what stands beside it."""

_open: list[Block] = [main]


def emit(kind: str, key: str | None = None, /, **properties) -> dict:
    """Adds a node to the block that is open; properties that are None or False are left out."""
    node = {"t": kind}
    node |= {name: value for name, value in properties.items() if value is not None and value is not False}
    if key is not None:
        node["k"] = str(key)
    _open[-1].node["c"].append(node)
    if within is not None and _open[-1].within != within:
        outside.setdefault(within, []).append((_open[-1], node))
    return node


def take_back(fragment: str) -> None:
    """Removes what a fragment, and those in it, put into blocks of the page around it."""
    for name in [name for name in outside if name.startswith(fragment)]:
        for holder, node in outside.pop(name):
            holder.node["c"] = [one for one in holder.node["c"] if one is not node]


def touched(fragment: str) -> list[dict]:
    """The blocks of the page around a fragment that it, and those in it, put something into."""
    found = {
        id(holder): holder.node
        for name, written in outside.items()
        for holder, _ in written
        if name.startswith(fragment) and not (holder.within or "").startswith(fragment)
    }
    return list(found.values())


def clear() -> None:
    """Begins the page and the sidebar anew."""
    _open[:] = [main]
    outside.clear()
    main.node["c"], sidebar.node["c"] = [], []
