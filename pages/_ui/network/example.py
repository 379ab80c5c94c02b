"""An example for who has no file yet: weights that were trained here -> network -> **one unit over time**."""

from functools import cache

import streamlit as st

from lstm_core.readers import Refused, read_file
from lstm_core.readers.loaded_network import LoadedNetwork
from lstm_core.training import course_from_npz, problem_of
from lstm_core.view.strip import Row, time_strip
from lstm_core.words import Words

from ..browser.picture import picture
from ..site import ASSETS

EXAMPLE = "recall"
ROWS = (Row("inputs"), Row("lines", 60, ("f", "i", "o")), Row("ledger", 80))


def example() -> LoadedNetwork:
    """A layer that was trained here, on a sequence of the problem that it was trained on."""
    course = course_from_npz((ASSETS / "courses" / f"{EXAMPLE}.npz").read_bytes())
    found = read_file(course.network().params.to_json().encode())
    network = LoadedNetwork.of(found, f"{EXAMPLE}.json")
    network.feed(problem_of(EXAMPLE).test().x[:, 0], f"{EXAMPLE}.csv")
    return network


def preview(words: Words) -> None:
    """What the page shows of a layer, on its example: the unit that remembers longest."""
    try:
        says, strip = _drawn(words.language)
    except Refused:  # the process has no room at present, and the page is whole without it
        return
    with st.container(key="network.preview"):
        st.markdown(says)
        picture(strip, key="network.preview_strip")


@cache
def _drawn(language: str) -> tuple[str, str]:
    """The sentence and the strip, which are the same for every reader of a language."""
    words, network = Words(language), example()
    unit, t = network.first_look()
    trace, half_life = network.run().trace, network.ranking().half_life[unit - 1]
    says = words("network.example_says", H=network.layer.H, unit=unit, half_life=f"{half_life:.1f}")
    return says, time_strip(trace, unit, t, list(ROWS), words)
