"""What the reader turns, types and presses: **widgets** -> nodes, each registered with the session."""

from types import SimpleNamespace

from . import session
from .declared import declared
from .words import table_of

# -- what is pressed ------------------------------------------------------------------------------


@declared
def _pressed(node: dict, given: dict) -> bool:
    node["runs"] = given["on_click"] != "ignore"
    return session.widget(node, given, False, is_button=True)


@_pressed
def button(
    label, *, key=None, help=None, on_click=None, args=None, type="secondary", disabled=False, width="content"
) -> bool: ...  # fmt: skip
@_pressed
def form_submit_button(label="Submit", *, key=None, on_click=None) -> bool: ...
@_pressed
def download_button(
    label, data, file_name=None, mime=None, *, key=None, help=None, on_click="rerun", type="secondary"
) -> bool:  # fmt: skip
    """The file is made when it is asked for, where `data` is a function."""


# -- one or several of a list: the browser sends and gets their places in it ----------------------


def _named(node: dict, given: dict) -> list:
    """The options; the node gets what they are called."""
    options, name = list(given["options"]), given["format_func"] or str
    node["options"] = [str(name(option)) for option in options]
    return options


@declared
def _one(node: dict, given: dict):
    options, first = _named(node, given), given.get("index", 0 if given.get("required") else None)
    default = given.get("default")
    if default is None and first is not None and options:
        default = options[first]
    value = session.widget(node, given, default, lambda sent: None if sent is None else options[sent])
    node["value"] = options.index(value) if value in options else None
    return value


@declared
def _several(node: dict, given: dict) -> list:
    options = _named(node, given)
    value = session.widget(node, given, list(given["default"] or ()), lambda sent: [options[k] for k in sent])
    node["value"] = [options.index(one) for one in value if one in options]
    return value


@_one
def selectbox(
    label, options, *, key=None, format_func=str, on_change="rerun", args=None, disabled=False,
    label_visibility="visible"
): ...  # fmt: skip
@_one
def radio(
    label, options, index=0, format_func=str, *, key=None, on_change="rerun", horizontal=False
): ...  # fmt: skip
@_one
def segmented_control(
    label, options, *, key=None, default=None, required=False, format_func=None, help=None, on_change="rerun",
    args=None, disabled=False, label_visibility="visible"
): ...  # fmt: skip
@_several
def multiselect(
    label, options, default=None, format_func=str, *, key=None, help=None, on_change="rerun", args=None,
    max_selections=None, placeholder=None, disabled=False, select_all=1000, wrap=None
) -> list: ...  # fmt: skip


# -- a number, a text, yes or no ------------------------------------------------------------------


def _simple(read):
    """Of a widget that stands at a value, which `read` makes of what the browser sends."""

    def standing(node: dict, given: dict):
        node["value"] = session.widget(node, given, given["value"], read)
        return node["value"]

    return declared(standing)


@declared
def _number(node: dict, given: dict):
    """A number between two others, or a pair of them: whole if all that is given is whole, as on a server."""
    low, high, step, value = (given[name] for name in ("min_value", "max_value", "step", "value"))
    if value == "min" or (value is None and node["t"] == "slider"):
        value = low
    ends = value if isinstance(value, tuple) else (value,)
    one = int if all(isinstance(end, int) for end in (low, high, step, *ends) if end is not None) else float

    def read(sent):
        return None if sent is None else tuple(map(one, sent)) if isinstance(sent, list) else one(sent)

    node |= {"step": step or (1 if one is int else 0.01), "may_be_empty": value is None}
    node["value"] = session.widget(node, given, value, read)
    return node["value"]


@_number
def slider(
    label, min_value=None, max_value=None, value=None, step=None, *, key=None, on_change="rerun", args=None,
    disabled=False
): ...  # fmt: skip
@_number
def number_input(
    label, min_value=None, max_value=None, value="min", step=None, format=None, key=None, help=None, *,
    on_change="rerun", args=None, disabled=False, width="stretch"
): ...  # fmt: skip
@_simple(str)
def text_input(
    label, value="", max_chars=None, key=None, *, help=None, on_change="rerun", placeholder=None
) -> str: ...  # fmt: skip
@_simple(str)
def text_area(
    label, value="", height=None, max_chars=None, key=None, *, help=None, on_change="rerun",
    label_visibility="visible"
) -> str: ...  # fmt: skip
@_simple(bool)
def checkbox(label, value=False, key=None, help=None, on_change="rerun", args=None) -> bool: ...
@_simple(bool)
def toggle(label, value=False, key=None, help=None, on_change="rerun", args=None) -> bool: ...


# -- files and tables -----------------------------------------------------------------------------


class UploadedFile:
    """A file that the reader gave; it stays in this browser."""

    def __init__(self, name: str, content):
        self.name, self._content = name, bytes(content)
        self.size = len(self._content)

    def getvalue(self) -> bytes:
        return self._content


@declared
def _taking_files(node: dict, given: dict):
    several = given["accept_multiple_files"]

    def read(sent):
        files = [UploadedFile(name, content) for name, content in sent]
        return files if several else files[0] if files else None

    return session.widget(node, given, [] if several else None, read)


@_taking_files
def file_uploader(
    label, type=None, accept_multiple_files=False, key=None, help=None, on_change="rerun", args=None
): ...  # fmt: skip


@declared
def _edited(node: dict, given: dict) -> None:
    names, rows = table_of(node, given)

    def now() -> dict:
        return (session.session_state.get(given["key"]) or {}).get("edited_rows", {})

    def read(sent):
        row, column, value = sent
        return {"edited_rows": {**now(), row: {**now().get(row, {}), names[column]: value}}}

    for row, cells in now().items():
        for name, value in cells.items():
            rows[row][names.index(name)] = value
    node["rows"] = rows
    session.widget(node, given, {"edited_rows": {}}, read)


@_edited
def data_editor(
    data, *, key=None, width="stretch", height="auto", hide_index=None, column_config=None, disabled=False,
    on_change="rerun"
):  # fmt: skip
    """A table of numbers and texts to fill in; the session holds {"edited_rows": {row: {column: value}}}."""


def _number_column(
    label=None, *, width=None, required=None, format=None, min_value=None, max_value=None, step=None
) -> dict:  # fmt: skip
    return {"label": label, "width": width, "format": format, "min": min_value, "max": max_value}


def _text_column(label=None, *, width=None, max_chars=None) -> dict:
    return {"label": label, "width": width, "is_text": True, "max_chars": max_chars}


column_config = SimpleNamespace(NumberColumn=_number_column, TextColumn=_text_column)
