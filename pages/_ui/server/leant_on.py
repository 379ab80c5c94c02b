"""What the app leans on without being promised it: installed packages -> **what is missing**, in sentences.

Streamlit and uvicorn may change these between two releases. Where one is gone, a page would stay blank, or
the start would end in an error that names nothing to do; so the start asks for all of them first. Each row
waits for a public way, which its comment names.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

from packaging.requirements import Requirement

from ..site import ROOT

BOUND = ("streamlit", "uvicorn")
"""The packages whose private things are used; requirements.txt says which releases have been tried."""


def _names(of: Callable) -> set[str]:
    """The attributes that a function reads and writes: `__init__` shows what an object will have."""
    return set(inspect.unwrap(of).__code__.co_names)


LEANT_ON: dict[str, tuple[str, Callable[[object], bool]]] = {
    # App(websocket_class=…), or a bound on what waits
    "uvicorn.protocols.websockets.websockets_sansio_impl.WebSocketsSansIOProtocol": (
        "server/frames.py",
        lambda found: {"queue", "frames"} <= _names(found.__init__) and hasattr(found, "data_received"),
    ),
    # the running server, handed to the lifespan
    "uvicorn.Server": (
        "server/start.py",
        lambda found: "sockets" in inspect.signature(found.serve).parameters,
    ),
    "uvicorn.Config": (
        "server/start.py",
        lambda found: {"ws_protocol_class", "ws_max_size"} <= _names(found.__init__) | _names(found.load),
    ),
    # App(session_storage=…)
    "streamlit.runtime.Runtime": (
        "server/start.py",
        lambda found: {"_session_mgr", "_uploaded_file_mgr"} <= _names(found.__init__),
    ),
    "streamlit.runtime.websocket_session_manager.WebsocketSessionManager": (
        "server/start.py",
        lambda found: "_session_storage" in _names(found.__init__),
    ),
    "streamlit.runtime.session_manager.SessionStorage": ("server/departed.py", inspect.isabstract),
    # a session that ends when its reader has left, with all that it held
    "streamlit.runtime.app_session.AppSession": (
        "server/departed.py",
        lambda found: (
            {"_script_event_loop", "_scriptrunner", "shutdown", "session_state"}
            <= _names(found.__init__) | set(dir(found))
        ),
    ),
    # a bound on what a session may upload
    "streamlit.runtime.memory_uploaded_file_manager.MemoryUploadedFileManager": (
        "server/uploads.py",
        lambda found: {"file_storage", "remove_session_files"} <= _names(found.__init__) | set(dir(found)),
    ),
    "streamlit.runtime.scriptrunner.get_script_run_ctx": ("browser/upload_box.py", callable),
    # st.components.v2.component(files=…) for an app that is no installed package
    "streamlit.components.v2.manifest_scanner.ComponentManifest": ("browser/component.py", inspect.isclass),
    "streamlit.components.v2.component_manager.BidiComponentManager": (
        "browser/component.py",
        lambda found: {"get_component_asset_root", "register_from_manifest"} <= set(dir(found)),
    ),
}
"""Name -> the file under pages/_ui that leans on it, and whether it is still as that file needs it."""


def missing() -> Iterator[str]:
    """A sentence for each package that is not a release that was tried, and for each thing that is gone."""
    for package in BOUND:
        needed = _required(package)
        if (found := _installed(package)) is None or not needed.contains(found, prereleases=True):
            yield f"{package} is {found or 'not installed'}; this app works with {package}{needed}."
    for name, (file, as_needed) in LEANT_ON.items():
        if not _is_there(name, as_needed):
            package = name.partition(".")[0]
            yield (
                f"{package} {_installed(package)} has no {name} as pages/_ui/{file} needs it; "
                f"{package}{_required(package)} has."
            )


def check() -> None:
    """Ends the start with what is missing and what to do, where something is."""
    told = list(missing())
    if told:
        raise SystemExit(
            "\n".join([*told, "Install what was tried: python -m pip install -r requirements.txt"])
        )


def _is_there(name: str, as_needed: Callable[[object], bool]) -> bool:
    module, _, inner = name.rpartition(".")
    try:
        return as_needed(getattr(import_module(module), inner))
    except (ImportError, AttributeError, TypeError, ValueError):
        return False


def _installed(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _required(package: str):
    """The releases of a package that requirements.txt names."""
    for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines():
        text = line.partition("#")[0].strip()
        if text and (wanted := Requirement(text)).name == package:
            return wanted.specifier
    raise LookupError(package)
