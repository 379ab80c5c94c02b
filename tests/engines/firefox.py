"""Firefox, asked over WebDriver BiDi, which it speaks itself: no driver stands between.

playwright's own BiDi sends what Debian's Firefox lacks (`emulation.setMediaFeaturesOverride`).
"""

import json
import subprocess
import tempfile
from contextlib import contextmanager

from websockets.sync.client import ClientConnection, connect

from tests.engines.hands import PATIENCE, need

NO_ERRORS = ("blocked WebAssembly", "error loading dynamically imported module")
LISTENS = "WebDriver BiDi listening on "


class Firefox:
    """An Engine over BiDi. `errors` holds what scripts threw and nobody caught.

    It is no error that Streamlit's scripts try WebAssembly, which the server's policy forbids, nor
    that a page is left while modules come.
    """

    def __init__(self, line: ClientConnection):
        self.line, self.sent, self.errors = line, 0, []
        self.call("session.new", capabilities={})
        self.window = self.call("browsingContext.getTree")["contexts"][0]["context"]
        size = {"width": 1366, "height": 768}
        self.call("browsingContext.setViewport", context=self.window, viewport=size)
        self.call("session.subscribe", events=["log.entryAdded"])

    def call(self, method: str, **params) -> dict:
        self.sent += 1
        self.line.send(json.dumps({"id": self.sent, "method": method, "params": params}))
        while True:
            told = json.loads(self.line.recv(timeout=PATIENCE))
            if told.get("id") == self.sent:
                assert told["type"] == "success", told
                return told["result"]
            entry = told.get("params", {})
            if entry.get("type") == "javascript" and not any(one in entry["text"] for one in NO_ERRORS):
                self.errors.append(entry["text"])

    def go(self, url: str) -> None:
        self.call("browsingContext.navigate", context=self.window, url=url, wait="interactive")

    def evaluate(self, expression: str) -> str:
        told = self.call(
            "script.evaluate", expression=expression, target={"context": self.window}, awaitPromise=False
        )
        assert told["type"] == "success", told
        return told["result"]["value"]

    def act(self, actions: list[dict]) -> None:
        self.call("input.performActions", context=self.window, actions=actions)


@contextmanager
def firefox():
    """A window with nothing stored in it; no script may throw in it."""
    (program,) = need("firefox-esr")
    with tempfile.TemporaryDirectory() as profile:
        command = [program, "--headless", "--no-remote", "--remote-debugging-port", "0", "--profile", profile]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        try:
            told = next(line for line in process.stderr if LISTENS in line)
            address = told.partition(LISTENS)[2].strip() + "/session"
            with connect(address, max_size=None, origin=None) as line:
                found = Firefox(line)
                yield found
                assert found.errors == [], found.errors
        finally:
            process.terminate()
            process.wait(20)
            process.stderr.close()
