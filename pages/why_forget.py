"""Why a forget gate: the same weights and inputs through the cell of 1997 and through the gated one."""

import streamlit as st

from lstm_core.view.growth import growth
from lstm_core.words import Words
from pages._ui.browser.picture import picture
from pages._ui.picture_page import picture_page


def how_it_grew(words: Words) -> None:
    st.subheader(words("growth.heading"), anchor=False)
    picture(growth(words), key="growth")


picture_page("why_forget", ("f", "i", "c", "x"), repeats=True, below_prose=how_it_grew)
