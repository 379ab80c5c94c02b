"""One reader's session: what the browser sent -> callbacks -> **a run** of a page or fragment -> the tree.

`take` is what the worker calls. As on a server, the callbacks of what the reader changed run first, then
the fragment that all of it stands in, or else the whole app; and a widget that a run did not show loses
what it stood at.
"""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import wraps
from types import SimpleNamespace
from zlib import crc32

from . import tree

MOST_RERUNS = 20
"""One visit may send itself on so often, by st.rerun and st.switch_page, before it counts as broken."""


class Rerun(BaseException):
    """Ends the run, or the callback; the whole app runs next, or the fragment of a key."""

    def __init__(self, scope: str):
        self.scope = scope


class Stop(BaseException):
    """Ends the run, and what was drawn until then stays."""


class QueryParams(dict):
    """The parameters in the address bar; `written` says whether the page set them in this run."""

    written = False

    def to_dict(self) -> dict[str, str]:
        return dict(self)

    def from_dict(self, values) -> None:
        self.clear()
        self.update({name: str(value) for name, value in dict(values).items()})
        self.written = True


@dataclass
class Widget:
    """What a widget does when the reader moves it, and where its value is kept."""

    store: dict
    fragment: str | None
    calls: dict[str, Callable] = field(default_factory=dict)  # by the name of a component's value, else ""
    args: tuple = ()
    read: Callable | None = None  # what the browser sent -> the value
    is_button: bool = False
    content: Callable | None = None  # of a download


session_state: dict = {}
query_params = QueryParams()
context = SimpleNamespace(locale=None, url=None)
script = "app.py"

page = SimpleNamespace(asked="", here="", title="", menu=[], toasts=[])
_unkeyed: dict = {}
_widgets: dict[str, Widget] = {}
_shown: set[str] = set()
_pressed: set[str] = set()
_fragments: dict[str, tuple] = {}  # name -> function, args, kwargs, block
_keys: dict[str, str] = {}  # key of a fragment -> its name


# -- widgets --------------------------------------------------------------------------------------


def widget(node: dict, default, on_change=None, args=None, **options):
    """Registers the widget of a node, and returns what it stands at."""
    key = node.get("k")
    name = key or f"{node['t']}-{crc32(json.dumps({**node, 'c': 0, 'n': 0}, default=str).encode()):x}"
    while key is None and name in _shown:  # two alike, and no key to tell them apart
        name += "+"
    node["id"] = name
    calls = {"": on_change} if callable(on_change) else on_change if isinstance(on_change, dict) else {}
    store = _unkeyed if key is None else session_state
    _widgets[name] = Widget(store, tree.within, calls, args or (), **options)
    _shown.add(name)
    if _widgets[name].is_button:
        return name in _pressed
    return store.setdefault(name, default)


def _happened(event: dict) -> str | None:
    """What the reader did goes into the session and to its callback; returns the fragment that it is in."""
    widget = _widgets.get(event["id"])
    if widget is None:  # gone meanwhile
        return None
    value, store = event.get("value"), widget.store
    if "name" in event:  # one of the values of a component; a trigger stands for this one run
        before = store.get(event["id"]) or {}
        store[event["id"]] = {**before, event["name"]: value}
        if event.get("trigger") or before.get(event["name"]) != value:
            widget.calls.get(event["name"], lambda: None)()
        if event.get("trigger"):
            store[event["id"]] = before
        return widget.fragment
    if widget.is_button:
        _pressed.add(event["id"])
    else:
        store[event["id"]] = widget.read(value) if widget.read else value
    if "" in widget.calls:
        widget.calls[""](*widget.args)
    return widget.fragment


def _fragment_after(event: dict) -> str | None:
    """The fragment that runs next: the one that the event is in, or what its callback asks for."""
    try:
        return _happened(event)
    except Rerun as asked:
        return _keys.get(asked.scope)


