"""The rules of the design that concern code, read off the files: imports, names, sizes, safety."""

import ast
import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from functools import cache

import pytest

from lstm_core.readers.limits import IN_THE_APP
from lstm_core.workbench.intake import MAX_BYTES
from pages._ui.browser.upload_box import LARGEST_MB
from pages._ui.site import PAGES as SITE
from tests.conftest import ROOT, STARTS_SERVERS
from tests.files import ASSETS, CODE, CORE, PAGES, TESTS, UI, each, name, tree

TOP_LEVEL = {
    "app.py", "lstm_core", "pages", "assets", "tests", "requirements.txt", "README.md",
    "ARCHITECTURE.md", "CONTRIBUTING.md", "pyproject.toml", "LICENSE", "CHANGELOG.md", "CITATION.cff",
}  # fmt: skip

FRAMEWORKS = {"streamlit", "plotly", "matplotlib", "altair", "torch", "keras", "tensorflow"}


@cache
def imports(path) -> set[str]:
    """Full dotted names of what a file imports, anywhere in it."""
    package = path.relative_to(ROOT).parent.parts
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, [base, node.module]))
            found |= {f"{module}.{alias.name}" for alias in node.names}
    return found


def roots(path) -> set[str]:
    return {imported.partition(".")[0] for imported in imports(path)}


# -- who imports whom -----------------------------------------------------------------------------


NEEDS_MORE = {
    "lstm_core/compact.py": {"pyarrow"},  # only inside the function that writes
    "lstm_core/export.py": {"pandas"},
    "lstm_core/figure/live.py": {"anywidget", "traitlets"},  # only inside the function that makes the widget
    "lstm_core/paper/deck.py": {"pptx"},  # only inside the functions that write
    "lstm_core/workbook.py": {"xlsxwriter"},  # only inside the function that writes
}


@each(CORE)
def test_the_core_imports_numpy_and_itself_and_at_few_places_one_library_more(path):
    allowed = {"numpy", "lstm_core", *sys.stdlib_module_names}
    assert roots(path) <= allowed | NEEDS_MORE.get(name(path), set())
    assert "session_state" not in path.read_text("utf-8")


