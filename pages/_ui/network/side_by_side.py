"""All layers of a file side by side: network -> **how long the units of each layer remember**."""

from __future__ import annotations

import streamlit as st

from lstm_core.readers.loaded_network import LoadedNetwork
from lstm_core.view.network import lives, steps_text
from lstm_core.words import Words

from ..browser.picture import picture
from .choice import chosen_in_picture, data_of


def side_by_side(words: Words, network: LoadedNetwork) -> None:
    """The picture, under what it is of and the medians in one line."""
    found = network.lives()
    on = network.side_by_side_on
    st.markdown(
        words("network.lives_says", steps=" → ".join(steps_text(one.quartiles()[1]) for one in found))
    )
    st.caption(words(f"network.lives_{on}", data=data_of(words, network)))
    picture(lives(found, network.chosen, words), key="network.lives", on_choose=chosen_in_picture)