def _forget(within: str | None) -> None:
    """Widgets that this run of the app or of a fragment did not show lose what they stood at."""
    for name, widget in list(_widgets.items()):
        in_run = within is None or (widget.fragment or "").startswith(within)
        if in_run and name not in _shown:
            widget.store.pop(name, None)
            del _widgets[name]


# -- fragments ------------------------------------------------------------------------------------


def fragment(func=None, *, key=None):
    """A part of a page that runs without the rest when something in it was changed."""
    if func is None:
        return lambda func: fragment(func, key=key)

    @wraps(func)
    def begun(*args, **kwargs):
        start = f"{tree.within or ''}/{func.__module__}.{func.__qualname__}"
        name = next(n for k in range(len(_fragments) + 1) if (n := f"{start}.{k}/") not in _fragments)
        place = tree.block("fragment")
        place.within = name
        _fragments[name] = func, args, kwargs, place
        if key is not None:
            _keys[key] = name
        return _run_fragment(name)

    return begun


def _run_fragment(name: str):
    func, args, kwargs, place = _fragments[name]
    for inner in [other for other in _fragments if other.startswith(name) and other != name]:
        del _fragments[inner]
    tree.take_back(name)
    place.node["c"] = []
    before, tree.within = tree.within, name
    try:
        with place:
            return func(*args, **kwargs)
    finally:
        tree.within = before


# -- runs -----------------------------------------------------------------------------------------


def rerun(scope="app") -> None:
    raise Rerun(scope)


def stop() -> None:
    raise Stop


def run_file(path) -> None:
    """Runs a script as the main one; compiled once."""
    path = str(path)
    if path not in _scripts:
        with open(path, encoding="utf-8") as file:
            _scripts[path] = compile(file.read(), path, "exec")
    exec(_scripts[path], {"__name__": "__main__", "__file__": path})


_scripts: dict = {}


def _whole() -> dict:
    for _ in range(MOST_RERUNS):
        tree.clear()
        _fragments.clear()
        _keys.clear()
        _shown.clear()
        try:
            with suppress(Stop):
                run_file(script)
        except Rerun:
            _pressed.clear()
            continue
        _forget(None)
        return {"main": tree.main.node, "side": tree.side.node, "menu": page.menu}
    raise RuntimeError("the app runs again and again")


def _part(name: str | None) -> dict | None:
    """Runs a fragment; None where there is none, or where it asks for the whole app."""
    for _ in range(MOST_RERUNS):
        if name not in _fragments:
            return None
        _shown.clear()
        try:
            with suppress(Stop):
                _run_fragment(name)
        except Rerun as asked:
            _pressed.clear()
            name = _keys.get(asked.scope)
            continue
        _forget(name)
        return {"fragment": _fragments[name][3].node, "around": tree.touched(name)}
    return None


def take(message: dict) -> str:
    """One message of the browser -> what is to be drawn now, as JSON."""
    page.toasts, query_params.written, within = [], False, None
    _pressed.clear()
    try:
        if message["kind"] == "open":
            page.asked = message["page"]
            query_params.clear()
            query_params.update(message["query"])
            context.locale, context.url = message["locale"], message["url"]
        else:
            places = {_fragment_after(event) for event in message["events"]}
            within = places.pop() if len(places) == 1 else None
        out = _part(within) or _whole()
    except Exception:
        return json.dumps({"error": traceback.format_exc()})
    if query_params.written or "main" in out:
        out["query"] = dict(query_params)
    return json.dumps(
        out | {"page": page.here, "title": page.title, "toasts": page.toasts},
        ensure_ascii=False,
        default=_plain,
    )


def _plain(value):
    """NumPy's arrays and numbers, and what can be said in words, for JSON."""
    return value.tolist() if hasattr(value, "tolist") else str(value)


def content(name: str) -> bytes:
    """The file behind a download button."""
    made = _widgets[name].content()
    return made.encode("utf-8") if isinstance(made, str) else bytes(made)


def get_option(key: str) -> None:
    """An option of a server; there is none, so that none is set."""
    return None
