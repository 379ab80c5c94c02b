"""Somebody who speaks to the server without a browser: raw websockets, compressed frames, uploads."""

import os
import socket
import zlib
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PATIENCE = 60


def host_of(address: str) -> str:
    return address.partition("://")[2]


def handshake(
    address: str, origin: str | None = None, path: str = "/_stcore/stream"
) -> tuple[socket.socket, int]:
    """An open connection on which a websocket was asked for, and the status of the answer."""
    host, _, port = host_of(address).partition(":")
    connection = socket.create_connection((host, int(port)), PATIENCE)
    lines = [
        f"GET {path} HTTP/1.1", f"Host: {host}:{port}", "Upgrade: websocket", "Connection: Upgrade",
        "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        "Sec-WebSocket-Extensions: permessage-deflate", "Sec-WebSocket-Protocol: streamlit",
    ]  # fmt: skip
    lines += [f"Origin: {origin}"] if origin else []
    connection.sendall("\r\n".join([*lines, "", ""]).encode())
    answer = b""
    while b"\r\n\r\n" not in answer:
        piece = connection.recv(1)
        if not piece:
            return connection, 0
        answer += piece
    return connection, int(answer.split()[1])


def squeezed(size: int) -> bytes:
    """A websocket frame that unpacks to so many zeros."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -12)
    packed = b"".join(packer.compress(bytes(1_000_000)) for _ in range(size // 1_000_000))
    packed += packer.compress(bytes(size % 1_000_000))
    packed = (packed + packer.flush(zlib.Z_SYNC_FLUSH))[:-4]
    last_compressed_binary, masked = 0b1100_0010, 0b1000_0000
    lengths = {1: bytes([masked | 126]), 2: bytes([masked | 127])}
    wide = len(packed) >= 2**16
    length = lengths[2] + len(packed).to_bytes(8) if wide else lengths[1] + len(packed).to_bytes(2)
    return bytes([last_compressed_binary]) + length + bytes(4) + packed


def xsrf_token(address: str) -> str:
    with urlopen(f"{address}/_stcore/health", timeout=PATIENCE) as answer:
        cookies = answer.headers.get_all("Set-Cookie")
    return next(c for c in cookies if c.startswith("_streamlit_xsrf=")).partition("=")[2].partition(";")[0]


def session_of(connection) -> str:
    """The id of the session of a websocket on which a page was asked for."""
    while True:
        message = ForwardMsg.FromString(connection.recv(PATIENCE))
        if message.WhichOneof("type") == "new_session":
            return message.new_session.initialize.session_id


def upload(address: str, session_id: str, name: str, content: bytes, token: str) -> int:
    """Hands in a file as the upload box of a browser does; the status of the answer."""
    line = os.urandom(8).hex()
    head = f'--{line}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"\r\n\r\n'
    body = head.encode() + content + f"\r\n--{line}--\r\n".encode()
    headers = {
        "Content-Type": f"multipart/form-data; boundary={line}",
        "X-Xsrftoken": token,
        "Cookie": f"_streamlit_xsrf={token}",
    }
    url = f"{address}/_stcore/upload_file/{session_id}/{name}"
    try:
        with urlopen(Request(url, body, headers, method="PUT"), timeout=PATIENCE) as answer:
            return answer.status
    except HTTPError as refusal:
        return refusal.code


class SlowUpload:
    """An upload that begins, and goes on when it is told to."""

    def __init__(self, address: str, session_id: str, name: str, size: int, token: str, chunked: bool):
        host, _, port = host_of(address).partition(":")
        self._socket, self._chunked = socket.create_connection((host, int(port)), PATIENCE), chunked
        start = f'--x\r\nContent-Disposition: form-data; name="f"; filename="{name}"\r\n\r\n'.encode()
        self._rest = [start, bytes(size), b"\r\n--x--\r\n"]
        length = sum(map(len, self._rest))
        lines = [
            f"PUT /_stcore/upload_file/{session_id}/{name} HTTP/1.1", f"Host: {host}:{port}",
            "Connection: close",
            "Transfer-Encoding: chunked" if chunked else f"Content-Length: {length}",
            "Content-Type: multipart/form-data; boundary=x",
            f"X-Xsrftoken: {token}", f"Cookie: _streamlit_xsrf={token}",
        ]  # fmt: skip
        self._socket.sendall("\r\n".join([*lines, "", ""]).encode())
        self._send(self._rest.pop(0))

    def _send(self, piece: bytes) -> None:
        if self._chunked:
            piece = f"{len(piece):x}\r\n".encode() + piece + b"\r\n"
        self._socket.sendall(piece)

    def end(self) -> int:
        """Sends what is left; the status of the answer."""
        with self._socket:
            for piece in self._rest:
                self._send(piece)
            if self._chunked:
                self._socket.sendall(b"0\r\n\r\n")
            return int(self._socket.recv(1000).split()[1])

    def break_off(self) -> None:
        """Leaves without a word."""
        self._socket.close()


def download(url: str) -> bytes:
    with urlopen(url, timeout=PATIENCE) as answer:
        return answer.read()
