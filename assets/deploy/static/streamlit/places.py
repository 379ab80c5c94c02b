"""What holds others: rows, columns, forms, and what opens."""

from . import session
from .declared import declared, place
from .tree import Block, emit


@place
def container(
    *, border=None, key=None, width="stretch", height="content", horizontal=False,
    horizontal_alignment="left", vertical_alignment="top", gap="small"
) -> Block: ...  # fmt: skip
@place
def form(key, *, border=True) -> Block: ...
@place
def popover(label, *, type="secondary", disabled=False, key=None) -> Block: ...


def columns(spec, *, gap="small", vertical_alignment="top") -> list[Block]:
    parts = [1] * spec if isinstance(spec, int) else list(spec)
    with Block(emit("columns", gap=gap, vertical_alignment=vertical_alignment)):
        return [Block(emit("column", part=part / sum(parts))) for part in parts]


@declared
def _opens(node: dict, given: dict) -> Block:
    """With `on_change` its `open` says whether it is open, and it can be left empty until then."""
    box = Block(node)
    box.open = given["expanded"]
    if given["on_change"] != "ignore":
        node["listens"], box.open = True, session.widget(node, given, box.open)
    node["open"] = box.open
    return box


@_opens
def expander(label, expanded=False, *, key=None, on_change="ignore") -> Block: ...


def dialog(title, *, width="small"):
    """Opens over the page as long as the runs call it; what it holds runs as a fragment."""

    def decorate(function):
        def opened(*args, **kwargs):
            with Block(emit("dialog", title=title, width=width)):
                return session.fragment(function)(*args, **kwargs)

        return opened

    return decorate
