"""Four problems about numbers and flags: random generator -> **sequences** -> batch.

The adding problem is that of Hochreiter & Schmidhuber, "Long Short-Term Memory" (1997), section 5.4; a
stream without an end is what Gers, Schmidhuber & Cummins, "Learning to Forget" (2000), made the forget
gate for.
"""

import numpy as np

from .batch import Batch


def draw_recall(random: np.random.Generator, T: int, B: int) -> Batch:
    """Store a value when the store flag is 1, and say it when the ask flag is 1.

    x : (T, B, 3), value, store flag, ask flag; the values are within ±1, and all but the flagged one
        distract. The store flag comes within the first quarter, the ask flag within the last.
    """
    quarter = T // 4
    value = random.uniform(-1, 1, (T, B))
    store = random.integers(0, quarter, B)
    ask = random.integers(T - quarter, T, B)
    steps, each = np.arange(T)[:, None], np.arange(B)
    x = np.stack([value, steps == store, steps == ask], axis=-1)
    stored = value[store, each]
    counts = steps == ask
    target = (counts * stored)[..., None]
    held = np.where((steps >= store) & (steps <= ask), stored, np.nan)
    return Batch(x, target, counts, np.ones((T, B), bool), {"stored": held})


def draw_adding(random: np.random.Generator, T: int, B: int) -> Batch:
    """Add the two values that carry a mark, and say the sum at the last step.

    x : (T, B, 2), value within ±1, mark; one mark in the first half, one in the second.
    """
    value = random.uniform(-1, 1, (T, B))
    first, second = random.integers(0, T // 2, B), random.integers(T // 2, T, B)
    steps = np.arange(T)[:, None]
    mark = (steps == first) | (steps == second)
    total = np.cumsum(value * mark, axis=0)
    counts = np.broadcast_to(steps == T - 1, (T, B))
    target = (counts * total)[..., None]
    return Batch(np.stack([value, mark], axis=-1), target, counts, np.ones((T, B), bool), {"sum": total})


def draw_parity(random: np.random.Generator, T: int, B: int) -> Batch:
    """Say at each step whether the number of ones so far is even or odd.

    x : (T, B, 1), bits. The answers are symbols: even, odd.
    """
    bits = random.integers(0, 2, (T, B))
    odd = np.cumsum(bits, axis=0) % 2
    target = np.stack([odd == 0, odd == 1], axis=-1).astype(float)
    everywhere = np.ones((T, B), bool)
    return Batch(bits[..., None].astype(float), target, everywhere, everywhere, {"odd": odd * 1.0}, target)


STORE_CHANCE, ASK_CHANCE = 0.1, 0.2


def draw_stream(random: np.random.Generator, T: int, B: int, stored: np.ndarray | None = None) -> Batch:
    """Store and recall again and again, without an end and without a reset: the newest value counts.

    x : (T, B, 3), value, store flag, ask flag, as in `draw_recall`, never both flags at one step. Without
        `stored` (B,), what was stored last, a store comes at the first step.
    """
    value, dice = random.uniform(-1, 1, (T, B)), random.random((T, B))
    store, ask = dice < STORE_CHANCE, dice > 1 - ASK_CHANCE
    if stored is None:
        store[0], ask[0], stored = True, False, np.zeros(B)
    steps = np.arange(T)[:, None]
    last_store = np.maximum.accumulate(np.where(store, steps, -1), axis=0)
    held = np.where(last_store < 0, stored, np.take_along_axis(value, np.maximum(last_store, 0), axis=0))
    x = np.stack([value, store, ask], axis=-1)
    return Batch(x, (ask * held)[..., None], ask, np.ones((T, B), bool), {"stored": held}, after=held[-1])
