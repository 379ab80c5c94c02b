"""The page on which a lesson is put together: its link, its frame, its controls; and who follows the link."""

from urllib.parse import parse_qsl, urlsplit

from lstm_core.words import LANGUAGES, Words
from tests.pages.apps import link, opened, opened_by_menu

WORDS = {language: Words(language) for language in LANGUAGES}

SCREEN = {"preset": "latch", "v": "1", "b_f.1": "-2.5", "t": "4"}
"""What is on screen before the page is opened."""


def made(at) -> str:
    """The link that the page shows."""
    return at.code[0].value


def framed(at) -> str:
    """The HTML that the page shows."""
    return at.code[1].value


def set_control(at, control: str, state: str) -> None:
    at.button_group(key=f"make.control.{control}").set_value(state).run()


def follow(address: str):
    """The link, opened by somebody else."""
    parts = urlsplit(address)
    page = parts.path.strip("/")
    query = dict(parse_qsl(parts.query))
    return opened(page, **query) if page else opened_by_menu(None, **query)


def again(at):
    """After a reload: what the address bar says, in a session of its own."""
    said = "&".join(f"{name}={text}" for name, text in link(at).items())
    return follow(f"/{at.session_state['page']}?{said}")
