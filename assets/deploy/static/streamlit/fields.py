"""What the reader turns, types and presses: **widgets** -> nodes, each registered with the session."""

from __future__ import annotations

from types import SimpleNamespace

from . import session, tree
from .tree import emit
from .words import table_of


def button(
    label, key=None, help=None, on_click=None, args=None, *, type="secondary", disabled=False, width="content"
) -> bool:
    node = emit("button", key, label=label, help=help, look=type, off=disabled or None, w=width)
    return session.widget(node, False, on_click, args, is_button=True)


def form_submit_button(label="Submit", help=None, on_click=None, *, key=None) -> bool:
    node = emit("button", key, label=label, help=help, look="secondary", submits=True)
    return session.widget(node, False, on_click, is_button=True)


def download_button(
    label, data, file_name=None, mime=None, key=None, help=None, on_click="rerun", *, type="secondary"
) -> bool:
    """The file is made when it is asked for, where `data` is a function."""
    node = emit(
        "download", key, label=label, help=help, look=type, file=file_name, mime=mime,
        runs=True if on_click != "ignore" else None,
    )  # fmt: skip
    made = data if callable(data) else lambda: data
    return session.widget(node, False, on_click, is_button=True, content=made)


def link_button(label, url, *, help=None) -> None:
    emit("link", label=label, url=url, help=help)


# -- one or several of a list ---------------------------------------------------------------------


def _choice(kind, key, options, default, format_func, on_change, args, several=False, **properties):
    """A widget with options: the browser sends and gets their places in the list."""
    options = list(options)
    node = emit(kind, key, options=[str((format_func or str)(option)) for option in options], **properties)

    def read(sent):
        return [options[k] for k in sent] if several else None if sent is None else options[sent]

    value = session.widget(node, default, on_change, args, read=read)
    if several:
        node["value"] = [options.index(one) for one in value if one in options]
    else:
        node["value"] = options.index(value) if value in options else None
    return value


def _at(options, index):
    options = list(options)
    return None if index is None or not options else options[index]


def selectbox(
    label, options, index=0, format_func=str, key=None, help=None, on_change="rerun", args=None, *,
    disabled=False, label_visibility="visible"
):  # fmt: skip
    return _choice(
        "select", key, options, _at(options, index), format_func, on_change, args, label=label,
        help=help, off=disabled or None, labelled=label_visibility,
    )  # fmt: skip


def radio(
    label, options, index=0, format_func=str, key=None, help=None, on_change="rerun", *, horizontal=False
):
    return _choice(
        "radio", key, options, _at(options, index), format_func, on_change, None, label=label, help=help,
        row=horizontal or None,
    )  # fmt: skip


def segmented_control(
    label, options, *, default=None, required=False, format_func=None, key=None, help=None,
    on_change="rerun", args=None, disabled=False, label_visibility="visible"
):  # fmt: skip
    first = _at(options, 0) if required and default is None else default
    return _choice(
        "segments", key, options, first, format_func, on_change, args, label=label, help=help,
        off=disabled or None, labelled=label_visibility, required=required or None,
    )  # fmt: skip


def multiselect(
    label, options, default=None, format_func=str, key=None, help=None, on_change="rerun", args=None, *,
    max_selections=None, placeholder=None, disabled=False, select_all=1000, wrap=None
):  # fmt: skip
    return _choice(
        "several", key, options, list(default or []), format_func, on_change, args, several=True,
        label=label, help=help, off=disabled or None, most=max_selections, placeholder=placeholder,
    )  # fmt: skip


# -- a number, a text, yes or no ------------------------------------------------------------------


def _simple(kind, key, default, on_change, args, read=None, **properties):
    node = emit(kind, key, **properties)
    node["value"] = value = session.widget(node, default, on_change, args, read=read)
    return value


def _number(kind, key, low, high, value, step, on_change, args, **properties):
    """A number between two others, or a pair of them: whole if all that is given is whole, as on a server."""
    ends = value if isinstance(value, tuple) else (value,)
    whole = all(isinstance(number, int) for number in (low, high, step, *ends) if number is not None)
    one = int if whole else float

    def read(sent):
        return None if sent is None else tuple(map(one, sent)) if isinstance(sent, list) else one(sent)

    return _simple(
        kind, key, value, on_change, args, read, min=low, max=high,
        step=step or (1 if whole else 0.01), empty=True if value is None else None, **properties,
    )  # fmt: skip


