"""Some seconds of the fuzzer, by night minutes: always the same files; `python -m tests.fuzz` goes on."""

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lstm_core.readers import Refused, read_file
from tests.faults.layer_corpus.archives import npy, zipped
from tests.fuzz.case import Wrong, check, compare
from tests.fuzz.expensive import EXPENSIVE
from tests.fuzz.mutants import mutants
from tests.fuzz.oracles import Oracle, missing
from tests.fuzz.wellformed import KINDS
from tests.nightly import examples


def same(examples: int):
    """The same files at each run."""
    return settings(
        max_examples=examples, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )


@pytest.fixture(scope="module")
def oracle():
    asked = Oracle()
    yield asked
    asked.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_with_odd_contents_is_read_or_refused(kind):
    same(examples(8, 150))(given(KINDS[kind])(check))()


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_was_changed_is_read_or_refused(kind):
    same(examples(8, 150))(given(mutants(kind))(check))()


def test_a_file_that_is_built_to_be_expensive_is_read_or_refused():
    same(examples(8, 60))(given(EXPENSIVE)(check))()


@pytest.mark.parametrize("kind", KINDS)
def test_the_numbers_are_those_that_the_frameworks_own_library_reads(kind, oracle):
    if missing(kind):
        pytest.skip(f"{missing(kind)} is not installed, so that nothing is known of its numbers")

    @same(examples(6, 100))
    @given(KINDS[kind] | mutants(kind))
    def the_numbers_are_the_same(content: bytes) -> None:
        compare(kind, content, oracle)

    the_numbers_are_the_same()


def test_the_fuzzer_knows_a_file_that_is_read_wrongly(oracle):
    """Where the library says another number than the reader, that has to be told."""
    right = zipped({"W.npy": npy(np.zeros((4, 1, 2))), "b.npy": npy(np.zeros((4, 1)))})
    compare("npz", right, oracle)

    class Other:
        def ask(self, kind, content):
            arrays, why = oracle.ask(kind, content)
            return {name: array + (name == "W") for name, array in arrays.items()}, why

    with pytest.raises(Wrong, match="other numbers"):
        compare("npz", right, Other())


def test_most_files_with_odd_contents_are_read_at_all():
    """A fuzzer whose files are all refused at the door would find nothing."""
    for kind, strategy in KINDS.items():
        read = set()

        def count(content: bytes, read: set[bytes]) -> None:
            with suppress(Refused):
                if read_file(content).layers:
                    read.add(content)

        same(examples(10, 100))(given(strategy, st.just(read))(count))()
        assert len(read) > examples(0, 10), kind
