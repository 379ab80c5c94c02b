"""The components that run in the browser: SVG text -> **picture** -> what the reader chose in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

_FILES = Path(__file__).resolve().parents[2] / "assets" / "components"

_PACKAGE = "lstm"

_LOADS = """// The script itself is fetched once.
const script = new URL("_stcore/bidi-components/{script}", document.baseURI);
const {{ default: show }} = await import(script);
export default show;
"""

_LONGEST_NAME = 80
_MOST_DIGITS = 7


def _component(name: str):
    """Registers assets/components/NAME once for the process, and returns what mounts it."""
    paths = {ending: _FILES / name / f"{name}.{ending}" for ending in ("js", "css")}
    found = {ending: path for ending, path in paths.items() if path.exists()}
    served = _served(name)
    files = {ending: path.name if served else path.read_text("utf-8") for ending, path in found.items()}
    if served:  # a script that is a file is looked up again with each change, which costs a frame
        files["js"] = _LOADS.format(script=f"{_PACKAGE}.{name}/{name}.js")
    mount = st.components.v2.component(f"{_PACKAGE}.{name}", **files)

    def mount_here(**options):
        _served(name)  # by the server that runs now; tests start one after the other in a process
        return mount(**options)

    return mount_here


def _served(name: str) -> bool:
    """Whether the browser may fetch the component's files, which else are sent again with each change.

    Streamlit serves those of installed packages, which it looks for at its start. The app is not
    installed, so it tells Streamlit itself. Without a server, or where another version of Streamlit
    knows no such way, the files are sent.
    """
    try:
        from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
        from streamlit.runtime import Runtime

        manager = Runtime.instance().bidi_component_registry
        if manager.get_component_asset_root(f"{_PACKAGE}.{name}") is None:
            config = ComponentConfig(name, asset_dir=name)
            manager.register_from_manifest(ComponentManifest(_PACKAGE, "1", [config]), _FILES)
    except (ImportError, AttributeError, RuntimeError, TypeError):
        return False
    return True


_mount_picture = _component("picture")


def picture(
    svg: str,
    key: str,
    on_choose: Callable[[dict], None] | None = None,
    height: int | None = None,
    keys: Mapping[str, str] | None = None,
) -> None:
    """Shows SVG or HTML that the library made, and patches it in place when it changes.

    svg : markup that is escaped already; nothing a reader typed may stand in it unescaped.
    on_choose : is called with the choice, see `checked_choice`, before the page runs again.
    height : the most pixels that each SVG in it may take; None for as high as its width makes it.
    keys : key of the keyboard -> value; pressed wherever the focus is, but in a control that needs
        it itself, it is the choice {"role": "key", "value": value}.
    """

    answered = f"{key}.answered"

    def report():
        # Counted, so that each report changes what is sent back and the next key need not wait.
        st.session_state[answered] = st.session_state.get(answered, 0) + 1
        choice = checked_choice(st.session_state[key].get("chosen"))
        if choice:
            on_choose(choice)

    # A list, because a dict would make Streamlit load pandas.
    data = [svg, on_choose is not None, height, dict(keys or {}), st.session_state.get(answered, 0)]
    listener = {} if on_choose is None else {"on_chosen_change": report}
    _mount_picture(key=key, data=data, **listener)


def checked_choice(sent: object) -> dict[str, str | int]:
    """What the browser sent, as far as it is a choice: quantity, role and value as text, t, unit and index.

    t counts from 0, which is before the first step; unit and index count from 1. Whatever is not of
    that form is left out; an empty dict when nothing is left.
    """
    if not isinstance(sent, dict):
        return {}
    names = {name: sent.get(name) for name in ("quantity", "role", "value")}
    least = {"t": 0, "unit": 1, "index": 1}
    numbers = {name: _whole_number(sent.get(name), low) for name, low in least.items()}
    choice = {name: value for name, value in names.items() if _is_name(value)}
    return choice | {name: value for name, value in numbers.items() if value is not None}


def _is_name(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST_NAME and value.isprintable()


def _whole_number(value: object, least: int) -> int | None:
    written = isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS
    return int(value) if written and int(value) >= least else None
