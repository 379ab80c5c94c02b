"""Servers on this machine for tests and benchmarks: script -> process -> address."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT

ARTEFACTS = ROOT / "tests" / "artefacts"

PATIENCE = 60
"""Seconds after which a server that does not answer counts as broken."""


@dataclass(frozen=True)
class Server:
    """A running `streamlit run`; `log` is what it printed."""

    address: str
    process: subprocess.Popen
    log: Path

    def kill(self) -> None:
        """As when the machine fails: no goodbye."""
        self.process.kill()
        self.process.wait(20)

    def processor(self) -> float:
        """Milliseconds of processor that it has used; NaN where the system does not say."""
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        except FileNotFoundError:
            return float("nan")
        return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident(self) -> float:
        """Megabytes of the machine's memory that it holds; NaN where the system does not say."""
        return self._megabytes("VmRSS:")

    def most_resident(self) -> float:
        """The most that it ever held, or since `forget_most`; NaN where the system does not say."""
        return self._megabytes("VmHWM:")

    def forget_most(self) -> None:
        """From now on `most_resident` counts anew; does nothing where the system does not say."""
        clear = Path(f"/proc/{self.process.pid}/clear_refs")
        if clear.exists():
            clear.write_text("5", "ascii")

    def _megabytes(self, name: str) -> float:
        try:
            status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        except FileNotFoundError:
            return float("nan")
        return int(status.partition(name)[2].split()[0]) / 1024

    def descriptors(self) -> int:
        """How many files and sockets it has open; 0 where the system does not say."""
        folder = Path(f"/proc/{self.process.pid}/fd")
        return len(list(folder.iterdir())) if folder.exists() else 0

    def children(self) -> int:
        """How many processes it has started that are still there; 0 where the system does not say."""
        found = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                found += (
                    int(stat.read_text("ascii", "replace").rpartition(")")[2].split()[1]) == self.process.pid
                )
            except OSError:  # it has ended meanwhile
                continue
        return found

    def threads(self) -> int:
        """How many threads it has; 0 where the system does not say."""
        folder = Path(f"/proc/{self.process.pid}/task")
        return len(list(folder.iterdir())) if folder.exists() else 0


def free_port() -> int:
    """A port of this machine that nobody listens to."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def serving(
    script: str,
    log_name: str,
    port: int | None = None,
    *options: str,
    variables: dict[str, str] | None = None,
):
    """`streamlit run SCRIPT` as the README says, on a port of this machine; yields the Server.

    variables : of the environment, besides those of the tests.
    """
    ARTEFACTS.mkdir(exist_ok=True)
    port = port or free_port()
    log_path = ARTEFACTS / (os.environ.get("PYTEST_XDIST_WORKER", "") + log_name)
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    command += ["--server.address=127.0.0.1", "--server.headless=true", *options]
    with log_path.open("w") as log:
        environment = os.environ | (variables or {})
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, env=environment)
        base = next((o.partition("=")[2].rstrip("/") for o in options if "baseUrlPath" in o), "")
        try:
            _wait_until_healthy(f"http://127.0.0.1:{port}{base}/_stcore/health", process)
            yield Server(f"http://127.0.0.1:{port}", process, log_path)
        finally:
            process.terminate()
            process.wait(20)


def _wait_until_healthy(url: str, process: subprocess.Popen) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, "the app did not start, see tests/artefacts"
        try:
            urllib.request.urlopen(url, timeout=5).read()
            return
        except OSError:  # nobody listens yet, or the answer takes too long on a busy machine
            time.sleep(0.05)
    raise AssertionError("the app did not answer within a minute")


@contextmanager
def redis(folder: Path):
    """A Redis or Valkey on a port of its own, which keeps nothing; yields its address."""
    server = shutil.which("redis-server") or shutil.which("valkey-server")
    if server is None:
        reason = "no Redis on this machine: apt-get install redis-server"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    port = free_port()
    command = [server, "--port", str(port), "--save", "", "--dir", str(folder), "--bind", "127.0.0.1"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.kill()
        process.wait(20)
