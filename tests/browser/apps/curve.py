"""One question to draw: link with lang, item, seed and width -> **curve** -> what arrived, as text."""

import streamlit as st

from lstm_core.lessons.items import ITEMS
from lstm_core.lessons.posing import question
from lstm_core.lessons.verdict import judge
from lstm_core.view.lessons.curve_sheet import CurveSheet
from lstm_core.words import Words
from pages._ui.browser.curve import curve, drawing

query = st.query_params
words = Words(query.get("lang", "en"))
asked = question(ITEMS[query.get("item", "draw_fade")], int(query.get("seed", "0")))
sheet = CurveSheet.of(asked)
state = st.session_state
for name, value in {"turn": 0, "count": 0, "answer": None}.items():
    state.setdefault(name, value)
key = f"curve.{state.turn}"


def count():
    state.count += 1


def lock():
    state.answer = drawing(key, sheet) or sheet.level


def again():
    state.turn, state.count, state.answer = state.turn + 1, 0, None


verdict = judge(asked, state.answer) if state.answer else None
with st.container(key="card", width=int(query.get("width", "300"))):
    st.markdown(words(asked.text_key, **asked.values))
    if verdict:
        curve(words, sheet, key, drawn=verdict.answer, truth=verdict.truth)
        st.markdown(words(verdict.why_key, **verdict.values))
    else:
        curve(words, sheet, key, on_change=count)
    st.button("Lock", on_click=lock, disabled=bool(verdict))
    st.button("Again", on_click=again)
    st.markdown(f"drawn {state.count} times: {state.answer or drawing(key, sheet)}")
st.container(height=1200, border=False)  # something to scroll to
