"""What is only read: texts, formulas, tables, charts -> nodes."""

from __future__ import annotations

from pathlib import Path

from . import session, tree
from .tree import emit


def markdown(body, *, width="auto") -> None:
    emit("markdown", body=str(body), w=width)


def caption(body) -> None:
    emit("caption", body=str(body))


def header(body, anchor=None, *, width="stretch") -> None:
    emit("heading", body=str(body), level=2, w=width)


def subheader(body, anchor=None) -> None:
    emit("heading", body=str(body), level=3)


def html(body) -> None:
    """A path to a style sheet, or HTML that the library made. What has nothing but style takes no room."""
    if isinstance(body, Path):
        body = f"<style>{body.read_text('utf-8')}</style>"
    emit("html", body=body)


def latex(body) -> None:
    emit("latex", body=body)


def code(body, language="python", *, wrap_lines=False) -> None:
    emit("code", body=body, wrap=wrap_lines or None)


class Progress:
    def __init__(self, node: dict):
        self._node = node

    def progress(self, value, text=None) -> None:
        self._node |= {"value": value, "label": text or ""}


def progress(value, text=None) -> Progress:
    return Progress(emit("progress", value=value, label=text or ""))


def toast(body, *, duration="short") -> None:
    session.page.toasts.append({"body": str(body), "seconds": {"short": 4, "long": 10}[duration]})


def info(body) -> None:
    emit("alert", body=str(body), mood="info")


def success(body) -> None:
    emit("alert", body=str(body), mood="success")


def warning(body) -> None:
    emit("alert", body=str(body), mood="warning")


def error(body) -> None:
    emit("alert", body=str(body), mood="error")


def dataframe(
    data=None, width="stretch", height="auto", *, hide_index=None, column_config=None, key=None,
    on_select="ignore", selection_mode="multi-row"
) -> None:  # fmt: skip
    """A table of numbers, shown in the format that its column asks for, such as "%.4f".

    With `on_select` a click selects one row: the session holds {"selection": {"rows": [row], …}}.
    """
    names, rows, index = table_of(data)
    config = [(column_config or {}).get(name) or {} for name in names]
    heads = [one.get("label") or name for one, name in zip(config, names, strict=True)]
    shown = [
        [_shown(value, one.get("format")) for value, one in zip(row, config, strict=True)] for row in rows
    ]
    node = emit(
        "table", key, head=heads, rows=shown, h=height if height != "auto" else None,
        index=None if hide_index else index,
    )  # fmt: skip
    if callable(on_select):
        none = {"selection": {"rows": [], "columns": [], "cells": []}}
        chosen = session.widget(node, none, on_select)["selection"]["rows"]
        node |= {"listens": True, "chosen": list(chosen)}


def table_of(data) -> tuple[list[str], list[list], list]:
    """Names, rows and index of a dict of columns or of a frame of pandas."""
    if isinstance(data, dict):
        listed = [list(getattr(column, "tolist", lambda column=column: column)()) for column in data.values()]
        rows = [list(row) for row in zip(*listed, strict=True)]
        return [str(name) for name in data], rows, list(range(len(rows)))
    return [str(name) for name in data.columns], data.astype(object).to_numpy().tolist(), list(data.index)


def _shown(value, form: str | None) -> str:
    if form and isinstance(value, float):
        return "" if value != value else f"{value:.2%}" if form == "percent" else form % value
    return "" if value is None or value != value else str(value)


def plotly_chart(
    figure_or_data, *, key=None, on_select="ignore", selection_mode=("points", "box", "lasso"),
    config=None
) -> None:  # fmt: skip
    """A chart that Plotly draws; a click in it is a selection of its point."""
    figure = figure_or_data.to_dict() if hasattr(figure_or_data, "to_dict") else figure_or_data
    node = emit("chart", key, figure=figure, config=config)
    if callable(on_select):
        node["listens"] = True
        session.widget(node, {"selection": {"points": []}}, on_select)


def dialog(title, *, width="small"):
    """Opens over the page as long as the runs call it; what it holds runs as a fragment."""

    def decorate(function):
        def opened(*args, **kwargs):
            with tree.block("dialog", title=title, w=width):
                return session.fragment(function)(*args, **kwargs)

        return opened

    return decorate
