"""A widget shows what it is made to show, even if the run that said so was broken off before it got there."""

from streamlit.testing.v1 import AppTest


def page():
    import streamlit as st

    from pages._ui import session

    session.set_widget("units", st.session_state["wanted"])
    if st.session_state["broken_off"]:
        st.stop()  # as the next report from the browser does
    st.number_input("Units", 1, 32, key="units")
    session.drawn()


def test_a_value_of_a_run_that_was_broken_off_reaches_the_browser_with_the_next():
    at = AppTest.from_function(page)
    at.session_state["wanted"], at.session_state["broken_off"] = 1, False
    at.run()
    at.session_state["wanted"], at.session_state["broken_off"] = 4, True
    at.run()
    at.session_state["broken_off"] = False
    at.run()
    shown = at.number_input(key="units")
    assert shown.value == 4
    assert shown.proto.set_value and shown.proto.value == 4
