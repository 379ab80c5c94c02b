"""What became of a part of the memory: trace, chosen band -> **sentence**."""

from __future__ import annotations

import streamlit as st

from lstm_core.memory import life_of_part
from lstm_core.rounding import text
from lstm_core.trace import LSTMTrace
from lstm_core.view.strip import MAX_BAND_STEPS
from lstm_core.words import Words
from lstm_core.workbench.focus import Focus

from .. import session


def band_life(words: Words, trace: LSTMTrace, focus: Focus) -> None:
    """A sentence on what became of the chosen part of the memory until the step in focus.

    Without a chosen part, it invites the reader to choose one.
    """
    s = session.band()
    if trace.T > MAX_BAND_STEPS or focus.present:
        return
    life = None if s is None or s > focus.t else life_of_part(trace, focus.unit, s, focus.t)
    if life is None or life.is_covered:  # nothing is told while a question about it is open
        st.markdown(words("provenance.choose"))
        return
    values = {
        "s": s,
        "t": focus.t,
        "written": text(life.written, sign=True),
        "left": text(life.left, sign=True),
    }
    if life.worst_t is None:
        st.markdown(words("provenance.born", **values))
        return
    values |= {"n": life.steps, "worst_t": life.worst_t, "worst_f": text(life.worst_f)}
    st.markdown(words("provenance.life_of_start" if s == 0 else "provenance.life", **values))
