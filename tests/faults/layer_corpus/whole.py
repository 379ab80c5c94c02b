"""All hostile files together, by a name that says what is wrong with each."""

import random
from functools import cache

from . import archives, models, pickles


@cache
def files() -> archives.Files:
    """Name -> why it is refused, and its bytes. Made when a test asks for it, because that takes seconds."""
    others = {"zeros": bytes(100_000), "text": b"hello\n" * 10, "a page": b"<html>" * 100}
    others |= {f"noise {seed}": random.Random(seed).randbytes(50 + seed * 100) for seed in range(10)}
    made = pickles.files() | archives.files() | models.files() | {"nothing": ("empty", b"")}
    return made | {name: ("unknown", content) for name, content in others.items()}


def corpus() -> dict[str, bytes]:
    """Name -> bytes."""
    return {name: content for name, (_, content) in files().items()}
