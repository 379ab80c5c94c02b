"""Names out of a file, which may be any text: name -> one that can be **written**, and **shown**."""

from __future__ import annotations

from .phrases import Phrase
from .refusals import Refused

LONGEST_NAME = 500
"""Letters of an array's name; PyTorch, Keras and ONNX write some dozens."""

MOST_SHOWN = 200


def check_length(*parts: str) -> None:
    """A Refused for a name, or the parts that one is made of, of more than LONGEST_NAME letters."""
    if sum(map(len, parts)) > LONGEST_NAME:
        raise Refused("too_many", most=LONGEST_NAME, what=Phrase("letters_of_name"))


def writable(name: str) -> str:
    """The name with a lone surrogate, which no encoding can write, as the six letters `\\ud800`."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def shown_name(name: str) -> str:
    """The name as it stands on a screen: on one line, printable, its first MOST_SHOWN letters at most."""
    plain = "".join(letter if letter.isprintable() else "\ufffd" for letter in name[: MOST_SHOWN + 1])
    return plain if len(plain) <= MOST_SHOWN else plain[: MOST_SHOWN - 1] + "…"