def test_the_core_loads_alone():
    """All of it, in a process of its own; pandas only when a frame is asked for."""
    modules = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in CORE]
    script = f"""
import sys, importlib
import lstm_core
loaded = set(sys.modules)
for module in {[module for module in modules if not module.endswith("__init__")]}:
    importlib.import_module(module)
for kind in ({sorted(FRAMEWORKS | {"pandas", "pptx", "xlsxwriter"})}):
    assert kind not in sys.modules, kind
assert "lstm_core.workbench.presets" not in loaded and "lstm_core.view" not in loaded
lstm_core.export.read_csv("t,unit\\n1,1\\n")
assert "pandas" in sys.modules and "streamlit" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT, timeout=120)


@each([*CODE, *TESTS])
def test_nothing_imports_a_page(path):
    pages = {f"pages.{page.stem}" for page in PAGES}
    assert not any(imported in pages or imported.rpartition(".")[0] in pages for imported in imports(path))


@each(UI)
def test_the_shared_code_never_loads_pandas_or_plotly_at_the_door(path):
    at_the_door = [node for node in tree(path).body if isinstance(node, (ast.Import, ast.ImportFrom))]
    heavy = re.compile(r"(import|from) (pandas|plotly)")
    assert not any(heavy.search(ast.unparse(node)) for node in at_the_door)


# -- pages ----------------------------------------------------------------------------------------

ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)


def is_text(node) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


@each(PAGES)
def test_a_page_is_thin_calculates_nothing_and_opens_under_the_name_of_its_file(path):
    nodes = [*ast.walk(tree(path))]
    sums = [
        ast.unparse(node)
        for node in nodes
        if isinstance(node, (ast.BinOp, ast.AugAssign))
        and isinstance(node.op, ARITHMETIC)
        and not (isinstance(node, ast.BinOp) and (is_text(node.left) or is_text(node.right)))
    ]
    assert not sums and len(path.read_text("utf-8").splitlines()) <= 60
    assert roots(path) <= {"streamlit", "lstm_core", "pages"}
    assert all(imported.startswith("pages._ui") for imported in imports(path) if imported.startswith("pages"))
    opens = ("open_page", "gate_page", "picture_page")
    calls = [node for node in nodes if isinstance(node, ast.Call) and ast.unparse(node.func) in opens]
    assert [call.args[0].value for call in calls] == [path.stem]


def test_the_menu_has_every_page_and_pages_has_no_other_file():
    assert sorted(SITE) == [page.stem for page in PAGES]
    beside = {path.name for path in (ROOT / "pages").iterdir()} - {page.name for page in PAGES}
    assert beside - {"__pycache__"} == {"_ui"}


# -- names, sizes, words --------------------------------------------------------------------------


def ignored() -> list[str]:
    lines = (ROOT / ".gitignore").read_text("utf-8").split()
    return [line.strip("/") for line in lines if not line.startswith("#")]


def test_the_top_level_is_fixed():
    names = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    strangers = {found for found in names if not any(fnmatch(found, pattern) for pattern in ignored())}
    assert strangers <= TOP_LEVEL


@each([*CODE, *TESTS])
def test_no_module_is_a_drawer_for_everything(path):
    drawers = {"utils", "util", "common", "helpers", "helper", "misc", "shared", "tools"}
    assert not drawers & {part.lower() for part in path.relative_to(ROOT).with_suffix("").parts}


@each([*CODE, *ASSETS])
def test_no_file_of_the_app_is_longer_than_300_lines(path):
    assert len(path.read_text("utf-8").splitlines()) <= 300


@each([*CODE, *TESTS])
def test_a_module_says_in_one_line_where_it_stands(path):
    docstring = ast.get_docstring(tree(path)) or ""
    assert docstring.partition("\n")[0].endswith((".", ":")) or not path.read_text("utf-8")


@each(CORE)
def test_public_functions_and_classes_of_the_core_have_a_docstring(path):
    for node in tree(path).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            assert ast.get_docstring(node), node.name


# -- safety ---------------------------------------------------------------------------------------

FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "os.system", "os.popen", "open_new", "breakpoint"}
FORBIDDEN_CALLS |= {"socket.socket", "socket.create_connection", "socket.create_server"}
FORBIDDEN_IMPORTS = {
    "pickle", "marshal", "shelve", "dill", "joblib", "subprocess", "socket", "requests", "urllib", "http",
    "httpx", "ctypes", "threading", "multiprocessing", "time",
}  # fmt: skip
ALLOWED_IMPORTS = {
    "lstm_core/commands.py": {"subprocess"},  # starts the app that it belongs to, and nothing else
    "lstm_core/figure/figure.py": {"urllib"},  # of which `parse` writes the parameters of a link
    "lstm_core/rooms/slide.py": {"urllib"},  # likewise
    "pages/_ui/server/websocket.py": {"time"},  # reads the clock to notice a flood
    "pages/_ui/server/rooms/hub.py": {"time"},  # reads the clock to say for how long a question is open
    "pages/_ui/server/rooms/line.py": {"time"},  # likewise, and to notice a flood
    "pages/_ui/server/rooms/store.py": {"time"},  # reads the clock to end a room
    "pages/_ui/server/start.py": {"socket", "ctypes"},  # sets its sockets, and how memory is given back
    "lstm_core/readers/apart.py": {"subprocess", "threading"},  # one process a file, and its end in time
    "lstm_core/readers/time_limit.py": {"threading"},  # a clock, for the command line
    "lstm_core/workbench/process_memory.py": {"threading", "time"},  # a lock, and the clock
    "lstm_core/reading/train.py": {"time"},  # reads the clock of the processor, for the command line
    "pages/_ui/learning/work.py": {"time"},  # reads the clock to end a slice of training, and never sleeps
}


@each(CODE)
def test_nothing_is_unpickled_evaluated_fetched_or_started(path):
    allowed = ALLOWED_IMPORTS.get(name(path), set())
    assert not (roots(path) & FORBIDDEN_IMPORTS) - allowed
    calls = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    assert not {ast.unparse(call.func) for call in calls} & FORBIDDEN_CALLS
    keywords = {keyword.arg: ast.unparse(keyword.value) for call in calls for keyword in call.keywords}
    assert "unsafe_allow_html" not in keywords and "unsafe_allow_javascript" not in keywords
    assert keywords.get("allow_pickle", "False") == "False" and keywords.get("shell", "False") == "False"


XML_NAMES = (
    {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    | {f"http://www.imsglobal.org/xsd/{name}" for name in ("imsqtiasi_v3p0", "qti/qtiv3p0/imscp_v1p1")}
    | {f"http://schemas.openxmlformats.org/{name}/2006/main" for name in ("drawingml", "presentationml")}
)


@each([*CODE, *ASSETS, ROOT / ".streamlit" / "config.toml"])
def test_no_code_names_a_foreign_host(path):
    found = re.findall(r"(?:https?:|wss?:)?//[\w.-]+\.[a-z]{2,}[^\s\"'<>)]*", path.read_text("utf-8"))
    assert set(found) <= XML_NAMES


MAKE_MARKUP = {"text.js", "tree.js"}
"""In `site`, the host without a server: one turns Markdown into HTML, the other makes its own elements."""

FETCH = {"components.js", "host.js", "sw.js", "worker.js"}
"""In `site`: fetch this site's own files; the content policy of its pages allows no other address."""


