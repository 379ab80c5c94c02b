"""Which answers a question offers, so that none is found without looking: answers -> **options**.

The right answer stands at each place equally often, counted over the variants of an item. A rule such as
"always the largest" or "always the third" therefore wins no more than a blind guess.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import combinations

import numpy as np

MOST = 4
"""Most options of a question whose options are numbers."""


def turn(key: str, seed: int, count: int) -> int:
    """A number from 0 to count − 1 for a seed: each one once in every `count` seeds, in a changing order."""
    round_, k = divmod(seed, count)
    return int(_order(key, round_, count)[k])


@lru_cache(1024)  # an item asks for its turn again for each case that it draws
def _order(key: str, round_: int, count: int) -> np.ndarray:
    return np.random.default_rng([7, round_, *key.encode()]).permutation(count)


def offered(
    key: str,
    seed: int,
    truth: float,
    beliefs: dict[str, float],
    apart: Callable[[list[float]], bool],
    signed: bool = False,
    in_turn: bool = True,
) -> tuple[str, ...] | None:
    """The wrong ideas whose numbers are offered beside the right one, so that it has its place by size.

    beliefs : more wrong ideas than are needed. apart : whether some numbers can be told from one another.
    signed : whether numbers may be negative. Then the right answer also has its place among the numbers
        without their signs: the same one, or that from the other end.
    in_turn : False where the right answer may have any place, because nothing else suits the run.
    Returns None where no choice of them gives the right answer its place.
    """
    wrong = min(MOST - 1, len(beliefs))
    place = turn(key, seed, wrong + 1)
    without_sign = wrong - place if signed and turn(f"{key} without sign", seed, 2) else place
    choices = [
        choice
        for choice in combinations(beliefs, wrong)
        if not in_turn
        or sum(beliefs[name] < truth for name in choice) == place
        and (not signed or sum(abs(beliefs[name]) < abs(truth) for name in choice) == without_sign)
    ]
    order = np.random.default_rng([8, seed, *key.encode()]).permutation(len(choices))
    for choice in (choices[k] for k in order):
        if apart([truth, *(beliefs[name] for name in choice)]):
            return choice
    return None


def wanted(key: str, seed: int, claims: Sequence[str], never: Sequence[str]) -> str:
    """The claim that is to be true in a variant: each of those that can be true has its turn."""
    possible = [claim for claim in claims if claim not in never]
    return possible[turn(key, seed, len(possible))]
