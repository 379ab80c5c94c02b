"""Small answers go out **at once**: TCP_NODELAY is set on the sockets of Streamlit's server.

An answer to a slider is several small packets. Without this option the operating system holds back
the second packet until the browser has confirmed the first, and browsers take 40 ms to do so. Most
servers have the option set by asyncio, but asyncio sets it only on sockets that were created with
the protocol TCP by name, and Streamlit 1.67 creates its socket without a protocol.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
import socket

import streamlit as st
from streamlit import config
from streamlit.runtime import Runtime

_SERVER_TASK = "uvicorn-server"


def send_at_once() -> None:
    """Sets the option on the listening socket, which passes it on to later connections, and on open ones.

    There is nothing to set where no server runs: when the module is only imported, and in AppTest.
    If Streamlit keeps its server somewhere else than release 1.67 does, the app runs on with slower
    answers, and the log says so.
    """
    if not Runtime.exists() or config.get_option("global.appTest"):
        return
    try:
        sockets = server_sockets()
    except (AttributeError, LookupError):
        logging.getLogger(__name__).warning(
            "Answers to a slider may take 40 ms longer: Streamlit %s does not keep its sockets where "
            "release 1.67 does, so TCP_NODELAY could not be set. See pages/_ui/browser/at_once.py.",
            st.__version__,
        )
        return
    for found in sockets:
        found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def server_sockets() -> list:
    """The listening socket of the Streamlit server in this process, then those of its open connections.

    Streamlit hands its server object to nobody, but runs it in a task of a known name, whose
    coroutine is a method of that object.
    Raises LookupError or AttributeError where Streamlit keeps it in another way.
    """
    loop = Runtime.instance()._get_async_objs().eventloop
    tasks = {task.get_name(): task for task in asyncio.all_tasks(loop)}
    streamlit_server = inspect.getcoroutinelocals(tasks[_SERVER_TASK].get_coro())["self"]
    connections = list(streamlit_server._server.server_state.connections)
    open_sockets = [connection.transport.get_extra_info("socket") for connection in connections]
    return [streamlit_server._socket, *filter(None, open_sockets)]
