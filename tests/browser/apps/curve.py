"""One question to draw: link with lang, item, seed and width -> **curve** -> what arrived, as text."""

import streamlit as st

from lstm_core.items import ITEMS
from lstm_core.lesson import judge, question
from lstm_core.view.curve import Sheet
from pages._ui.curve import curve
from pages._ui.text import Words

query = st.query_params
words = Words(query.get("lang", "en"))
asked = question(ITEMS[query.get("item", "draw_fade")], int(query.get("seed", "0")))
sheet = Sheet.of(asked)
state = st.session_state
state.setdefault("drawn", None)
state.setdefault("count", 0)


def take(values):
    state.drawn, state.count = values, state.count + 1


def lock():
    state.locked = True


def again():
    state.clear()


verdict = judge(asked, state.drawn or sheet.level)
locked, drawn = state.get("locked", False), state.drawn
with st.container(key="card", width=int(query.get("width", "300"))):
    st.markdown(words(asked.text_key, **asked.values))
    curve(
        words, sheet, "curve", on_draw=take, drawn=drawn, locked=locked,
        truth=verdict.truth if locked else (),
    )  # fmt: skip
    left, right = st.columns(2)
    left.button("Lock", on_click=lock, disabled=locked)
    right.button("Again", on_click=again)
    st.markdown(f"drawn {state.count} times: {drawn}", width="stretch")
    if locked:
        st.markdown(words(verdict.why_key, **verdict.values))
st.container(height=1200, border=False)  # something to scroll to
