"""Pages opened without a browser, and what is on their screen: link -> page -> screen -> link."""

import json

from google.protobuf.json_format import MessageToDict
from streamlit.testing.v1 import AppTest

from lstm_core.lessons.opened import of_experiment
from lstm_core.workbench.experiment import Experiment
from lstm_core.workbench.focus import Focus
from lstm_core.workbench.link import from_link
from tests.conftest import ROOT

LESSON_PAGES = ["hand_ins", "lessons", "make_lesson", "network", "reading"]
"""Pages without an experiment on them."""

TRAINING_PAGES = ["learning"]
"""Pages about trained networks, which have numbers of their own in place of an experiment."""

STORY = "start"
"""The page of the story, which has an experiment of its own and no controls."""

PAGES = [
    p.stem
    for p in sorted((ROOT / "pages").glob("*.py"))
    if p.stem not in (*LESSON_PAGES, *TRAINING_PAGES, STORY)
]
"""Pages with one and with controls."""

ONE_OF_EACH_FLOW = ("overview", "gradient", "trace")
"""A page of `gate_page`, one of `picture_page` and the one that has a flow of its own."""

NOT_ON_SCREEN = {
    "id", "deferredFileId", "jsContent", "cssContent", "setValue", "rawValue", "rawValues", "value",
    "default",
}  # fmt: skip


def opened(page: str, locale: str | None = None, **query: str) -> AppTest:
    """A page under a link, in a session of its own, as after a server start: without app.py."""
    at = AppTest.from_file(ROOT / "pages" / f"{page}.py", default_timeout=60)
    return _run(at, query, locale)


def opened_by_menu(page: str | None, locale: str | None = None, **query: str) -> AppTest:
    """The same through app.py; None for the page that it opens by itself."""
    at = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    return _run(at.switch_page(f"pages/{page}.py") if page else at, query, locale)


def on_to(at: AppTest, page: str) -> AppTest:
    """The page chosen in the menu, whose link has no parameters."""
    at.query_params.clear()
    return at.switch_page(f"pages/{page}.py").run()


def _run(at: AppTest, query: dict[str, str], locale: str | None) -> AppTest:
    if locale:
        at.context = {"locale": locale}
    at.query_params.update(query)
    return at.run()


def is_sound(at: AppTest) -> bool:
    """Nothing broke, and nothing says that it did."""
    return not at.exception and not at.error and not at.warning and len(at.header) == 1


def link(at: AppTest) -> dict[str, str]:
    """What the address bar says."""
    return dict(at.query_params)


def experiment(at: AppTest) -> Experiment:
    """The experiment that the address bar tells of."""
    told = from_link(of_experiment(link(at)))
    assert told.problems == ()
    return told.experiment


def focus(at: AppTest) -> Focus:
    return from_link(of_experiment(link(at))).focus


def screen(at: AppTest) -> list:
    """All that is on screen, in order: kind, key, value, and what it shows."""
    return [
        (element.type, getattr(element, "key", None), _value(element), _content(element))
        for part in (at.main, at.sidebar)
        for element in within(part)
        if getattr(element, "key", None) != "tab_storage"  # nothing is to be seen of it
    ]


def texts(at: AppTest) -> str:
    """Every word on screen."""
    return "\n".join(str(entry) for entry in screen(at))


def within(block):
    for child in getattr(block, "children", {}).values():
        yield child
        yield from within(child)


def _value(element) -> str | None:
    """What a widget stands at; a button does so for one run only, a component tells it in what it shows."""
    return None if element.type in ("button", "bidi_component") else repr(getattr(element, "value", None))


def _content(element):
    proto = getattr(element, "proto", None)
    shown = _stripped(MessageToDict(proto)) if proto is not None else None
    # A figure's parts are told which session they are of, and what it took last, which nobody sees.
    name = getattr(proto, "component_name", "").rpartition(".")[2]
    if name in _SEEN:
        shown["json"] = json.dumps(_SEEN[name](json.loads(proto.json)))
    return shown


_SEEN = {
    "picture": lambda data: [data[0][0], *data[1:4]],
    "sliders": lambda data: data[:2],
    "hand": lambda data: data[2],
}
"""Component of a figure -> what is seen of that which it is sent."""


def _stripped(data):
    if isinstance(data, dict):
        return {key: _stripped(value) for key, value in data.items() if key not in NOT_ON_SCREEN}
    return [_stripped(value) for value in data] if isinstance(data, list) else data
