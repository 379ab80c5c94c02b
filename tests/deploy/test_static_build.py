"""The build of the site without a server: other bytes are refused, and what it made is whole."""

from __future__ import annotations

import gzip
import hashlib
import importlib
import io
import json
import re
import sys
import tomllib
import types
import zipfile

import pytest

from lstm_core.words import KNOWN
from tests.browser.site import built_site
from tests.conftest import ROOT
from tests.deploy.built import HOME, load

parts = load("parts.py")
build = load("build")
addresses = load("addresses.py")
later = load("later.py")

PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))


# -- parts ----------------------------------------------------------------------------------------


def test_bytes_with_another_checksum_are_refused():
    content = b"a wheel"
    assert parts.check("a.whl", content, hashlib.sha256(content).hexdigest()) == content
    with pytest.raises(parts.Wrong, match=r"a\.whl"):
        parts.check("a.whl", content + b" ", hashlib.sha256(content).hexdigest())


def test_a_given_wheel_is_read_only_if_it_is_the_one_that_was_expected(tmp_path, monkeypatch):
    content = b"what is expected"
    wheel = {"version": "1", "file_name": "n.whl", "sha256": hashlib.sha256(content).hexdigest()}
    monkeypatch.setattr(parts, "expected", lambda: {"n": wheel})
    with pytest.raises(parts.Wrong, match="missing"):
        parts.wheels(tmp_path)
    (tmp_path / "n.whl").write_bytes(content)
    assert parts.wheels(tmp_path) == {"n": tmp_path / "n.whl"}
    (tmp_path / "n.whl").write_bytes(b"something else")
    with pytest.raises(parts.Wrong, match="checksum"):
        parts.wheels(tmp_path)


class Home:
    """Pyodide's own address; `files` is what it has, None where it can't be reached."""

    def __init__(self, files: dict[str, bytes] | None):
        self.files, self.asked = files, []

    def urlopen(self, address: str, timeout: float):
        self.asked.append(address.rpartition("/")[2])
        if self.files is None:
            raise OSError("refused")
        return io.BytesIO(self.files[self.asked[-1]])


@pytest.fixture
def wheel_of(tmp_path, monkeypatch):
    """The name of a package -> bytes that stand for its wheel, which is what is expected."""
    made = {name: f"the wheel of {name}".encode() for name in (*parts.WANTED, "segno")}
    expected = {
        name: {"version": "1", "file_name": f"{name}.whl", "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in made.items()
    }
    monkeypatch.setattr(parts, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(parts, "expected", lambda: expected)
    monkeypatch.setattr(parts, "lock", lambda: {"info": {"version": "1"}})
    return made


def from_pypi(made: dict[str, bytes], carried: dict[str, bytes], monkeypatch) -> list[str]:
    """Puts segno and a package that carries copies on PyPI; returns a list of what was asked of it."""
    asked, package = [], io.BytesIO()
    with zipfile.ZipFile(package, "w") as packed:
        for name, content in carried.items():
            packed.writestr(f"inside/{name}.whl", content)

    def fetched(name: str) -> dict[str, bytes]:
        asked.append(name)
        return {"segno.whl": made["segno"]} if name == "segno" else {f"{name}.whl": package.getvalue()}

    monkeypatch.setattr(parts, "_from_pypi", fetched)
    return asked


def test_wheels_come_from_pyodides_own_address_where_it_can_be_reached(wheel_of, monkeypatch):
    home = Home({f"{name}.whl": wheel_of[name] for name in parts.WANTED})
    monkeypatch.setattr(parts.urllib.request, "urlopen", home.urlopen)
    asked = from_pypi(wheel_of, {}, monkeypatch)
    assert {name: path.read_bytes() for name, path in parts.wheels().items()} == wheel_of
    assert asked == ["segno"] and len(home.asked) == len(parts.WANTED)


def test_where_it_can_not_be_reached_copies_are_taken_if_they_are_byte_for_byte_the_same(
    wheel_of, monkeypatch
):
    monkeypatch.setattr(parts.urllib.request, "urlopen", Home(None).urlopen)
    carried = {name: wheel_of[name] for name in parts.WANTED}
    asked = from_pypi(wheel_of, carried | {"numpy": b"something else"}, monkeypatch)
    with pytest.raises(parts.Wrong, match="checksum"):
        parts.wheels()
    assert len(asked) == 2
    from_pypi(wheel_of, carried, monkeypatch)
    assert {name: path.read_bytes() for name, path in parts.wheels().items()} == wheel_of


def test_what_pip_and_npm_fetch_is_pinned_by_checksum():
    lines = [line for line in (HOME / "wheels.txt").read_text("utf-8").splitlines() if line[:1] not in "#"]
    assert lines and all(re.fullmatch(r"[\w-]+==\S+ --hash=sha256:[0-9a-f]{64}", line) for line in lines)
    packages = json.loads((HOME / "package-lock.json").read_text("utf-8"))["packages"]
    assert all(one.get("integrity", "").startswith("sha512-") for name, one in packages.items() if name)
    asked = json.loads((HOME / "package.json").read_text("utf-8"))["dependencies"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in asked} == asked


def test_an_archive_is_the_same_whenever_it_is_packed(tmp_path):
    for name, contents in (("a", {"x": b"1", "y": b"2"}), ("b", {"y": b"2", "x": b"1"})):
        build.pack(tmp_path / name, contents)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


# -- what comes later -----------------------------------------------------------------------------


class _Request:
    """XMLHttpRequest of a worker, which knows the archives of `files`."""

    files: dict[str, bytes] = {}
    asked: list[str] = []
    said = 0

    @classmethod
    def tell(cls) -> None:
        """That something is fetched, which the worker tells the page."""
        cls.said += 1

    @classmethod
    def new(cls):
        return cls()

    def open(self, method, address, waits):
        self._address = address

    def send(self):
        self.asked.append(self._address)
        assert _Request.said == len(self.asked), "the page takes Python for lost while it fetches"
        self.status = 200 if self._address in self.files else 404
        content = self.files.get(self._address)
        self.response = types.SimpleNamespace(to_bytes=lambda: content)


@pytest.fixture
def fetched(tmp_path, monkeypatch):
    """Makes a worker that may fetch rest.pack, of {path: code}; returns the addresses that are asked for."""

    def serve(contents: dict[str, str], archives: dict[str, list[str]]) -> list[str]:
        build.pack(tmp_path / "packed", {name: code.encode() for name, code in contents.items()})
        monkeypatch.setattr(_Request, "files", {"http://x/rest.pack": (tmp_path / "packed").read_bytes()})
        monkeypatch.setattr(_Request, "asked", [])
        monkeypatch.setattr(later, "ROOT", str(tmp_path))
        monkeypatch.setattr(later, "HOME", str(tmp_path))
        monkeypatch.setattr(_Request, "said", 0)
        js = types.SimpleNamespace(XMLHttpRequest=_Request, fetches=_Request.tell)
        monkeypatch.setitem(sys.modules, "js", js)
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, later.Later("http://x/", archives)])
        return _Request.asked

    return serve


