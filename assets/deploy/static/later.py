"""What is not there at the start comes when it is imported: most pages of lessons, pandas, and much else.

A worker may wait for a file, so the `import` itself fetches. Where nothing can be fetched, the import fails
as it does for any module that is missing.
"""

import importlib.util
import io
import json
import site
import sys
import zipfile
import zlib
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

ROOT, HOME = "/", site.getsitepackages()[0]
GZIP = 31
"""For zlib: bytes that begin as a file of gzip does."""

LAZY = "numpy.linalg._umath_linalg"
"""NumPy imports it at the start and few pages ask it for anything."""


class Later:
    """Python asks it for what is found nowhere else. `archives`: name of an archive -> modules in it."""

    def __init__(self, address: str, archives: dict[str, list[str]]):
        self._address, self._fetched = address, set()
        self._archive_of = {name: archive for archive, names in archives.items() for name in names}

    def find_spec(self, name: str, path=None, target=None):
        archive = self._archive_of.get(name) or self._archive_of.get(name.partition(".")[0])
        if name == LAZY and archive:
            return ModuleSpec(name, self)
        if archive is None or not self.unpacked(archive):
            return None
        # Of a package that came in parts the rest is unpacked elsewhere, if the first lies in a zip.
        beside = f"{HOME}/{name.rpartition('.')[0].replace('.', '/')}"
        return PathFinder.find_spec(name, path if path is None else [*path, beside])

    def unpacked(self, archive: str) -> bool:
        if archive not in self._fetched:
            content = self._fetch(archive)
            if content is None:
                return False
            with zipfile.ZipFile(io.BytesIO(zlib.decompress(content, GZIP))) as packed:
                packed.extractall(ROOT)
            self._fetched.add(archive)
            sys.path_importer_cache.clear()
        return True

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return WhenAsked(spec.name, lambda: self.unpacked(self._archive_of[spec.name]))

    def exec_module(self, module: ModuleType) -> None:
        """Nothing runs yet."""

    def _fetch(self, archive: str) -> bytes | None:
        from js import XMLHttpRequest, fetches

        fetches()
        request = XMLHttpRequest.new()
        request.open("GET", self._address + archive, False)
        request.responseType = "arraybuffer"
        try:
            request.send()
        except Exception:  # no line, and not kept for offline
            return None
        return request.response.to_bytes() if request.status == 200 else None


class WhenAsked(ModuleType):
    """A module that is loaded when it is asked for the first of its names."""

    def __init__(self, name: str, fetch):
        super().__init__(name)
        self._fetch = fetch

    def __getattr__(self, name: str):
        if name.startswith("__"):
            raise AttributeError(name)
        self._fetch()
        package = sys.modules[self.__name__.rpartition(".")[0]]
        spec = PathFinder.find_spec(self.__name__, package.__path__)
        real = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(real)
        self.__dict__.update({name: value for name, value in vars(real).items() if name[:2] != "__"})
        return getattr(real, name)


def install(address: str) -> None:
    with open("/app/host/later.json", encoding="utf-8") as file:
        sys.meta_path.append(Later(address, json.load(file)))
