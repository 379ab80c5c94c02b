"""Runs in Pyodide when the site is built: opens every page in every language, and compiles what that took.

/out/drawn : what each page draws when it is opened, the picture that stands there until Python has come.
/out/compiled : the modules of the app, of the standard library and of NumPy that were imported, as .pyc.
/out/left.json : which modules of the standard library and of NumPy were not.
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
NUMPY = Path(importlib.import_module("numpy").__file__).parent

sys.path[:0] = ["/app/host", "/app"]
os.chdir("/app")


def draw_pages() -> None:
    """Every page that the app knows, in every language that it has."""
    from streamlit import session

    languages = sorted(path.name for path in (APP / "assets" / "text").iterdir() if path.is_dir())
    (OUT / "drawn").mkdir()
    asked = ["", *sorted(path.stem for path in (APP / "pages").glob("*.py"))]
    for language in languages:
        for name in asked:
            session.session_state.clear()
            message = {
                "kind": "open",
                "page": name,
                "query": {"lang": language},
                "locale": language,
                "url": "",
            }
            drawn = session.take(message)
            if json.loads(drawn).get("error"):
                raise SystemExit(f"{name or 'the first page'}, {language}:\n{json.loads(drawn)['error']}")
            (OUT / "drawn" / f"{name or 'start'}.{language}.json").write_text(drawn, "utf-8")


def import_all() -> None:
    """Also what functions import only when they are called, where it is at hand without a download."""
    for path in [
        *(APP / "lstm_core").rglob("*.py"),
        *(APP / "pages").rglob("*.py"),
        *(APP / "host").rglob("*.py"),
    ]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            for name in names:
                top = name.partition(".")[0]
                if top in sys.stdlib_module_names or top == "numpy":
                    with suppress(ImportError):  # a name within a module
                        importlib.import_module(name)
    for name in (
        "encodings.utf_8_sig",
        "encodings.cp437",
        "encodings.latin_1",
        "encodings.ascii",
        "encodings.idna",
    ):
        importlib.import_module(name)


def used(root: Path) -> set[str]:
    """The files below root that modules were loaded from."""
    origins = (getattr(getattr(m, "__spec__", None), "origin", None) for m in list(sys.modules.values()))
    return {origin.removeprefix(f"{root}/") for origin in origins if origin and origin.startswith(f"{root}/")}


def compile_file(source: Path, name: str, to: Path, docstrings: bool = False) -> None:
    """Without docstrings, a fifth of the bytes, but for NumPy, which reads its own."""
    to.parent.mkdir(parents=True, exist_ok=True)
    unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
    level = 0 if docstrings else 2
    py_compile.compile(str(source), str(to), name, True, level, unchecked)


draw_pages()
import_all()

left = {}
with zipfile.ZipFile(STDLIB) as packed:
    names, keep = packed.namelist(), used(STDLIB)
    left["stdlib"] = [name for name in names if name not in keep and not name.endswith("/")]
    packed.extractall("/stdlib")
for name in sorted(keep):
    compile_file(Path("/stdlib", name), f"{STDLIB}/{name}", OUT / "compiled" / "stdlib" / f"{name}c")

keep = used(NUMPY)
files = [
    str(path.relative_to(NUMPY))
    for path in NUMPY.rglob("*")
    if path.is_file() and "__pycache__" not in path.parts
]
left["numpy"] = [name for name in files if name not in keep]
for name in sorted(keep):
    to = OUT / "compiled" / "numpy" / "numpy" / name
    if name.endswith(".py"):
        compile_file(NUMPY / name, f"{NUMPY}/{name}", to.with_suffix(".pyc"), docstrings=True)
    else:
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes((NUMPY / name).read_bytes())

for path in sorted(APP.rglob("*")):
    name = path.relative_to(APP)
    if not path.is_file() or "__pycache__" in path.parts:
        continue
    script = name.parts[0] == "app.py" or name.parts[0] == "pages" and len(name.parts) == 2  # read as text
    to = OUT / "compiled" / "app" / name
    if path.suffix == ".py" and not script:
        compile_file(path, f"/app/{name}", to.with_suffix(".pyc"))
    else:
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(path.read_bytes())

(OUT / "left.json").write_text(json.dumps(left))
