"""Answers are not held back until the browser has confirmed the one before."""

import socket

from pages._ui.browser.at_once import send_at_once


def is_set(connection: socket.socket) -> bool:
    return connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0


def test_connections_that_are_there_and_those_to_come_send_at_once():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(type=socket.SOCK_DGRAM):
        address = server.getsockname()
        with socket.create_connection(address), server.accept()[0] as here:
            assert not is_set(server) and not is_set(here)
            closed = socket.socket()
            closed.close()
            send_at_once()
            assert is_set(server) and is_set(here)
            with socket.create_connection(address), server.accept()[0] as later:
                assert is_set(later)