def test_a_module_that_is_not_there_is_fetched_when_it_is_imported(fetched):
    archives = {"gone.pack": ["is_gone"], "rest.pack": ["comes_later"]}
    asked = fetched({"comes_later/__init__.py": "VALUE = 7"}, archives)
    import comes_later

    assert comes_later.VALUE == 7
    assert asked == ["http://x/rest.pack"]
    for name in ("comes_later.inner", "nowhere_at_all"):  # what nobody has is not asked for
        with pytest.raises(ModuleNotFoundError):
            importlib.import_module(name)
    assert asked == ["http://x/rest.pack"]
    with pytest.raises(ModuleNotFoundError):  # no line, or not kept for offline
        importlib.import_module("is_gone")
    assert asked[1:] == ["http://x/gone.pack"]


def test_what_numpy_imports_and_seldom_uses_is_fetched_when_it_is_asked_for_something(
    tmp_path, fetched, monkeypatch
):
    (tmp_path / "sums").mkdir()
    (tmp_path / "sums" / "__init__.py").write_text("from . import _slow\n")
    monkeypatch.setattr(later, "LAZY", "sums._slow")
    asked = fetched(
        {"sums/_slow.py": "def total(*terms):\n    return sum(terms)"}, {"rest.pack": ["sums._slow"]}
    )
    import sums

    assert asked == []
    assert sums._slow.total(1, 2) == 3 and sums._slow.total(3) == 3
    assert asked == ["http://x/rest.pack"]
    with pytest.raises(AttributeError):
        _ = sums._slow.nothing_of_it


def test_modules_are_known_by_the_names_that_they_are_imported_by():
    site = build.SITE
    files = [
        "app/pages/_ui/link.pyc",
        "app/host/segno/__init__.pyc",
        f"{site}numpy/random/mtrand.cpython-312-x.so",
    ]
    assert build.modules([*files, f"{site}csv.py", "app/assets/style.css"]) == [
        "csv", "numpy.random.mtrand", "pages._ui.link", "segno",
    ]  # fmt: skip


def test_what_the_host_says_is_there_in_every_language_and_is_said():
    found = addresses.of_the_host()
    scripts = "".join(path.read_text("utf-8") for path in (HOME / "site").glob("*.js"))
    english = found["texts"]["en"]
    assert {key for key in english if f'"{key}"' not in scripts} == {"scripts", "no_script", "lost"}
    assert list(found["texts"]) == list(KNOWN) and {"en", "ko"} <= set(found["closest"])
    assert all(texts.keys() == english.keys() for texts in found["texts"].values())


