"""A zip archive, treated as hostile: read in memory, no member larger than it may be, none written out."""

import struct
import zipfile
import zlib
from typing import BinaryIO

from .limits import MOST_ARRAYS, Budget
from .refusals import Phrase, Refused, broken

_DIRECTORY_BYTES = 4_000_000
"""More than the directory of an archive of MOST_ARRAYS members has."""


_MOST_EXTRA = 1000
"""Bytes of extra fields of a member, where the sizes of large files stand: some dozens. Python's own reader
copies all that follow a field for each of them."""


def _check_directory(content: bytes) -> None:
    """A Refused for too many members, or large extra fields, before Python's reader has the directory."""
    at = count = 0
    while content.startswith(b"PK\x01\x02", at) and at + 46 <= len(content):
        name, extra, comment = struct.unpack_from("<3H", content, at + 28)
        count += 1
        if count > MOST_ARRAYS:
            raise Refused("too_many", most=MOST_ARRAYS, what=Phrase("members"))
        if extra > _MOST_EXTRA:
            what = content[at + 46 : at + 46 + name].decode("utf-8", "replace")
            raise Refused("too_many", most=_MOST_EXTRA, what=Phrase("bytes_in", name=what[-60:]))
        at += 46 + name + extra + comment


class _Directory:
    """The file while its directory is read, which lies about its own length in a hostile archive."""

    def __init__(self, file: BinaryIO):
        self.file = file
        self.open = False

    def read(self, count: int = -1) -> bytes:
        if self.open:
            return self.file.read(count)
        content = self.file.read(min(count, _DIRECTORY_BYTES + 1) if count >= 0 else _DIRECTORY_BYTES + 1)
        if len(content) > _DIRECTORY_BYTES:
            raise Refused("too_many", most=MOST_ARRAYS, what=Phrase("members"))
        _check_directory(content)
        return content

    def seek(self, *where) -> int:
        return self.file.seek(*where)

    def tell(self) -> int:
        return self.file.tell()

    def seekable(self) -> bool:
        return True


class Archive:
    """The members of a zip file by name.

    Raises Refused for broken archives, members that climb out of it, links, duplicates and
    compression other than deflate.
    """

    def __init__(self, file: BinaryIO, budget: Budget):
        directory = _Directory(file)
        self.budget = budget
        try:
            self._zip = zipfile.ZipFile(directory)
        except Refused:
            raise
        except Exception:  # zipfile raises what it meets: BadZipFile, struct.error, UnicodeDecodeError
            raise broken("zip", "not_unpacked") from None
        directory.open = True
        members = self._zip.infolist()
        if len(members) > MOST_ARRAYS:
            raise Refused("too_many", most=MOST_ARRAYS, what=Phrase("members"))
        self.members: dict[str, zipfile.ZipInfo] = {}
        for member in members:
            name = member.filename
            is_link = (member.external_attr >> 16) & 0o170000 == 0o120000
            if (
                name.startswith(("/", "\\"))
                or ".." in name.replace("\\", "/").split("/")
                or ":" in name[:3]
                or is_link
            ):
                raise Refused("path", name=name)
            if name in self.members:
                raise broken("zip", "same_name", name=name[:60])
            self.members[name] = member

    def size(self, name: str) -> int:
        """Bytes of a member when unpacked, as the archive says."""
        return self.members[name].file_size

    def head(self, name: str, count: int) -> bytes:
        """The first bytes of a member, at most `count`."""
        return self._bytes(name, min(count, self.members[name].file_size))

    def read(self, name: str, most: int | None = None) -> bytes:
        """All bytes of a member: exactly as many as the archive says, and no more than `most`."""
        if name not in self.members:
            raise broken("archive", "missing", name=name[:80])
        size = self.members[name].file_size
        if most is not None and size > most:
            raise Refused("too_many", most=most, what=Phrase("bytes_in", name=name[-60:]))
        return self._bytes(name, size)

    def _bytes(self, name: str, count: int) -> bytes:
        member = self.members[name]
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused("compressed", name=name)
        self.budget.spend(count)
        try:
            with self._zip.open(member) as stream:
                content = stream.read(count)
        except (
            RuntimeError,
            OSError,
            EOFError,
            zipfile.BadZipFile,
            zlib.error,
            ValueError,
            OverflowError,
        ):
            raise broken("zip", "not_unpacked") from None
        if len(content) != count:
            raise broken("zip", "short_member", name=name[:80])
        return content
