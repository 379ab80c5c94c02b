"""The button that plays the walk: where it stands -> **button and pace** as HTML in the picture."""

from __future__ import annotations

from lstm_core.view import svg
from lstm_core.words import Words
from lstm_core.workbench.focus import ALL, PHASES

PACES = (("slow", 4000), ("medium", 2000), ("fast", 900))
"""Pace -> milliseconds between two moves."""

AGAIN = "again"


def play_bar(words: Words, phase: str, t: int, T: int) -> str:
    """Plays from phase to phase, or from step to step where no phase is in focus.

    An invitation stands beside it until it was pressed once. At the end it begins again.
    """
    at_end = t == T and phase in (ALL, PHASES[-1])
    name = AGAIN if at_end else "step_on" if phase == ALL else "next"
    labels = "".join(
        svg.tag("span", svg.escaped(f"{sign} {words(f'play.{key}')}"), class_=key)
        for key, sign in (("start", "▶"), ("stop", "⏸"))
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
