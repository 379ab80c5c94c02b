"""How a page gets a component: name -> **component** -> script in the browser.

Streamlit serves the files of components of installed packages alone, so this app announces its own by the
registry of the server. It waits for a public way to name the folder of a component's files, such as an
argument `asset_dir` of `st.components.v2.component`.
"""

from functools import cache

import streamlit as st

from ..site import ASSETS

_PACKAGE = "lstm"

_LOADS = """const script = new URL("_stcore/bidi-components/{script}", document.baseURI);
const {{ default: show }} = await import(script);
export default show;
"""
"""What Streamlit sends with each change in place of the whole script, which the browser fetches once."""


def component(name: str, shared: str = ""):
    """Returns the function that shows a component on a page; Streamlit knows it as lstm.NAME.

    shared : the folder of assets where it lies with others, whose scripts import each other; "" for a
        folder assets/components/NAME of its own.

    That function takes what the functions of `st.components.v2.component` take. It works where a
    Streamlit server runs, or AppTest in its place.
    """
    folder = shared or f"components/{name}"
    # Scripts that import each other have to come from one address, or each would be loaded several times.
    served = {name, shared or name}

    @cache
    def registered():
        # A script given as a file would be looked up on the disk with each change.
        files = {"js": _LOADS.format(script=f"{_PACKAGE}.{shared or name}/{name}.js")}
        if (ASSETS / folder / f"{name}.css").exists():
            files["css"] = f"{name}.css"
        return st.components.v2.component(f"{_PACKAGE}.{name}", **files)

    def mount(**options):
        for one in served:
            _serve_files(one, folder)
        return registered()(**options)

    return mount


def _serve_files(name: str, folder: str) -> None:
    """Tells the server that runs now which folder of assets holds a component's files, unless it knows.

    Streamlit serves the components of installed packages, for which it looks when it starts. This
    app is no installed package, so it announces its components in the same way. It does so for each
    server, because tests start one after the other in a process.
    Raises RuntimeError where no server runs.
    """
    from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
    from streamlit.runtime import Runtime

    manager = Runtime.instance().bidi_component_registry
    if manager.get_component_asset_root(f"{_PACKAGE}.{name}") is None:
        path = ASSETS / folder
        config = ComponentConfig(name, asset_dir=path.name)
        manager.register_from_manifest(ComponentManifest(_PACKAGE, "1", [config]), path.parent)