def slider(
    label, min_value=None, max_value=None, value=None, step=None, format=None, key=None, help=None,
    on_change="rerun", args=None, *, disabled=False
):  # fmt: skip
    low, high = 0 if min_value is None else min_value, 100 if max_value is None else max_value
    return _number(
        "slider", key, low, high, low if value is None else value, step, on_change, args,
        label=label, help=help, off=disabled or None,
    )  # fmt: skip


def number_input(
    label, min_value=None, max_value=None, value="min", step=None, format=None, key=None, help=None,
    on_change="rerun", args=None, *, disabled=False, width="stretch"
):  # fmt: skip
    value = (0.0 if min_value is None else min_value) if value == "min" else value
    return _number(
        "number", key, min_value, max_value, value, step, on_change, args, label=label, help=help,
        off=disabled or None, w=width,
    )  # fmt: skip


def text_input(
    label, value="", max_chars=None, key=None, type="default", help=None, autocomplete=None,
    on_change="rerun", args=None, *, placeholder=None
) -> str:  # fmt: skip
    return _simple(
        "text",
        key,
        value,
        on_change,
        args,
        str,
        label=label,
        help=help,
        most=max_chars,
        placeholder=placeholder,
    )


def text_area(label, value="", height=None, max_chars=None, key=None) -> str:
    return _simple("area", key, value, None, None, str, label=label, most=max_chars, h=height)


def checkbox(label, value=False, key=None, help=None, on_change="rerun", args=None) -> bool:
    return _simple("check", key, value, on_change, args, bool, label=label, help=help)


def toggle(label, value=False, key=None, help=None, on_change="rerun", args=None) -> bool:
    return _simple("check", key, value, on_change, args, bool, label=label, help=help, switch=True)


# -- files and tables -----------------------------------------------------------------------------


class UploadedFile:
    """A file that the reader gave; it stays in this browser."""

    def __init__(self, name: str, content):
        self.name, self._content = name, bytes(content)
        self.size = len(self._content)

    def getvalue(self) -> bytes:
        return self._content


def file_uploader(
    label, type=None, accept_multiple_files=False, key=None, help=None, on_change="rerun", args=None
):
    def read(sent):
        files = [UploadedFile(name, content) for name, content in sent]
        return files if accept_multiple_files else files[0] if files else None

    endings = [type] if isinstance(type, str) else list(type or [])
    several = bool(accept_multiple_files)
    node = emit("upload", key, label=label, help=help, endings=endings, several=several or None)
    return session.widget(node, [] if several else None, on_change, args, read=read)


def data_editor(
    data, *, width="stretch", height="auto", hide_index=None, column_config=None, disabled=False,
    key=None, on_change="rerun"
):  # fmt: skip
    """A table of numbers to type into; the session holds {"edited_rows": {row: {column: value}}}."""
    names, rows, index = table_of(data)
    config = column_config or {}
    labels = [(config.get(name) or {}).get("label") or name for name in names]
    edited = (session.session_state.get(key) or {}).get("edited_rows", {})
    for row, cells in edited.items():
        for name, value in cells.items():
            rows[row][names.index(name)] = value
    fixed = [names.index(name) for name in disabled or ()]
    limits = [
        {edge: (config.get(name) or {}).get(f"{edge}_value") for edge in ("min", "max")} for name in names
    ]
    node = emit(
        "editor", key, head=labels, rows=rows, index=None if hide_index else index, limits=limits,
        fixed=fixed, h=height if height != "auto" else None,
    )  # fmt: skip

    def read(sent):
        row, column, value = sent
        now = (session.session_state.get(key) or {}).get("edited_rows", {})
        return {"edited_rows": {**now, row: {**now.get(row, {}), names[column]: value}}}

    session.widget(node, {"edited_rows": {}}, on_change, read=read)


def _number_column(
    label=None, *, width=None, required=None, format=None, min_value=None, max_value=None, step=None
) -> dict:  # fmt: skip
    return {"label": label, "format": format, "min_value": min_value, "max_value": max_value}


column_config = SimpleNamespace(NumberColumn=_number_column)


# -- what opens -----------------------------------------------------------------------------------


def expander(label, expanded=False, *, key=None, on_change="ignore") -> tree.Block:
    """With `on_change` its `open` says whether it is open, and it can be left empty until then."""
    box = tree.block("expander", key, label=label)
    box.open = expanded
    if on_change != "ignore":
        box.open = session.widget(box.node, expanded, on_change)
        box.node["listens"] = True
    box.node["open"] = box.open
    return box


def popover(label, *, type="secondary", key=None) -> tree.Block:
    return tree.block("popover", key, label=label, look=type)
