"""The least that Streamlit can do: a native slider, and its number as text."""

import streamlit as st

value = st.slider("value", -10.0, 10.0, 0.0, 0.05, key="value")
st.markdown(f"{value:.2f}")
