"""A reader without a browser at a running server: opens its page over a websocket and reads it to its end."""

from contextlib import contextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from tests.servers import PATIENCE


@contextmanager
def run_page(address: str):
    """The page that a server opens by itself ran once; the connection stays open within the context."""
    url = address.replace("http", "ws", 1) + "/_stcore/stream"
    options = {"subprotocols": ["streamlit"], "origin": address, "open_timeout": PATIENCE, "proxy": None}
    with connect(url, **options) as connection:
        message = BackMsg()
        message.rerun_script.query_string = ""
        connection.send(message.SerializeToString())
        finished(connection)
        yield


def finished(connection) -> None:
    """Waits until the run that is under way is over, and those that it starts.

    What is left unread would make `close` wait ten seconds for an answer that stands behind it.
    """
    while True:
        message = ForwardMsg.FromString(connection.recv(PATIENCE))
        done = message.WhichOneof("type") == "script_finished"
        if done and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return
