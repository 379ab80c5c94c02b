"""What the app leans on without being promised it: installed packages -> **what is missing**, in sentences.

Streamlit and uvicorn may change these between two releases. Where one is gone, a page would stay blank, or
the start would end in an error that names nothing to do; so the start asks for all of them first. Each row
waits for a public way, which its comment names.
"""

import inspect
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

from packaging.requirements import Requirement

from ..site import ROOT

BOUND = ("streamlit", "uvicorn")
"""The packages whose private things are used; requirements.txt says which releases have been tried."""


LEANT_ON: dict[str, tuple[str, set[str]]] = {
    # App(websocket_class=…), or a bound on what waits
    "uvicorn.protocols.websockets.websockets_sansio_impl.WebSocketsSansIOProtocol": (
        "server/frames.py",
        {"data_received", "queue", "frames"},
    ),
    # the running server, handed to the lifespan
    "uvicorn.Server": ("server/start.py", {"serve", "sockets"}),
    "uvicorn.Config": ("server/start.py", {"ws_protocol_class", "ws_max_size"}),
    # App(session_storage=…)
    "streamlit.runtime.Runtime": ("server/start.py", {"_session_mgr", "_uploaded_file_mgr"}),
    "streamlit.runtime.websocket_session_manager.WebsocketSessionManager": (
        "server/start.py",
        {"_session_storage"},
    ),
    "streamlit.runtime.session_manager.SessionStorage": (
        "server/departed.py",
        {"save", "get", "delete", "list"},
    ),
    # a session that ends when its reader has left, with all that it held
    "streamlit.runtime.app_session.AppSession": (
        "server/departed.py",
        {"_script_event_loop", "_scriptrunner", "shutdown", "session_state"},
    ),
    # a bound on what a session may upload
    "streamlit.runtime.memory_uploaded_file_manager.MemoryUploadedFileManager": (
        "server/uploads.py",
        {"file_storage", "remove_session_files"},
    ),
    "streamlit.runtime.scriptrunner.get_script_run_ctx": ("browser/upload_box.py", set()),
    # st.components.v2.component(files=…) for an app that is no installed package
    "streamlit.components.v2.manifest_scanner.ComponentManifest": ("browser/component.py", set()),
    "streamlit.components.v2.component_manager.BidiComponentManager": (
        "browser/component.py",
        {"get_component_asset_root", "register_from_manifest"},
    ),
}
"""Name -> the file under pages/_ui that leans on it, and the names that it needs in it."""


def missing() -> Iterator[str]:
    """A sentence for each package that is not a release that was tried, and for each thing that is gone."""
    for package in BOUND:
        tried = _required(package)
        if (found := _installed(package)) is None or not tried.contains(found, prereleases=True):
            yield f"{package} is {found or 'not installed'}; this app works with {package}{tried}."
    for name, (file, needed) in LEANT_ON.items():
        if not _is_there(name, needed):
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


def _is_there(name: str, needed: set[str]) -> bool:
    """Whether a class has these names, or its functions read, write or take them: so `__init__` shows what an
    object will have."""
    module, _, inner = name.rpartition(".")
    try:
        found = getattr(import_module(module), inner)
    except (ImportError, AttributeError):
        return False
    codes = [inspect.unwrap(one).__code__ for one in vars(found).values() if inspect.isfunction(one)]
    return needed <= set(dir(found)).union(*((*code.co_names, *code.co_varnames) for code in codes))


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
