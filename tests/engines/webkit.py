"""WebKit behind a small set of hands: open, press, drag, ask the page.

It is WebKitGTK, which playwright does not drive: `WebKitWebDriver` does, over WebDriver, on a display such as
that of Xvfb. Debian's Firefox lacks a command that playwright gives (`emulation.setMediaFeaturesOverride`).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from contextlib import contextmanager

import pytest

PATIENCE = 30
"""Seconds after which something that did not happen counts as broken."""

DEEP = """const deep = (selector, root = document) => {
  for (const found of root.querySelectorAll(selector)) if (found.getClientRects().length) return found;
  for (const { shadowRoot } of root.querySelectorAll("*")) {
    const inner = shadowRoot && deep(selector, shadowRoot);
    if (inner) return inner;
  }
  return null;
};"""
"""The first that matches and is in sight, also in shadow roots."""

KEYS = {
    "ArrowLeft": "\ue012", "ArrowUp": "\ue013", "ArrowRight": "\ue014", "ArrowDown": "\ue015",
    "Home": "\ue011", "Enter": "\ue007", "Escape": "\ue00c",
}  # fmt: skip
"""Name of a key -> its code in WebDriver."""


class Hands:
    """What a reader does. `ask` runs an expression in the page, in which `deep` finds elements."""

    def __init__(self, driver, address: str):
        self.driver, self.address = driver, address

    def open(self, path: str) -> None:
        self.go(self.address + path)
        self.until('document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning"')
        self.until('!document.querySelector("#first") && deep("h2")')

    def until(self, expression: str) -> None:
        """Until an expression is true in the page."""
        end = time.monotonic() + PATIENCE
        while not self.ask(f"Boolean({expression})"):
            assert time.monotonic() < end, expression
            time.sleep(0.1)

    def centre(self, selector: str) -> tuple[float, float]:
        self.until(f"deep(`{selector}`)")
        box = self.ask(
            f"(() => {{ const e = deep(`{selector}`); e.scrollIntoView({{ block: 'nearest' }}); "
            "const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()"
        )
        return box[0], box[1]

    def click(self, selector: str) -> None:
        x, y = self.centre(selector)
        self.drag(x, y, 0, 0)

    def focus(self, selector: str) -> None:
        self.until(f"deep(`{selector}`)")
        self.ask(f"deep(`{selector}`).focus()")

    def link(self) -> dict[str, str]:
        return self.ask("Object.fromEntries(new URLSearchParams(location.search))")

    def go(self, url: str) -> None:
        self.driver.get(url)

    def ask(self, expression: str):
        return self.driver.execute_script(f"{DEEP} return {expression};")

    def press(self, *keys: str) -> None:
        from selenium.webdriver.common.action_chains import ActionChains

        for key in keys:
            ActionChains(self.driver, duration=20).send_keys(KEYS.get(key, key)).perform()

    def drag(self, x: float, y: float, across: float, down: float) -> None:
        from selenium.webdriver.common.actions.action_builder import ActionBuilder

        actions = ActionBuilder(self.driver, duration=20)
        pointer = actions.pointer_action
        pointer.move_to_location(round(x), round(y))
        pointer.pointer_down()
        for k in range(1, 9) if across or down else ():
            pointer.move_to_location(round(x + across * k / 8), round(y + down * k / 8))
        pointer.pointer_up()
        actions.perform()


def _need(*programs: str) -> list[str]:
    """The paths of programs. Where one is missing, what needs it is skipped, and fails in the pipeline."""
    found = [shutil.which(program) for program in programs]
    if None in found:
        reason = f"not on this machine: {programs[found.index(None)]}"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    return [path for path in found if path]


@contextmanager
def webkit(address: str):
    """A window of WebKitGTK with nothing stored in it, on a display that nobody sees."""
    xvfb, service = _need("Xvfb", "WebKitWebDriver")
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
        yield Hands(driver, address)
        driver.quit()
    finally:
        display.terminate()
        display.wait(20)
