"""What is only read: texts, formulas, tables, charts -> nodes."""

from pathlib import Path

from . import session
from .declared import declared, element
from .tree import emit


@element
def markdown(body, *, width="auto"): ...
@element
def caption(body): ...
@element
def header(body, anchor=None, *, width="stretch"): ...
@element
def subheader(body, anchor=None): ...
@element
def latex(body): ...
@element
def code(body, language="python", *, wrap_lines=False): ...
@element
def info(body): ...
@element
def success(body): ...
@element
def warning(body): ...
@element
def error(body): ...
@element
def link_button(label, url, *, help=None): ...


def html(body) -> None:
    """HTML that the library made, or a path to a style sheet."""
    emit("html", body=f"<style>{body.read_text('utf-8')}</style>" if isinstance(body, Path) else body)


class Progress:
    """A bar that can be told how far things are."""

    def __init__(self, node: dict, given: dict):
        self._node = node

    def progress(self, value, text=None) -> None:
        self._node |= {"value": value, "text": text}


@declared(Progress)
def progress(value, text=None) -> Progress: ...


def toast(body, *, duration="short") -> None:
    session.page.toasts.append({"body": body, "seconds": {"short": 4, "long": 10}[duration]})


# -- tables and charts ----------------------------------------------------------------------------


def table_of(node: dict, given: dict) -> tuple[list[str], list[list]]:
    """Names and rows of a dict of columns or of a frame of pandas; the node gets the names and the index."""
    data = given["data"]
    if isinstance(data, dict):
        listed = [getattr(column, "tolist", lambda column=column: list(column))() for column in data.values()]
        rows = [list(row) for row in zip(*listed, strict=True)]
        index = list(range(len(rows)))
    else:
        rows, index = data.astype(object).to_numpy().tolist(), list(data.index)
    names = [str(name) for name in data]
    node |= {"names": names, "index": None if given["hide_index"] else index}
    return names, rows


@declared
def _table(node: dict, given: dict) -> None:
    names, rows = table_of(node, given)
    forms = [(given["column_config"] or {}).get(name, {}).get("format") for name in names]
    node["rows"] = [[_shown(value, form) for value, form in zip(row, forms, strict=True)] for row in rows]
    if callable(given["on_select"]):
        none = {"selection": {"rows": [], "columns": [], "cells": []}}
        node["chosen"] = session.widget(node, given, none)["selection"]["rows"]


@_table
def dataframe(
    data, *, key=None, height="auto", hide_index=None, column_config=None, on_select="ignore",
    selection_mode="multi-row"
):  # fmt: skip
    """A table of numbers, shown in the format that its column asks for, such as "%.4f".

    With `on_select` a click selects one row: the session holds {"selection": {"rows": [row], …}}.
    """


def _shown(value, form: str | None) -> str:
    if form and isinstance(value, float):
        return "" if value != value else f"{value:.2%}" if form == "percent" else form % value
    return "" if value is None or value != value else str(value)


@element
def plotly_chart(figure_or_data, *, key=None, config=None):
    """A chart that Plotly draws."""
