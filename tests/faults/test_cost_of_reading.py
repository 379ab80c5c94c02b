"""The cost of reading is linear in the size of a file, whatever a well-formed file asks a reader for."""

import time
import tracemalloc
from contextlib import suppress

import pytest

from lstm_core.readers import Refused, read_file
from tests.faults.layer_corpus.costly import COSTLY
from tests.nightly import sample

SIZE = 60_000
MOST = 2.5
"""Times as much, for twice the file."""

ROUNDS = 12
"""A busy machine makes single measurements long, so the least of several counts; of no more than it takes."""


def read(content: bytes) -> None:
    with suppress(Refused):
        read_file(content)


def seconds(content: bytes, times: int) -> float:
    start = time.process_time()
    for _ in range(times):
        read(content)
    return time.process_time() - start


def bytes_taken(content: bytes) -> int:
    tracemalloc.start()
    try:
        read(content)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kind", sample(COSTLY, 1))
def test_twice_the_file_takes_twice_as_long_and_twice_as_much_room(kind):
    once, twice = COSTLY[kind](SIZE), COSTLY[kind](2 * SIZE)
    assert bytes_taken(twice) <= MOST * bytes_taken(once) + 4 * len(twice)
    # What takes no time at all is read so often that the clock can tell it.
    times = max(1, int(0.02 / (seconds(once, 1) + 1e-5)))
    least = [float("inf"), float("inf")]
    for _ in range(ROUNDS):
        least = [min(least[0], seconds(once, times)), min(least[1], seconds(twice, times))]
        if least[1] <= MOST * least[0]:
            break
    assert least[1] <= MOST * least[0]
