"""WebKit, which half of all phones run: WebKitGTK behind its own driver, on a display that nobody sees."""

import os
import subprocess
from contextlib import contextmanager

import pytest

from tests.engines.hands import PATIENCE, need


class WebKit:
    """An Engine over WebDriver."""

    def __init__(self, driver):
        self.driver = driver

    def go(self, url: str) -> None:
        self.driver.get(url)

    def evaluate(self, expression: str) -> str:
        return self.driver.execute_script(f"return {expression}")

    def act(self, actions: list[dict]) -> None:
        self.driver.execute("actions", {"actions": actions})


@contextmanager
def webkit():
    """A window with nothing stored in it."""
    xvfb, service = need("Xvfb", "WebKitWebDriver")
    selenium = pytest.importorskip("selenium.webdriver")
    read, write = os.pipe()
    command = [xvfb, "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp"]
    display = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    environment = {
        **os.environ,
        "DISPLAY": f":{number}",
        "LIBGL_ALWAYS_SOFTWARE": "1",
        "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",  # it opens this machine's own pages alone
    }
    try:
        options = selenium.WebKitGTKOptions()
        driver = selenium.WebKitGTK(
            options=options, service=selenium.WebKitGTKService(service, env=environment)
        )
        driver.set_script_timeout(PATIENCE)
        driver.set_window_size(1366, 768)
        yield WebKit(driver)
        driver.quit()
    finally:
        display.terminate()
        display.wait(20)
