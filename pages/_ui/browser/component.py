"""The components that run in the browser: SVG text -> **picture** -> what the reader chose in it."""

from __future__ import annotations

import streamlit as st

from ..site import ASSETS

_FILES = ASSETS / "components"

_PACKAGE = "lstm"

_LOADS = """// The script itself is fetched once.
const script = new URL("_stcore/bidi-components/{script}", document.baseURI);
const {{ default: show }} = await import(script);
export default show;
"""


def component(name: str):
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
