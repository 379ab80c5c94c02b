"""What drives one unit: network -> **the steps where its memory is highest and lowest**."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lstm_core.labels import shown
from lstm_core.readers.loaded_network import LoadedNetwork
from lstm_core.readers.named_steps import Context
from lstm_core.rounding import text
from lstm_core.words import Words

from . import loaded
from .said import plain


def driven(words: Words, network: LoadedNetwork) -> None:
    """Two lists of steps, each with the labels around it; of a captured batch out of all its sequences."""
    unit = loaded.focus(network).unit
    C = "h" if network.layer.kind == "gru" else "C"
    captured = network.seen is not None and network.sequence is not None
    st.caption(words("network.contexts_captured" if captured else "network.contexts_one", unit=unit, C=C))
    for column, found, which in zip(
        st.columns(2, gap="large"), network.contexts(unit), ("highest", "lowest"), strict=True
    ):
        with column:
            st.markdown(f"**{words(f'network.contexts_{which}', C=C)}**")
            st.markdown("\n".join(f"- {_line(words, one, captured)}" for one in found))


def _line(words: Words, one: Context, captured: bool) -> str:
    where = (
        words("network.context_in", t=one.t, k=one.sequence) if captured else words("network.step", t=one.t)
    )
    around = [*one.before, one.label, *one.after]
    between = "" if max(map(len, around)) <= 1 else " "
    before, after = (_joined(labels, between) for labels in (one.before, one.after))
    # Beside letters Markdown makes no sign bold, so that a hair's breadth stands between.
    label = f"\u200a**{plain(shown(one.label))}**\u200a" if one.label else ""
    return f"{plain(text(one.value))} · {where}" + f": {before}{between}{label}{between}{after}" * bool(label)


def _joined(labels: Sequence[str], between: str) -> str:
    return plain(between.join(shown(label) for label in labels))
