"""LSTM gate visualizer: what `streamlit run` serves, and for each reader the menu with the page asked for."""

from pages._ui.server import is_running

if is_running():  # Streamlit runs this file for a reader.
    from pages._ui.menu import menu

    menu().run()
else:  # `streamlit run` looks in this file for an App, which it serves.
    from pages._ui.server import leant_on

    leant_on.check()  # before anything is imported that another release may not have

    from streamlit.starlette import App

    from pages._ui.server import first, websocket
    from pages._ui.server.faults import show_fault
    from pages._ui.server.rooms import web
    from pages._ui.server.start import MIDDLEWARE, started

    routes = [*web.routes(), *first.routes(), *websocket.ROUTES]
    app = App(__file__, lifespan=started, middleware=MIDDLEWARE, routes=routes, on_script_error=show_fault)
