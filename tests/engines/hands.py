"""What a reader does in any engine: open, press, drag, drop a file, ask the page.

An engine goes to an address, evaluates a script, and performs input in the form that WebDriver and
WebDriver BiDi share; all else is the same for each.
"""

import base64
import json
import os
import shutil
import time
from typing import Protocol

import pytest

PATIENCE = 60
"""Seconds after which something that did not happen counts as broken: the site has to start Python."""

DEEP = """const deep = (selector, root = document) => {
  for (const found of root.querySelectorAll(selector)) if (found.getClientRects().length) return found;
  for (const { shadowRoot } of root.querySelectorAll("*")) {
    const inner = shadowRoot && deep(selector, shadowRoot);
    if (inner) return inner;
  }
  return null;
};"""
"""The first that matches and is in sight, also in shadow roots."""

CENTRE = """(e => { e.scrollIntoView({ block: "nearest" });
  const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })"""

DROP = """((box, name, bytes) => { const taken = new DataTransfer();
  taken.items.add(new File([Uint8Array.from(atob(bytes), c => c.charCodeAt(0))], name));
  box.files = taken.files; box.dispatchEvent(new Event("change", { bubbles: true })); })"""
"""Gives an upload box a file, as a reader's choice does."""

KEYS = {
    "ArrowLeft": "\ue012", "ArrowUp": "\ue013", "ArrowRight": "\ue014", "ArrowDown": "\ue015",
    "Home": "\ue011", "End": "\ue010", "Enter": "\ue007", "Escape": "\ue00c",
}  # fmt: skip
"""Name of a key -> its code in WebDriver."""


class Engine(Protocol):
    """What a browser has to be able to do."""

    def go(self, url: str) -> None: ...
    def evaluate(self, expression: str) -> str: ...
    def act(self, actions: list[dict]) -> None: ...


class Hands:
    """What a reader does. `ask` runs an expression in the page, in which `deep` finds elements."""

    def __init__(self, engine: Engine, address: str):
        self.engine, self.address = engine, address

    def open(self, path: str) -> None:
        self.engine.go(self.address + path)
        self.settle()

    def settle(self) -> None:
        """Until the page has come and stands still."""
        self.until('document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning"')
        self.until('!document.querySelector("#first") && deep("h2")')

    def ask(self, expression: str):
        return json.loads(
            self.engine.evaluate(f"(() => {{ {DEEP} return JSON.stringify({expression} ?? null); }})()")
        )

    def until(self, expression: str) -> None:
        """Until an expression is true in the page."""
        end = time.monotonic() + PATIENCE
        while not self.ask(f"Boolean({expression})"):
            assert time.monotonic() < end, f"{expression}\n{self.ask('document.body.innerText')}"
            time.sleep(0.1)

    def centre(self, selector: str) -> tuple[float, float]:
        self.until(f"deep(`{selector}`)")
        x, y = self.ask(f"{CENTRE}(deep(`{selector}`))")
        return x, y

    def click(self, selector: str) -> None:
        self.drag(*self.centre(selector), 0, 0)

    def focus(self, selector: str) -> None:
        self.until(f"deep(`{selector}`)")
        self.ask(f"deep(`{selector}`).focus()")

    def drop(self, selector: str, name: str, content: bytes) -> None:
        self.until(f"document.querySelector(`{selector}`)")
        bytes_ = base64.b64encode(content).decode()
        self.ask(f"{DROP}(document.querySelector(`{selector}`), {name!r}, {bytes_!r})")

    def press(self, *keys: str) -> None:
        for key in keys:
            code = KEYS.get(key, key)
            downs = [{"type": "keyDown", "value": code}, {"type": "keyUp", "value": code}]
            self.engine.act([{"type": "key", "id": "keys", "actions": downs}])

    def drag(self, x: float, y: float, across: float, down: float) -> None:
        """From a place across and down, in eight moves; a click where both are 0."""
        shares = [k / 8 for k in range(9)] if across or down else [0]
        moves = [
            {"type": "pointerMove", "x": round(x + s * across), "y": round(y + s * down), "duration": 20}
            for s in shares
        ]
        moves.insert(1, {"type": "pointerDown", "button": 0})
        moves.append({"type": "pointerUp", "button": 0})
        self.engine.act([{"type": "pointer", "id": "mouse", "actions": moves}])


def need(*programs: str) -> list[str]:
    """The paths of programs. Where one is missing, what needs it is skipped, and fails in the pipeline."""
    found = [shutil.which(program) for program in programs]
    if None in found:
        reason = f"not on this machine: {programs[found.index(None)]}"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    return [path for path in found if path]
