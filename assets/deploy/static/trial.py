"""Runs in Pyodide when the site is built: opens every page in every language, and compiles what that took.

/out/drawn : what each page draws when it is opened, the picture that stands there until Python has come.
/out/embed : the same of pages with a figure, as a page of others shows them in a frame.
/out/beside : what lies beside the pages, for pages of others.
/out/start : what the pages of an experiment took, as it will lie in the browser's Python: the app, NumPy.
/out/soon : what the other pages took, and what is imported only when something is done.
/out/rest : what of the standard library and of NumPy was left; pandas needs some of it.
/out/stdlib : what was taken of the standard library at the start; Pyodide reads it out of a zip.
"""

import ast
import importlib
import json
import os
import py_compile
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

APP, OUT = Path("/app"), Path("/out")
STDLIB = Path(next(path for path in sys.path if path.endswith(".zip")))
SITE = Path(importlib.import_module("numpy").__file__).parents[1]
LIBRARY = Path("/library")
"""The standard library, unpacked."""

TEXT = ("encodings.utf_8_sig", "encodings.cp437", "encodings.latin_1", "encodings.ascii", "encodings.idna")
LAZY = "numpy.linalg._umath_linalg"
"""NumPy imports it and seldom asks it for anything, so it comes when it does; see later.py."""

sys.path[:0] = ["/app/host", "/app"]
os.chdir("/app")

import later  # noqa: E402, F401
from streamlit import session  # noqa: E402

from lstm_core import words  # noqa: E402
from lstm_core.figure import gallery  # noqa: E402
from lstm_core.figure.pages import PICTURES  # noqa: E402


def draw(pages: list[str], view: str = "") -> None:
    """These pages, in every language that the app has. view : as in a link."""
    for language in words.KNOWN:
        for name in pages:
            session.session_state.clear()
            query = {"lang": language} | ({"view": view} if view else {})
            asked = {"kind": "open", "page": name, "query": query, "locale": language, "url": ""}
            drawn = session.take(asked)
            if json.loads(drawn).get("error"):
                raise SystemExit(f"{name or 'the first page'}, {language}:\n{json.loads(drawn)['error']}")
            of = f"{name or 'start'}.{language}{view and f'.{view}'}"
            (OUT / (view or "drawn") / f"{of}.json").write_text(drawn, "utf-8")


def drag() -> None:
    """A hand moves a number of the figure on screen, and rests: what that takes is there at the start."""
    import hand

    from pages._ui import line

    report = {"seq": 1, "turn": line.turn(), "values": {"b_f.1": 1}, "look": {"t": 2}}
    if not json.loads(hand.answer(json.dumps(report))):
        raise SystemExit("the figure of the first page does not answer")
    rests = {"id": "hand", "name": "moved", "value": {**report, "seq": 2}}
    error = json.loads(session.take({"kind": "events", "events": [rests]})).get("error")
    if error or session.query_params["b_f.1"] != "1":
        raise SystemExit(f"the hand of the first page does not rest:\n{error}")


def import_all() -> None:
    """Also what functions import only when they are called, where it is at hand without a download."""
    for path in (path for name in ("lstm_core", "pages", "host") for path in (APP / name).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            for name in names:
                top = name.partition(".")[0]
                if top in sys.stdlib_module_names or top == "numpy":
                    with suppress(ImportError):  # a name within a module
                        importlib.import_module(name)
    for name in TEXT:
        importlib.import_module(name)


def used() -> set[Path]:
    """The files that modules were loaded from; those of the standard library as they lie in LIBRARY."""
    specs = [module.__spec__ for module in list(sys.modules.values()) if getattr(module, "__spec__", None)]
    files = [Path(spec.origin) for spec in specs if spec.origin and spec.name != LAZY]
    return {LIBRARY / path.relative_to(STDLIB) if path.is_relative_to(STDLIB) else path for path in files}


def put(source: Path, part: str, to: Path, compiled: bool = True) -> None:
    """A file, as what Python imports; without docstrings, a fifth of the bytes, but NumPy reads its own."""
    path = OUT / part / str(to).lstrip("/")
    path.parent.mkdir(parents=True, exist_ok=True)
    if compiled and source.suffix == ".py":
        unchecked, level = py_compile.PycInvalidationMode.UNCHECKED_HASH, 0 if "numpy" in to.parts else 2
        py_compile.compile(str(source), f"{path}c", str(to), True, level, unchecked)
    else:
        path.write_bytes(source.read_bytes())


def files(folder: Path):
    return (p for p in sorted(folder.rglob("*")) if p.is_file() and "__pycache__" not in p.parts)


with zipfile.ZipFile(STDLIB) as packed:
    packed.extractall(LIBRARY)
(OUT / "drawn").mkdir()
draw([""])
drag()
at_the_start = [url for _, pages in session.page.menu[:2] for url, _ in pages]  # the story and the cell
draw(at_the_start)
first = used()
(OUT / "embed").mkdir()
draw(list(PICTURES), "embed")
(OUT / "beside").mkdir()
for name, make in gallery.files().items():
    (OUT / "beside" / name).write_text(make(), "utf-8")
draw(sorted({path.stem for path in (APP / "pages").glob("*.py")} - set(at_the_start)))
import_all()
then = used()

others = [code for code in words.KNOWN if code != words.FIRST]
fetched = {path for code in others for _, path in words.files(code)}
for code in others:  # one file each, which comes when somebody reads that language
    fetched |= {path for path in (words.TEXT / code).iterdir() if path.name != words.SETTINGS}
    to = OUT / "start" / "app" / words.TEXT.relative_to(APP) / code / words.PACKED
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(json.dumps(words.shown_texts(code), ensure_ascii=False), "utf-8")
for path in files(APP):
    if path in fetched:
        continue
    script = path.parent in (APP, APP / "pages")  # Streamlit reads these as text
    put(
        path,
        "soon" if path.suffix == ".py" and not script and path not in first else "start",
        path,
        not script,
    )
for path in (*files(SITE / "numpy"), *files(LIBRARY)):
    part = "start" if path in first else "soon" if path in then else "rest"
    to = SITE / path.relative_to(LIBRARY) if path.is_relative_to(LIBRARY) else path
    if part == "start" and path.is_relative_to(LIBRARY):
        part, to = "stdlib", path.relative_to(LIBRARY)
    put(path, part, to, part != "rest")