@each([path for path in ASSETS if path.suffix == ".js"])
def test_scripts_put_no_text_into_the_page_as_markup_and_fetch_nothing(path):
    code, of_the_host = path.read_text("utf-8"), path.parent.parts[-2:] == ("static", "site")
    assert not re.search(r"outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", code)
    assert not re.search(r"XMLHttpRequest|EventSource|sendBeacon|localStorage|\.cookie", code)
    # The line of a figure goes to the server that the page comes from, and only there.
    is_line = path.name == "socket.js" and "new URL(path, document.baseURI)" in code
    assert "WebSocket" not in code or is_line
    assert "innerHTML" not in code or of_the_host and path.name in MAKE_MARKUP
    # In a page of somebody else, the file of frames that this page names.
    is_embed = path.name == "embed.js" and "new URL(source, document.baseURI)" in code
    assert not re.search(r"fetch\(|import\(", code) or is_embed or of_the_host and path.name in FETCH


def test_streamlit_is_set_up_to_tell_nobody():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    server, largest = config["server"], config["server"]["maxUploadSize"]
    assert config["browser"]["gatherUsageStats"] is False and config["runner"]["postScriptGC"] is False
    assert server["address"] == "127.0.0.1" and server["enableXsrfProtection"] is True
    assert largest == LARGEST_MB and largest * 1_000_000 == max(IN_THE_APP.bytes, *MAX_BYTES.values())
    assert {"light", "dark"} <= config["theme"].keys() and config["client"]["showErrorDetails"] == "none"
    assert not re.search("font.*url|fontFaces", str(config["theme"]))


@pytest.mark.parametrize(
    "command", ["ruff check --quiet --no-cache .", "ruff format --check --no-cache .", "mypy"]
)
def test_ruff_and_the_type_checker_find_nothing(command):
    module = [sys.executable, "-m", *command.split()]
    checked = subprocess.run(module, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@each(TESTS)
def test_no_test_leans_on_another_test(path):
    """What tests share stands in a module whose name does not begin with `test_`."""
    assert not [imported for imported in imports(path) if re.match(r"tests\.(\w+\.)*test_\w+\.", imported)]


@each([path for path in TESTS if path.name.startswith("test_")])
def test_a_test_that_starts_a_server_is_not_called_fast(path):
    starts = {"tests.servers.serving", "tests.browser.conftest.running_app"} & imports(path)
    assert not starts or name(path).startswith(STARTS_SERVERS)
