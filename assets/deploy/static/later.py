"""What is not there at the start comes when it is imported: pandas, and the rest of the libraries.

A worker may wait for a file, so `import pandas` is all that a page has to say. Where nothing can be fetched,
the import fails as it does for any module that is missing.
"""

from __future__ import annotations

import io
import json
import site
import sys
import zipfile
from importlib.machinery import PathFinder

_HOME = site.getsitepackages()[0]


class Later:
    """Asked by Python where a module is found nowhere else. `archives`: name of a zip -> modules in it."""

    def __init__(self, address: str, archives: dict[str, list[str]]):
        self._address, self._fetched = address, set()
        self._archive_of = {name: archive for archive, names in archives.items() for name in names}

    def find_spec(self, name: str, path=None, target=None):
        archive = self._archive_of.get(name) or self._archive_of.get(name.partition(".")[0])
        if archive is None or not self._unpacked(archive):
            return None
        return PathFinder.find_spec(name, path if path is None else [*path, *self._beside(name)])

    def _unpacked(self, archive: str) -> bool:
        if archive not in self._fetched:
            content = self._fetch(archive)
            if content is None:
                return False
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                packed.extractall(_HOME)
            self._fetched.add(archive)
            sys.path_importer_cache.clear()
        return True

    @staticmethod
    def _beside(name: str) -> list[str]:
        """Where the rest of a package is unpacked that came in parts."""
        return [f"{_HOME}/{name.rpartition('.')[0].replace('.', '/')}"]

    def _fetch(self, archive: str) -> bytes | None:
        from js import XMLHttpRequest

        request = XMLHttpRequest.new()
        request.open("GET", self._address + archive, False)
        request.responseType = "arraybuffer"
        try:
            request.send()
        except Exception:  # no line, and not kept for offline
            return None
        return request.response.to_bytes() if request.status == 200 else None


def install(address: str) -> None:
    with open("/app/host/later.json", encoding="utf-8") as file:
        sys.meta_path.append(Later(address, json.load(file)))
