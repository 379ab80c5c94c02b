"""The scripts of a figure as one, for a page that has no address to load them from: module -> **script**.

Each module becomes a function of its own, so that names do not meet; `export` and `import` become what these
functions give and take. It reads the plain forms that assets/figure keeps to, and refuses all others.
"""

import re
from functools import cache

from ..assets import ASSETS

FOLDER = ASSETS / "figure"

_IMPORT = re.compile(r'^import (\w+|\{[^}]+\}) from "\./([\w.]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (async function|function|const|let) (\w+)", re.MULTILINE)
_DEFAULT = re.compile(r"^export default (async function|function) ?\(", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b", re.MULTILINE)


@cache
def script(module: str) -> str:
    """JavaScript that defines `modules`, in which `modules["frames.js"].default` is what a module exports.

    Raises ValueError for a module that imports or exports in another way.
    """
    written: dict[str, str] = {}
    _write(module, written)
    return "const modules = {};\n" + "".join(written.values())


def _write(name: str, written: dict[str, str]) -> None:
    """Adds a module to those that are written, after all that it imports."""
    source = (FOLDER / name).read_text("utf-8")
    takes = []
    for names, of in _IMPORT.findall(source):
        if of not in written:
            _write(of, written)
        wanted = names.replace(" as ", ": ") if names[0] == "{" else f"{{ default: {names} }}"
        takes.append(f"const {wanted} = modules[{of!r}];\n")
    body = _IMPORT.sub("", source)
    gives = [name for _, name in _EXPORT.findall(body)]
    if _DEFAULT.search(body):
        body = _DEFAULT.sub(r"const theDefault = \1 (", body)
        gives.append("default: theDefault")
    body = _EXPORT.sub(r"\1 \2", body)
    if found := _LEFT.search(body):
        line = body[: found.start()].count("\n") + 1
        raise ValueError(f"assets/figure/{name}: an import or export near line {line} is of another form")
    written[name] = (
        f"modules[{name!r}] = (() => {{\n{''.join(takes)}{body}return {{ {', '.join(gives)} }};\n}})();\n"
    )
