"""Lines of text for pictures, because SVG does not wrap text: words with numbers -> **typeset** -> lines."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from html import escape

from ..rounding import UNKNOWN
from ..words import Words

Run = tuple[str, str | None]
"""A piece of text. Where it is a number, the key of its quantity stands beside it, else None."""

_OPEN, _BETWEEN, _CLOSE = "\ue000", "\ue001", "\ue002"
_MARKED = re.compile(f"{_OPEN}([^{_BETWEEN}]*){_BETWEEN}([^{_CLOSE}]*){_CLOSE}")
_SIGNS = re.compile(r"[*`${}]")
_HAN, _OPENS, _CLOSES = "\u3040-\u30ff\u3400-\u9fff", "“‘（「『《【", "”’）」』》】、。，．：；？！…％"
_NOT_FIRST = "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶー々"
_BREAKS = re.compile(
    f"(?<=[{_HAN}{_CLOSES}])(?=[{_HAN}{_OPENS}A-Za-z0-9σ])(?![{_NOT_FIRST}])"
    f"|(?<=[A-Za-z0-9])(?=[{_HAN}（「『《【])(?![{_NOT_FIRST}])"
)
"""Where Chinese and Japanese break without a space: not before what closes, nor after what opens."""
_NARROW, _WIDE = set("iljtfrI.,:;'|·()[] \u00a0"), set("mwMW@%")


def marked(key: str, number: str) -> str:
    """A number between marks that no text contains, so that `runs` finds it again in a sentence."""
    return f"{_OPEN}{key}{_BETWEEN}{number}{_CLOSE}"


def spoken(number: str, words: Words) -> str:
    """A number as it is read out: a covered one, shown as "?", is put into words."""
    return words("covered.number") if number == UNKNOWN else number


def read_out(sentence: str) -> str:
    """A sentence in Markdown for those who listen, without the signs of bold letters, code and symbols."""
    return _SIGNS.sub("", sentence)


def emphasised(sentence: str) -> str:
    """A sentence of the texts as HTML, escaped, with what stands between ** in bold."""
    plain_and_bold = enumerate(sentence.split("**"))
    return "".join(f"<b>{escape(piece)}</b>" if k % 2 else escape(piece) for k, piece in plain_and_bold)


@lru_cache(2**12)
def width(text: str, size: float) -> float:
    """About how wide a line is, in the units of `size`. The estimate is rather too wide than too narrow."""
    return size * sum(map(_em, text))


def bold_width(text: str, size: float) -> float:
    """About how wide a bold line is."""
    return 1.1 * width(text, size)


def _em(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 0.95
    if unicodedata.combining(letter):
        return 0.0
    return 0.27 if letter in _NARROW else 0.8 if letter in _WIDE else 0.5


def runs(sentence: str) -> list[Run]:
    """The sentence in pieces: plain text, and the numbers that were `marked` in it."""
    pieces: list[Run] = []
    end = 0
    for match in _MARKED.finditer(sentence):
        pieces += [(sentence[end : match.start()], None), (match[2], match[1])]
        end = match.end()
    return [piece for piece in [*pieces, (sentence[end:], None)] if piece[0]]


def wrapped(sentence: str, size: float, room: float) -> list[list[Run]]:
    """Lines of runs, each about as wide as `room` at most unless one word alone is wider."""
    lines: list[list[Run]] = []
    left = 0.0
    for gap, word in _words(runs(sentence)):
        needs = sum(width(text, size) for text, _ in word)
        if lines and needs + width(gap, size) <= left:
            lines[-1] += [(gap, None), *word] if gap else word
            left -= needs + width(gap, size)
        else:
            lines.append(list(word))
            left = room - needs
    return [_joined(line) for line in lines]


def _words(pieces: Iterable[Run]) -> list[tuple[str, list[Run]]]:
    """What a line may not break within, each with what stands before it on a line: a space, or nothing."""
    words: list[tuple[str, list[Run]]] = [("", [])]
    for text, key in pieces:
        for k, part in enumerate([text] if key else text.split(" ")):
            if k:
                words.append((" ", []))
            for piece in filter(None, [part] if key else _BREAKS.split(part)):
                before = words[-1][1][-1][0] if words[-1][1] else ""
                if before and _BREAKS.match(before[-1] + ("0" if key else piece[0]), 1):
                    words.append(("", []))
                words[-1][1].append((piece, key))
    return [word for word in words if word[1]]


def _joined(line: list[Run]) -> list[Run]:
    """The line with neighbouring runs of plain text joined into one."""
    whole: list[Run] = []
    for text, key in line:
        if whole and key is None and whole[-1][1] is None:
            whole[-1] = (whole[-1][0] + text, None)
        else:
            whole.append((text, key))
    return whole
