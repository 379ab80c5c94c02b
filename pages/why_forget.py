"""Why a forget gate: the same weights and inputs through the cell of 1997 and through the gated one."""

import streamlit as st

from lstm_core.view.growth import growth
from pages._ui.browser.picture import picture
from pages._ui.picture_page import picture_page

words = picture_page("why_forget", ("f", "i", "c", "x"), repeats=True)
st.subheader(words("growth.heading"), anchor=False)
picture(growth(words), key="growth")
