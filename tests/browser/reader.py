"""What somebody in front of the app does and sees; the only file that knows how the page is built."""

import re
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import BrowserContext, Locator, Page

from lstm_core.lessons.lesson_link import split
from lstm_core.workbench.experiment import Experiment
from lstm_core.workbench.link import from_link

PATIENCE = 20_000
"""Milliseconds after which something that did not happen counts as broken; far beyond what is normal."""

SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'

DRAWING = "#first"
"""What the server draws into a page, and the app takes away."""

# On a deep link Streamlit first looks for its server under the page's own address.
OWN_PROBES = re.compile(r"^/\w+/_stcore/(health|host-config)$")

VISIBLE_TEXT = """root => {
  const found = [];
  const walk = node => {
    if (node.nodeType === Node.TEXT_NODE) { if (node.data.trim()) found.push(node.data.trim()); return; }
    if (node.nodeType === Node.ELEMENT_NODE) {
      if (["STYLE", "SCRIPT", "TITLE"].includes(node.tagName.toUpperCase())) return;
      const style = getComputedStyle(node);
      if (style.display === "none" || style.visibility === "hidden") return;
    }
    for (const child of (node.shadowRoot ?? node).childNodes) walk(child);
  };
  walk(root);
  return found.join(" ");
}"""

NUMBER = re.compile(r"[−+-]?\d+\.\d\d(?!\d)")

SIDE_SCROLL = """() => [document.scrollingElement, ...document.querySelectorAll(
  "[data-testid=stApp], [data-testid=stAppViewContainer], [data-testid=stMain]"
)].map(box => box.scrollWidth - box.clientWidth)"""


class Reader:
    """One tab. `errors` and `foreign_requests` hold what must not be."""

    def __init__(self, context: BrowserContext, address: str):
        self.address = address
        self.errors: list[str] = []
        self.foreign_requests: list[str] = []
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self._watch(request.url))
        self.page.on("websocket", lambda socket: self._watch(socket.url))

    # -- going somewhere --------------------------------------------------------------------

    def open(self, path: str) -> None:
        """A link, as it is pasted into the address bar."""
        self.page.goto(self.address + path)
        self.settle()

    def reload(self) -> None:
        self.page.reload()
        self.settle()

    def back(self) -> None:
        self.page.go_back()
        self.settle()

    def choose_page(self, title: str) -> None:
        """In the menu at the top, or behind its button on a phone."""
        before = self.path()
        self.menu(title).click()
        self.page.wait_for_function("before => location.pathname !== before", arg=before)
        self.settle()

    def menu(self, title: str) -> Locator:
        """The entry of a page in the menu, after its room was opened."""
        entries = self.page.locator("[data-testid=stTopNavLink], [data-testid=stTopNavDropdownLink]")
        entry = entries.filter(has_text=re.compile(f"^{re.escape(title)}$"))
        rooms = self.page.get_by_test_id("stTopNavSection")
        for k in range(rooms.count()):
            if entry.is_visible():
                break
            self.page.keyboard.press("Escape")
            rooms.nth(k).click()
            self.page.wait_for_timeout(100)
        return entry

    def settle(self) -> None:
        """Until the page has come and stands still."""
        self.page.wait_for_selector(SETTLED)
        self.page.wait_for_selector(DRAWING, state="detached")
        self.page.wait_for_selector("h2")
        self.page.wait_for_function("() => !document.querySelector('[data-stale=true]')")

    # -- doing something --------------------------------------------------------------------

    def nudge(self, address: str, key: str, times: int = 1) -> None:
        """Press a key on the slider of one number of the experiment, and wait for the link to say so."""
        before = self.link()
        thumb = self._slider(address)
        thumb.focus()
        for _ in range(times):
            thumb.press(key)
        self.wait_for_link(lambda link: link.get(address) != before.get(address))
        self._until_still()

    def value(self, address: str) -> float:
        """What the slider of a number stands at."""
        return float(self._slider(address).input_value())

    def speak(self, language: str) -> None:
        self.page.locator(".st-key-language-switch [role=combobox]").click()
        self.page.get_by_role("option", name=language).click()

    def download(self, key: str) -> bytes:
        """The file behind a download button."""
        with self.page.expect_download() as download:
            self.page.locator(f".st-key-{key} button:visible").click()
        with open(download.value.path(), "rb") as file:
            return file.read()

    def upload(self, kind: str, name: str, content: bytes) -> None:
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        self.page.locator(f".st-key-upload-{kind} input[type=file]").set_input_files(file)

    def _slider(self, address: str):
        return self.page.locator(f'.panel [data-address="{address}"] input[type=range]')

    def _until_still(self) -> None:
        """Until what is seen has not changed for a moment."""
        seen = None
        while seen != (seen := (self.text(), self.page.url)):
            self.page.wait_for_timeout(250)
            self.settle()

    # -- looking ----------------------------------------------------------------------------

    def path(self) -> str:
        """That of the page; on the site, each language but the first has a folder."""
        return urlsplit(self.page.url).path.replace("/ko/", "/")

    def link(self) -> dict[str, str]:
        """The parameters in the address bar."""
        return dict(parse_qsl(urlsplit(self.page.url).query, keep_blank_values=True))

    def wait_for_link(self, expected) -> None:
        """Until the parameters in the address bar are as expected, a function of them."""
        self.page.wait_for_url(
            lambda url: expected(dict(parse_qsl(urlsplit(url).query))), wait_until="commit"
        )

    def experiment(self) -> Experiment:
        """The experiment that the address bar tells of."""
        told = from_link(split(self.link())[0])
        assert told.problems == ()
        return told.experiment

    def text(self) -> str:
        """All that can be read on the page, pictures included."""
        return self.page.get_by_test_id("stMain").evaluate(VISIBLE_TEXT)

    def numbers(self) -> list[str]:
        """The numbers with two decimals that can be read on the page, once it stands still."""
        self._until_still()
        return NUMBER.findall(self.text())

    def shows(self, numbers: list[str]) -> bool:
        """Whether these numbers can be read on the page, or can before patience ends."""
        for _ in range(PATIENCE // 100):
            if NUMBER.findall(self.text()) == numbers:
                return True
            self.page.wait_for_timeout(100)
        return False

    def heading(self) -> str:
        return self.page.locator(".st-key-heading h2").inner_text()

    def side_scroll(self) -> int:
        """By how many pixels the page is wider than the window."""
        return max(self.page.evaluate(SIDE_SCROLL))

    def is_light(self) -> bool:
        """Whether the page has a light background."""
        colour = self.page.get_by_test_id("stApp").evaluate("e => getComputedStyle(e).backgroundColor")
        red, green, blue = map(int, re.findall(r"\d+", colour)[:3])
        return red + green + blue > 384

    # -- what must not be -------------------------------------------------------------------

    def _hear(self, message) -> None:
        if message.type != "error":
            return
        where = urlsplit(message.location.get("url", ""))
        if "404" in message.text and OWN_PROBES.match(where.path) and self._is_own(where):
            return
        self.errors.append(f"{message.text} ({where.geturl()})")

    def _watch(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("data", "about") or url.startswith(f"blob:{self.address}/"):
            return
        if not self._is_own(parts):
            self.foreign_requests.append(url)

    def _is_own(self, parts) -> bool:
        return parts.netloc == urlsplit(self.address).netloc
