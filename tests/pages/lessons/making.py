"""The page on which a lesson is put together: its link, its frame, its controls."""

from lstm_core.words import LANGUAGES, Words

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
