"""The zip that a learning platform gives for a whole class: one file -> **files of students**.

Moodle, Canvas, Blackboard and Brightspace name folders or files by student; so the name is the platform's,
and not the one that a student typed. The zip is treated as hostile: how long its list of entries is, how many
there are and how large is known before anything is unpacked; nothing goes to disk, and a zip in it is read
as a hand-in alone, in which no zip may be.
"""

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from ..workbench.harmless import harmless
from .fields import Refused
from .hand_in import DAMAGED, JSON_NAME, MAX_FILES, MAX_ZIP, is_plain_file

MAX_CLASS_ZIP = 40_000_000
"""Most bytes of the zip."""

MOST_ENTRIES = 5 * MAX_FILES
"""Most files and folders in it: what students handed in beside their file counts, too."""

_LONGEST_PATH = 400
_END = struct.Struct("<4s4H2LH")  # of the list of entries, as the ZIP format has it
_TOO_LARGE = Refused("too_many_bytes", most=MAX_ZIP // 1000)

_PLATFORMS = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        r"(?P<name>.+?)_\d+_assignsubmission_.*",  # Moodle
        r"\d+-\d+ ?- ?(?P<name>.+?) ?- .*",  # Brightspace
        r".+_(?P<name>[^_]+)_attempt_\d{4}-.*",  # Blackboard
        r"(?P<name>[^\W\d_]+)(?:_LATE)?_\d+_\d+_.*",  # Canvas
    )
)
"""How platforms name the folder or the file of a student."""


@dataclass(frozen=True)
class ClassFile:
    """A file of the zip. path : in it, harmless. student : by the platform's name; "" where it names none.

    content : the bytes of a hand-in; None where it is refused.
    """

    path: str
    student: str
    content: bytes | None = None
    refused: Refused | None = None


def unpacked(name: str, content: bytes) -> Iterator[ClassFile]:
    """The files of students in what a teacher brought: one hand-in, or the zip of a class. Never raises.

    name : of the file. Each file is unpacked when its turn comes, those of one student in the order of time.
    """
    refusal = _TOO_LARGE
    try:
        archive = _opened(content)
        names = archive.namelist()
        if JSON_NAME not in names and any(map(_is_zip, names)):
            yield from _of_class(archive)
            return
    except Refused as refused:
        if content[:2] == b"PK":
            refusal = refused
    if len(content) > MAX_ZIP:
        yield ClassFile(harmless(name), "", refused=refusal)
    else:
        yield ClassFile(harmless(name), "", content)


def _of_class(archive: zipfile.ZipFile) -> Iterator[ClassFile]:
    """What is no zip is left out where the same student handed in a zip, too, and else refused."""
    entries = [entry for entry in archive.infolist() if not _is_beside(entry)]
    entries.sort(key=lambda entry: (_folder(entry.filename), entry.date_time))
    handed_in = {_folder(entry.filename) for entry in entries if _is_zip(entry.filename)}
    for entry in entries:
        path = harmless(entry.filename, most=120)
        if _is_zip(entry.filename):
            yield _read(archive, entry, path)
        elif _folder(entry.filename) not in handed_in:
            yield ClassFile(path, student_of(entry.filename), refused=Refused("not_zip"))


def student_of(path: str) -> str:
    """Who handed in a file, by the platform's name of a folder or a file; "" where it names none."""
    *folders, name = path.split("/")
    for said in (*reversed(folders), name):
        for pattern in _PLATFORMS:
            if found := pattern.fullmatch(said):
                return harmless(found["name"])
    return harmless(folders[-1]) if folders else ""


def _opened(content: bytes) -> zipfile.ZipFile:
    """The zip, once its list of entries is known to be short. Raises Refused."""
    if len(content) > MAX_CLASS_ZIP:
        raise Refused("too_many_bytes", most=MAX_CLASS_ZIP // 1000)
    at = content.rfind(b"PK\5\6", max(0, len(content) - _END.size - 0xFFFF))
    if at < 0 or len(content) < at + _END.size:
        raise Refused("not_zip")
    *_, entries, size, _, _ = _END.unpack_from(content, at)
    # Zips of more than 4 GB have a second list, which zipfile would read instead of this one.
    if content[max(0, at - 20) : at].startswith(b"PK\6\7"):
        raise Refused("members")
    if entries > MOST_ENTRIES or size > MOST_ENTRIES * (_LONGEST_PATH + 46):
        raise Refused("too_many", name="zip", most=MOST_ENTRIES)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except DAMAGED:
        raise Refused("not_zip") from None
    names = archive.namelist()
    if len(names) > MOST_ENTRIES or len(names) != len(set(names)) or not all(map(_is_plain, names)):
        raise Refused("members")
    return archive


def _is_plain(path: str) -> bool:
    """Whether a path is short and leads nowhere else."""
    parts = path.removesuffix("/").split("/")
    return len(path) <= _LONGEST_PATH and "\\" not in path and not {"", ".", ".."} & set(parts)


def _is_beside(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is a folder, or what macOS puts beside the files."""
    name = entry.filename.rpartition("/")[2]
    return entry.is_dir() or entry.filename.startswith("__MACOSX/") or name.startswith(".")


def _is_zip(path: str) -> bool:
    return path.lower().endswith(".zip")


def _folder(path: str) -> str:
    """What the files of one student share: the folder, or the file itself where there is none."""
    return path.rpartition("/")[0] or path


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str) -> ClassFile:
    student = student_of(entry.filename)
    if not is_plain_file(entry):
        return ClassFile(path, student, refused=Refused("members"))
    if entry.file_size > MAX_ZIP:
        return ClassFile(path, student, refused=_TOO_LARGE)
    try:
        with archive.open(entry) as member:
            content = member.read(MAX_ZIP + 1)  # the size that an entry states may be false
    except DAMAGED:
        return ClassFile(path, student, refused=Refused("not_zip"))
    if len(content) > MAX_ZIP:
        return ClassFile(path, student, refused=_TOO_LARGE)
    return ClassFile(path, student, content)
