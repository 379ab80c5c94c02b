"""The buttons of a figure: where it stands -> **walk, play** as HTML."""

from __future__ import annotations

from functools import lru_cache

from ..view import svg
from ..words import Words
from ..workbench.focus import ALL, PHASES
from .choose import AGAIN

PACES = (("slow", 4000), ("medium", 2000), ("fast", 900))
"""Pace -> milliseconds between two moves."""


def walk_bar(words: Words, phase: str, present: bool | None = None) -> str:
    """The buttons from phase to phase and from step to step.

    present : whether presenter mode is on, which the last button leaves or begins; None for no such button.
    """
    return _walk_bar(words.language, phase, present)


@lru_cache(64)  # It is the same while a hand moves.
def _walk_bar(language: str, phase: str, present: bool | None) -> str:
    words = Words(language)
    steps = [ALL, *PHASES]
    # Like the buttons of a group of radio buttons, only the chosen one is reached by the Tab key.
    phases = "".join(
        svg.tag(
            "button", svg.escaped(words(f"walk.{name}")), type="button", role="radio", data_role="phase",
            data_value=name, aria_checked=str(name == phase).lower(), tabindex=0 if name == phase else -1,
            data_key=name,
        )
        for name in steps
    )  # fmt: skip
    group = svg.tag(
        "div", phases, class_="phases", role="radiogroup", aria_label=words("walk.phase"), data_key="phases"
    )
    presents = () if present is None else (("leave" if present else "present",),)
    last = "".join(
        _button(words, name, words(f"walk.{name}"), words("walk.present_help")) for (name,) in presents
    )
    back, on = (
        _button(words, name, sign, words(f"walk.{name}")) for name, sign in (("back", "◀"), ("next", "▶"))
    )
    return svg.tag("div", back + group + on + last, class_="walk", data_key="walk")


def _button(words: Words, name: str, label: str, help: str) -> str:
    return svg.tag(
        "button", svg.escaped(label), type="button", class_=f"walk-{name}", data_role="key", data_value=name,
        title=help, aria_label=help if len(label) == 1 else None, data_key=name,
    )  # fmt: skip


def play_bar(words: Words, phase: str, t: int, T: int) -> str:
    """Plays from phase to phase, or from step to step where no phase is in focus.

    An invitation stands beside it until it was pressed once. At the end it begins again.
    """
    at_end = t == T and phase in (ALL, PHASES[-1])
    return _play_bar(words.language, AGAIN if at_end else "step_on" if phase == ALL else "next")


@lru_cache(64)
def _play_bar(language: str, name: str) -> str:
    words = Words(language)
    labels = "".join(
        svg.tag("span", svg.escaped(f"{sign} {words(f'play.{key}')}"), class_=key)
        for key, sign in (("start", "▶"), ("stop", "❚❚"))
    )
    go = svg.tag("button", labels, type="button", class_="go", data_play=name, title=words("play.help"))
    paces = "".join(
        svg.tag(
            "option", svg.escaped(words(f"play.{key}")), value=ms, selected="" if key == "medium" else None
        )
        for key, ms in PACES
    )
    pace = svg.tag("select", paces, aria_label=words("play.pace"))
    invitation = svg.tag("span", svg.escaped(words("play.invite")), class_="invite")
    return svg.tag("div", go + pace + invitation, class_="play", data_key="play")
