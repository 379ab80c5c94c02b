"""The host's small `streamlit`: what the pages call is there, and is called as Streamlit has it."""

import ast
import importlib
import inspect

import pytest
import streamlit

from tests.collected import collected
from tests.conftest import ROOT
from tests.deploy.built import load, load_host

HOST = ROOT / "assets" / "deploy" / "static" / "streamlit"
BUILD = load("build")
PAGES = [
    path for path in sorted((ROOT / "pages").rglob("*.py")) if not str(path).endswith(tuple(BUILD.SERVER))
]
MISSING = object()


@pytest.fixture(scope="module")
def host():
    """The host's module, beside the real one."""
    return load_host()


def named(module, dotted: str):
    """What `st.DOTTED` is in a module; MISSING where it is not there."""
    found = module
    for part in dotted.split("."):
        found = getattr(found, part, MISSING)
    return found


def calls_of_pages() -> dict[str, list[ast.Call]]:
    """Dotted name after `st.` -> the calls of it in the pages; those without parentheses have none."""
    found: dict[str, list[ast.Call]] = {}
    for path in PAGES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            target = node.func if isinstance(node, ast.Call) else node
            if isinstance(target, ast.Attribute) and ast.unparse(target).startswith("st."):
                name = ast.unparse(target).removeprefix("st.")
                if name.replace(".", "").replace("_", "").isalnum():
                    found.setdefault(name, []).extend([node] if isinstance(node, ast.Call) else [])
    return found


CALLS = calls_of_pages()
PUBLIC = sorted(
    node.name
    for path in (HOST / f"{name}.py" for name in ("fields", "pages", "session", "tree", "words"))
    for node in ast.parse(path.read_text("utf-8")).body
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and hasattr(streamlit, node.name)
)


def missing(module, name: str, call: ast.Call) -> list[str]:
    """What a call in the pages asks for and the module's function does not take."""
    if name.partition(".")[0] == "session_state":  # a dict, whose methods are Python's
        return []
    parameters = inspect.signature(named(module, name)).parameters
    if any(one.kind is one.VAR_KEYWORD for one in parameters.values()):
        return []
    positional = [key for key, one in parameters.items() if one.kind is not one.KEYWORD_ONLY]
    starred = any(isinstance(argument, ast.Starred) for argument in call.args)
    too_many = [] if starred or len(call.args) <= len(positional) else [f"{len(call.args)} in order"]
    return too_many + [k.arg for k in call.keywords if k.arg is not None and k.arg not in parameters]


@collected("name", CALLS)
def test_all_that_the_pages_use_is_there(host, name):
    assert named(host, name) is not MISSING, f"st.{name} is missing in {HOST.relative_to(ROOT)}"
    for call in CALLS[name]:
        assert missing(host, name, call) == [], ast.unparse(call)


def test_what_leans_on_streamlits_insides_finds_them_here_too(host):
    asked = {
        (node.module.partition(".")[2], alias.name)
        for path in PAGES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "streamlit"
        for alias in node.names
    }
    for module, name in sorted(asked):
        found = importlib.import_module(".".join(filter(None, ["host_streamlit", module])))
        if not hasattr(found, name):
            importlib.import_module(f"{found.__name__}.{name}")


@collected("name", PUBLIC)
def test_parameters_have_streamlits_names_in_streamlits_order(host, name):
    """So that no page can be written for the one that the other would understand differently."""
    ours = inspect.signature(named(host, name)).parameters
    theirs = inspect.signature(getattr(streamlit, name)).parameters
    assert ours.keys() <= theirs.keys()
    in_order = [key for key, one in ours.items() if one.kind is one.POSITIONAL_OR_KEYWORD]
    assert in_order == list(theirs)[: len(in_order)]
    differing = {
        key: (one.default, theirs[key].default)
        for key, one in ours.items()
        if one.default is not one.empty and one.default != theirs[key].default
    }
    assert differing == {}
