"""How a CSV file is written: bytes -> **encoding, separator, decimal mark** -> intake. Nothing is guessed."""

import codecs
import re
from dataclasses import dataclass

_WHOLE_PAIR = re.compile(r"[+-]?\d+,\d+", re.ASCII)


@dataclass(frozen=True)
class Dialect:
    """encoding : as Python names it. separator : between cells. decimal : "." or ","."""

    encoding: str
    separator: str
    decimal: str = "."


def decoded(content: bytes) -> tuple[str, str]:
    """Text and its encoding: UTF-8, UTF-16 with its mark, or CP949, which Korean desktops write.

    Raises UnicodeDecodeError for anything else.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16"), "UTF-16"
    try:
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        return content.decode("cp949"), "CP949"


def dialect(text: str, encoding: str = "UTF-8") -> tuple[Dialect, str]:
    """How the cells are parted, and the text without the line `sep=;` that Excel puts first.

    Between semicolons and tabs a comma is a decimal mark, if no cell has a point.
    """
    first, _, rest = text.lstrip("\r\n").partition("\n")
    said = re.fullmatch(r"sep=([;,\t])", first.strip(" \r"))
    if said:
        text, first = rest, rest.partition("\n")[0]
    parted = [sign for sign in "\t;" if sign in first and ("," not in first or _WHOLE_PAIR.search(first))]
    separator = said[1] if said else (*parted, ",")[0]
    has_comma, has_point = (re.search(rf"\d{mark}\d", text) for mark in (",", r"\."))
    decimal = "," if separator != "," and has_comma and not has_point else "."
    return Dialect(encoding, separator, decimal), text


def is_ambiguous(rows: list[list[str]]) -> bool:
    """Whether rows without a header can be pairs of whole numbers as well as numbers with decimal commas."""
    pairs = [",".join(cell.strip() for cell in row) for row in rows if len(row) == 2]
    return 0 < len(pairs) == len(rows) and all(map(_WHOLE_PAIR.fullmatch, pairs))