def test_files_may_be_as_large_as_on_a_server():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    code = (HOME / "site" / "upload.js").read_text("utf-8")
    assert int(re.search(r"LARGEST = (\d+);", code)[1]) == config["server"]["maxUploadSize"]


# -- the built folder -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site():
    return built_site()


@pytest.fixture(scope="module")
def version(site):
    (folder,) = [path for path in site.iterdir() if re.fullmatch(r"[0-9a-f]{12}", path.name)]
    return folder


def test_each_page_has_an_address_with_a_policy_that_allows_its_own_files_alone(site, version):
    addresses = [site / "index.html", *(site / f"{name}.html" for name in PAGES)]
    addresses += [site / name / "index.html" for name in PAGES]
    addresses += [site / "ko" / path.relative_to(site) for path in addresses]
    for path in addresses:
        page = path.read_text("utf-8")
        policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1]
        rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
        assert rules["default-src"] == "'none'" and rules["script-src"] == "'self' 'wasm-unsafe-eval'"
        assert rules["connect-src"] == "'self'" and "unsafe-eval" not in policy.replace(
            "wasm-unsafe-eval", ""
        )
        named = [one for one in re.findall(r'(?:src|href)="([^"]+)"', page) if version.name in one]
        assert named and all((path.parent / name).resolve().is_relative_to(version) for name in named)
        assert all((path.parent / name).exists() for name in named)


def test_nothing_is_left_to_fill_in(site, version):
    for path in [*site.glob("*.html"), site / "sw.js", version / "worker.js"]:
        assert not re.search("@[A-Z]+@", path.read_text("utf-8")), path.name
    data = re.search(r'DATA = "([^"]*)"', (version / "worker.js").read_text("utf-8"))[1].split()
    assert data and all((version / name).is_file() for name in data)


def test_the_first_picture_of_each_page_is_drawn_in_each_language(version):
    for name in PAGES:
        for language in KNOWN:
            drawn = json.loads((version / "drawn" / f"{name}.{language}.json").read_text("utf-8"))
            assert drawn["main"]["c"] and drawn["menu"] and drawn["query"]["lang"] == language


def test_offline_keeps_all_that_a_visit_needs_and_nothing_that_is_not_there(site, version):
    kept = re.search(r'FILES = "([^"]+)"', (site / "sw.js").read_text("utf-8"))[1].split()
    assert all((site / name).is_file() for name in kept)
    needed = {str(path.relative_to(site)) for path in version.rglob("*") if path.is_file()}
    assert needed - set(kept) == {f"{version.name}/rest.pack"}


def names(path) -> list[str]:
    """What lies in an archive of the build."""
    with zipfile.ZipFile(io.BytesIO(gzip.decompress(path.read_bytes()))) as packed:
        return packed.namelist()


def test_the_app_and_what_it_imports_is_compiled(version):
    start, soon = names(version / "start.pack"), names(version / "soon.pack")
    scripts = {"app/app.py", *(f"app/pages/{name}.py" for name in PAGES)}
    assert {name for name in start + soon if name.endswith(".py")} == scripts
    assert "app/lstm_core/cell.pyc" in start and "app/host/streamlit/session.pyc" in start
    assert "app/lstm_core/readers/onnx_file.pyc" in soon  # no page of an experiment reads such a file
    assert all(name.endswith(".pyc") for name in names(version / "pyodide" / "stdlib.pack"))


def test_a_first_visit_loads_at_most_eight_megabytes(version):
    assert 4 < build.on_the_wire(version) < 8


def test_the_notices_name_every_part_with_version_and_checksum(site):
    notices = (site / "NOTICES").read_text("utf-8")
    for name in json.loads((HOME / "package.json").read_text("utf-8"))["dependencies"]:
        assert name == "esbuild" or f"\n{name} " in notices, name
    for name in ("pyodide", "numpy", "pandas", "segno", "katex", "marked", "plotly.js-cartesian-dist-min"):
        assert re.search(rf"^{re.escape(name)} [\d.]+  \S.*sha(256|512)-\S+$", notices, re.M), name


def test_no_own_file_names_a_foreign_host(site, version):
    """Libraries name the addresses of their own documentation; what the project wrote does not."""
    own = [*site.rglob("*.html"), site / "sw.js", version / "worker.js", *(HOME / "site").iterdir()]
    for path in own:
        found = set(re.findall(r"https?://[\w.-]+", path.read_text("utf-8")))
        assert found <= {"http://www.w3.org"}, path
