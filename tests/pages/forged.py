"""Messages that no page would send: a widget of AppTest -> whatever a forged browser says about it."""

from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest


def forge(at: AppTest, widget_id: str, **value) -> AppTest:
    """Say of a widget what its own script would not say, such as `string_value="…"`, and run the page.

    The widget need not be on screen any more: a browser can send the id of any that once was.
    """
    states = at._tree.get_widget_states()
    kept = [state for state in states.widgets if state.id != widget_id]
    del states.widgets[:]
    states.widgets.extend([*kept, WidgetState(id=widget_id, **value)])
    return at._run(states)


def follow(at: AppTest, **query: str) -> AppTest:
    """Another link in the same session, as Back and Forward bring it."""
    at.query_params.clear()
    at.query_params.update(query)
    return at.run()
