"""All hostile files together, by a name that says what is wrong with each."""

from __future__ import annotations

import random
from functools import cache

from . import archives, models, pickles


@cache
def corpus() -> dict[str, bytes]:
    """Name -> content. Made when a test asks for it, because that takes seconds."""
    files = pickles.corpus() | archives.corpus() | models.corpus()
    files |= {"nothing": b"", "zeros": bytes(100_000), "text": b"hello\n" * 10, "a page": b"<html>" * 100}
    return files | {f"noise {seed}": random.Random(seed).randbytes(50 + seed * 100) for seed in range(60)}
