"""A page that fails where its address says, served as the app is."""

from pages._ui.server import is_running

if is_running():
    import streamlit as st

    def fail() -> None:
        raise KeyError("hush")

    st.slider("s", 0, 9, on_change=fail if st.query_params.get("where") == "callback" else None)
    if st.query_params.get("where") == "fragment":
        st.fragment(fail)()
    if st.query_params.get("where") == "run":
        fail()
else:
    from streamlit.starlette import App

    from pages._ui.server.faults import show_fault
    from pages._ui.server.start import MIDDLEWARE, started

    app = App(__file__, lifespan=started, middleware=MIDDLEWARE, on_script_error=show_fault)
