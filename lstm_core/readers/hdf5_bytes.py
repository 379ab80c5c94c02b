"""The parts that an HDF5 file is made of: bytes -> messages, names of groups, texts of heaps.

HDF5 File Format Specification, version 3.0. Its own library never ends on some broken files, or takes
what memory they claim; this reads as much of the format as files of weights use, every place is
checked to be within the file, and the work is counted.
"""

from collections.abc import Iterator

from .refusals import Phrase, Refused, broken

MOST_STEPS = 400_000
"""Messages, links and objects of heaps in one file."""

SIGNATURE = b"\x89HDF\r\n\x1a\n"
UNDEFINED = (1 << 64) - 1

CONTINUATION, SYMBOL_TABLE = 0x10, 0x11


class Bytes:
    """The content of a file, of which no place outside can be asked for."""

    def __init__(self, content: memoryview):
        self.content = content
        self.steps = 0

    def step(self, count: int = 1) -> None:
        """Counts pieces of work."""
        self.steps += count
        if self.steps > MOST_STEPS:
            raise Refused("too_many", most=MOST_STEPS, what=Phrase("parts"))

    def take(self, at: int, count: int) -> memoryview:
        """`count` bytes from a place."""
        if at < 0 or count < 0 or at + count > len(self.content):
            raise broken("hdf5", "outside")
        return self.content[at : at + count]

    def says(self, at: int, mark: bytes) -> bool:
        """Whether these bytes stand at a place."""
        return bytes(self.take(at, len(mark))) == mark

    def number(self, at: int, count: int) -> int:
        """A whole number of `count` bytes, least first."""
        return int.from_bytes(self.take(at, count), "little")

    def root(self) -> int:
        """The place of the first group's header. Raises Refused for forms that h5py does not write."""
        version = self.number(8, 1)
        if version > 3:
            raise broken("hdf5", "newer")
        sizes, base, root = (13, 24, 64) if version == 0 else (13, 28, 68) if version == 1 else (9, 12, 36)
        if not self.says(sizes, b"\x08\x08") or self.number(base, 8) != 0:
            raise broken("hdf5", "other_addresses")
        return self.number(root, 8)

    def messages(self, header: int) -> Iterator[tuple[int, memoryview]]:
        """(type, content) of each message of an object's header, of the old form or of the newer one."""
        is_newer = self.says(header, b"OHDR")
        if is_newer:
            flags = self.number(header + 5, 1)
            at = header + 6 + (16 if flags & 32 else 0) + (4 if flags & 16 else 0)
            width = 1 << (flags & 3)
            head, wide = 6 if flags & 4 else 4, 1  # bytes before a message, and of its type
            blocks = [(at + width, self.number(at, width))]
        elif self.number(header, 1) == 1:
            head, wide = 8, 2
            blocks = [(header + 16, self.number(header + 8, 4))]
        else:
            raise broken("hdf5", "no_header")
        while blocks:
            at, length = blocks.pop()
            end = at + length
            self.take(at, length)
            while at + head <= end:
                self.step()
                kind, size = self.number(at, wide), self.number(at + wide, 2)
                is_shared = self.number(at + wide + 2, 1) & 2  # and so it is elsewhere
                if at + head + size > end:
                    raise broken("hdf5", "long_message")
                if kind == CONTINUATION:
                    place, span = self.number(at + head, 8), self.number(at + head + 8, 8)
                    if is_newer and (not self.says(place, b"OCHK") or span < 8):
                        raise broken("hdf5", "lost_header")
                    blocks.append((place + 4, span - 8) if is_newer else (place, span))
                elif not is_shared:
                    yield kind, self.take(at + head, size)
                at += head + size

    def members(self, table: memoryview) -> Iterator[tuple[str, int, bool]]:
        """(name, header, is a soft link) of each member of a group, by its symbol table."""
        if len(table) < 16:
            raise broken("hdf5", "no_table")
        tree, heap = int.from_bytes(table[:8], "little"), int.from_bytes(table[8:16], "little")
        if not self.says(heap, b"HEAP"):
            raise broken("hdf5", "no_names")
        length, names = self.number(heap + 8, 8), self.number(heap + 24, 8)
        self.take(names, length)
        nodes, seen = [tree], set()
        while nodes:
            node = nodes.pop()
            if node in seen:
                raise broken("hdf5", "endless_group")
            seen.add(node)
            self.step()
            count = self.number(node + 6, 2)
            if self.says(node, b"TREE"):
                self.step(count)
                children = [self.number(node + 32 + 16 * place, 8) for place in range(count)]
                nodes += reversed(children)
            elif self.says(node, b"SNOD"):
                for entry in range(node + 8, node + 8 + 40 * count, 40):
                    self.step()
                    name = self.text(names + self.number(entry, 8), names + length)
                    yield name, self.number(entry + 8, 8), self.number(entry + 16, 4) == 2
            else:
                raise broken("hdf5", "no_members")

    def text(self, at: int, end: int) -> str:
        """A text that ends with a zero byte, before `end`."""
        raw = bytes(self.take(at, min(2000, end - at)))
        return raw.partition(b"\0")[0].decode("utf-8", "replace")

    def heap_object(self, collection: int, wanted: int, most: int) -> bytes:
        """An object of a global heap: at most `most` bytes."""
        if not self.says(collection, b"GCOL"):
            raise broken("hdf5", "lost_text")
        end = collection + self.number(collection + 8, 8)
        at = collection + 16
        while at + 16 <= end:
            self.step()
            number, size = self.number(at, 2), self.number(at + 8, 8)
            if number == wanted:
                if size > most:
                    raise Refused("too_many", most=most, what=Phrase("bytes_of_text"))
                return bytes(self.take(at + 16, size))
            if number == 0:
                break
            at += 16 + (size + 7) // 8 * 8
        raise broken("hdf5", "text_outside")
