"""One reader's session: what the browser sent -> callbacks -> **a run** of a page or fragment -> the tree.

`take` is what the worker calls. As on a server, the callbacks of what the reader changed run first, then
the fragment that all of it stands in, or else the whole app; and a widget that a run did not show loses
what it stood at.
"""

import json
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial, wraps
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
    given: dict  # what the page gave it, by the names of the parameters
    read: Callable | None = None  # what the browser sent -> the value
    is_button: bool = False

    def tell(self) -> None:
        """Calls what the page gave to be called after a change."""
        for name in ("on_change", "on_click", "on_select"):
            if callable(self.given.get(name)):
                self.given[name](*self.given.get("args") or ())


session_state: dict = {}
query_params = QueryParams()
context = SimpleNamespace(locale=None, url=None)
script = "app.py"

page = SimpleNamespace(asked="", here="", title="", menu=[], toasts=[])
_unkeyed: dict = {}
_widgets: dict[str, Widget] = {}
_shown: set[str] = set()
_pressed: set[str] = set()
_fragments: dict[str, tuple[Callable, tree.Block]] = {}  # name -> what draws it, and where
_keys: dict[str, str] = {}  # key of a fragment -> its name


# -- widgets --------------------------------------------------------------------------------------


def widget(node: dict, given: dict, default, read: Callable | None = None, is_button: bool = False):
    """Registers the widget of a node, and returns what it stands at."""
    key = node.get("k")
    name = key or f"{node['t']}-{crc32(json.dumps({**node, 'c': 0, 'n': 0}, default=str).encode()):x}"
    while key is None and name in _shown:  # two alike, and no key to tell them apart
        name += "+"
    node["id"] = name
    store = _unkeyed if key is None else session_state
    _widgets[name] = Widget(store, tree.within, given, read, is_button)
    _shown.add(name)
    return name in _pressed if is_button else store.setdefault(name, default)


def _happened(event: dict) -> str | None:
    """What the reader did goes into the session and to its callback; returns the fragment that it is in."""
    name, value = event["id"], event.get("value")
    widget = _widgets.get(name)
    if widget is None:  # gone meanwhile
        return None
    if "name" in event:  # one of the values of a component; a trigger stands for this one run
        before = widget.store.get(name) or {}
        widget.store[name] = {**before, event["name"]: value}
        if event.get("trigger") or before.get(event["name"]) != value:
            widget.given.get(f"on_{event['name']}_change", lambda: None)()
        if event.get("trigger"):
            widget.store[name] = before
    else:
        if widget.is_button:
            _pressed.add(name)
        else:
            widget.store[name] = widget.read(value) if widget.read else value
        widget.tell()
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


def fragment(func=None, *, key=None, run_every=None):
    """A part of a page that runs without the rest when something in it was changed.

    run_every : is for a page that outlives its server, and there is none here.
    """
    if func is None:
        return lambda func: fragment(func, key=key)

    @wraps(func)
    def begun(*args, **kwargs):
        start = f"{tree.within or ''}/{func.__module__}.{func.__qualname__}"
        name = next(n for k in range(len(_fragments) + 1) if (n := f"{start}.{k}/") not in _fragments)
        place = tree.Block(tree.emit("fragment"))
        place.within = name
        _fragments[name] = partial(func, *args, **kwargs), place
        if key is not None:
            _keys[key] = name
        return _run_fragment(name)

    return begun


def _run_fragment(name: str):
    draw, place = _fragments[name]
    for inner in [other for other in _fragments if other.startswith(name) and other != name]:
        del _fragments[inner]
    tree.take_back(name)
    place.node["c"] = []
    before, tree.within = tree.within, name
    try:
        with place:
            return draw()
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


def _run(name: str | None) -> dict:
    """Runs a fragment, or the whole app where there is none of that name, until no run asks for another."""
    for _ in range(MOST_RERUNS):
        part = name in _fragments
        if not part:
            tree.clear()
            _fragments.clear()
            _keys.clear()
        _shown.clear()
        try:
            with suppress(Stop):
                _run_fragment(name) if part else run_file(script)
        except Rerun as asked:
            _pressed.clear()
            name = _keys.get(asked.scope) if part else None
            continue
        _forget(name if part else None)
        if part:
            return {"fragment": _fragments[name][1].node, "around": tree.touched(name)}
        return {"main": tree.main.node, "side": tree.sidebar.node, "menu": page.menu}
    raise RuntimeError("the app runs again and again")


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
        out = _run(within)
    except Exception:
        return json.dumps({"error": traceback.format_exc()})
    if query_params.written or "main" in out:
        out["query"] = dict(query_params)
    out |= {"page": page.here, "title": page.title, "toasts": page.toasts}
    return json.dumps(out, ensure_ascii=False, default=_plain)


def _plain(value):
    """NumPy's arrays and numbers, and what can be said in words, for JSON."""
    return value.tolist() if hasattr(value, "tolist") else str(value)


def content(name: str) -> bytes:
    """The file behind a download button."""
    data = _widgets[name].given["data"]
    made = data() if callable(data) else data
    return made.encode("utf-8") if isinstance(made, str) else bytes(made)


def get_option(key: str) -> None:
    """An option of a server; there is none, so that none is set."""
    return None
