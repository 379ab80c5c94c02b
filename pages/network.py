"""Your network: the file of a trained model, its layers as a map, and every gate of one of them."""

import streamlit as st

from pages._ui import link
from pages._ui.heading import heading
from pages._ui.in_english import marked_text
from pages._ui.menu import open_page
from pages._ui.network import loaded
from pages._ui.network.bring import brought, file_box
from pages._ui.network.choice import layers, where
from pages._ui.network.example import preview
from pages._ui.network.views import views
from pages._ui.next_step import next_step
from pages._ui.whole_page import whole_page

words = open_page("network")


@whole_page
def page():
    heading(words, "network", listens=True)
    network = loaded.network()
    if network is None:
        left, right = st.columns(2, gap="large")
        with left:
            file_box(words)
        with right:
            marked_text(words.prose("network"), "prose")
        preview(words)
    else:
        brought(words, network)
    if network is not None:
        layers(words, network)
        st.markdown(where(words, network))
        views(words, network)
    next_step(words)
    link.write()


page()
