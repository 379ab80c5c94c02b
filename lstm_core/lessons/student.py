"""The number of a student, and the variants that it draws: number as typed -> **number** -> seed.

The number may be the one that the school gives, a seat, or a code that only the student knows. The same
number always draws the same variants, so that a teacher can work out again what each student was asked.
"""

import hashlib
import re
import unicodedata

from .question import SEEDS

LONGEST_NUMBER = 20

_NUMBER = re.compile(rf"[a-z0-9-]{{1,{LONGEST_NUMBER}}}", re.ASCII)


def number_of(typed: object) -> str:
    """The number without spaces, in small letters and plain digits; "" for what is no number.

    It has letters from a to z, digits and hyphens, 20 of them at most.
    """
    if not isinstance(typed, str):
        return ""
    plain = "".join(unicodedata.normalize("NFKC", typed[: 10 * LONGEST_NUMBER]).lower().split())
    return plain if _NUMBER.fullmatch(plain) else ""


def seed_of(number: str, kind: str, key: str, which: int) -> int:
    """The seed that a student's number draws of an item or task, from 1 on.

    which : 1 for the first variant of it in a lesson, 2 for the second, and so on. They differ.
    """
    taken: list[int] = []
    for k in range(1, which + 1):
        drawn = hashlib.sha256(f"{number} {kind} {key} {k}".encode()).digest()
        first = int.from_bytes(drawn[:8], "big")
        free = (1 + (first + more) % (len(SEEDS) - 1) for more in range(which))
        taken.append(next(seed for seed in free if seed not in taken))
    return taken[-1]
