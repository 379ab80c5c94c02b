"""Names out of a file, which may be any text: name -> one that can be **written**, and **shown**."""

import re

from .refusals import Phrase, Refused

LONGEST_NAME = 500
"""Letters of an array's name; PyTorch, Keras and ONNX write some dozens."""

MOST_SHOWN = 200
"""Letters of a name on a screen; the map of layers tells the whole of a longer one where a pointer rests."""

MOST_IN_FILE = 120
"""Systems take 255 bytes for the name of a file."""


def check_length(*parts: str) -> None:
    """A Refused for a name, or the parts that one is made of, of more than LONGEST_NAME letters."""
    if sum(map(len, parts)) > LONGEST_NAME:
        raise Refused("too_many", most=LONGEST_NAME, what=Phrase("letters_of_name"))


def writable(name: str) -> str:
    """The name with a lone surrogate, which no encoding can write, as the six letters `\\ud800`."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def printable(name: str) -> str:
    """The name on one line, with a sign in place of each letter that moves a cursor or turns a line."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in name)


def shown_name(name: str) -> str:
    """The name as it stands on a screen: printable, and of a long one the beginning and the end."""
    plain = printable(name)
    if len(plain) <= MOST_SHOWN:
        return plain
    end = MOST_SHOWN // 4
    return f"{plain[: MOST_SHOWN - end - 1]}…{plain[-end:]}"


def in_file_name(name: str) -> str:
    """The name for a part of a file's name, of at most MOST_IN_FILE bytes; "" where nothing of it is left."""
    plain = re.sub(r"[^\w.-]+", "_", name).strip("._")
    return plain.encode()[:MOST_IN_FILE].decode("utf-8", "ignore")
