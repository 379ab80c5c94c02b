"""The buttons of a figure: where it stands -> **walk, play** as HTML."""

from collections.abc import Mapping
from functools import lru_cache

from ..backprop import LOSSES, WAYS
from ..view import svg
from ..words import Words
from ..workbench.focus import ALL, BACK_PHASES, PHASES, RNN_WEIGHTS, Focus
from .choose import AGAIN

PACES = (("slow", 4000), ("medium", 2000), ("fast", 900))
"""Pace -> milliseconds between two moves."""


@lru_cache(64)  # It is the same while a hand moves.
def walk_bar(words: Words, phase: str, present: bool | None = None, goes_back: bool = False) -> str:
    """The buttons from phase to phase and from step to step.

    present : whether presenter mode is on, which a button leaves or begins; None for no such button.
    goes_back : whether the last button begins the walk back.
    """
    names = {name: words(f"walk.{name}") for name in (ALL, *PHASES)}
    phases = _group("phase", words("walk.phase"), names, phase, "phases", one_stop=True)
    back, on = (
        _button(name, sign, words(f"walk.{name}"), f"walk-{name}")
        for name, sign in (("back", "◀"), ("next", "▶"))
    )
    name = "leave" if present else "present"
    help = words("walk.present_help")
    last = "" if present is None else _button(name, words(f"walk.{name}"), help, f"walk-{name}")
    turn = _turn(words, "back") if goes_back else ""
    return svg.tag("div", back + phases + on + last + turn, class_="walk", data_key="walk")


def _group(
    role: str, name: str, options: Mapping[str, str], chosen: str, key: str, one_stop: bool = False
) -> str:
    """Buttons of which one is chosen: value -> label.

    role : what a choice of one asks for. key : of the group. one_stop : whether the Tab key reaches the
    chosen one alone, as in a group of radio buttons.
    """
    buttons = "".join(
        svg.tag(
            "button", svg.escaped(label), type="button", role="radio", data_role=role, data_value=value,
            aria_checked=str(value == chosen).lower(), data_key=value,
            tabindex=(0 if value == chosen else -1) if one_stop else None,
        )
        for value, label in options.items()
    )  # fmt: skip
    return svg.tag("div", buttons, class_="phases", role="radiogroup", aria_label=name, data_key=key)


def _turn(words: Words, to: str) -> str:
    """The button that turns the walk round: "back" or "forward"."""
    return svg.tag(
        "button", svg.escaped(words(f"back.{to}")), type="button", data_role="turn", data_value=to,
        data_key="turn",
    )  # fmt: skip


def _button(key: str, label: str, help: str, class_: str | None = None) -> str:
    """A button that does what a key of the walk does."""
    return svg.tag(
        "button", svg.escaped(label), type="button", class_=class_, data_role="key", data_value=key,
        title=help, aria_label=help if len(label) == 1 else None, data_key=key,
    )  # fmt: skip


def options_bar(role: str, name: str, options: Mapping[str, str], chosen: str) -> str:
    """Buttons of which one is chosen, under a name: value -> label. role : what a choice of one asks for."""
    named = svg.tag("span", svg.escaped(name), class_="named", aria_hidden="true")
    group = _group(role, name, options, chosen, "options")
    return svg.tag("div", named + group, class_="walk options", data_key=f"options-{role}")


def rnn_bar(words: Words, chosen: str) -> str:
    """The recurrent weights to choose from for the plain RNN beside the cell."""
    options = {
        name: words("rnn.candidate") if weight is None else f"{weight:g}"
        for name, weight in RNN_WEIGHTS.items()
    }
    return options_bar("rnn", words("rnn.weight"), options, chosen)


def turn_bar(words: Words, back: bool) -> str:
    """The choice between all steps at a glance and the walk back, step by step."""
    options = {"glance": words("back.glance"), "back": words("back.back")}
    return options_bar("turn", words("back.choose"), options, "back" if back else "glance")


def loss_bar(words: Words, focus: Focus, H: int) -> str:
    """What is taken as the loss: the last C, the last h, or all h; and over which ways its gradient goes."""
    losses = {key: words(f"back.loss.{key}") for key in LOSSES}
    ways = {key: words(f"back.ways.{key}") for key in WAYS}
    loss = options_bar("loss", words("back.of_all" if H > 1 else "back.of"), losses, focus.loss)
    return loss + options_bar("ways", words("back.through"), ways, focus.ways)


def back_bar(words: Words, phase: str, turns: bool = False) -> str:
    """The buttons from phase to phase of the walk back: to the left it goes on, to the step before.

    turns : whether the last button ends it.
    """
    names = {name: words(f"back.phase.{name}") for name in BACK_PHASES}
    phases = _group("back", words("walk.phase"), names, phase, "phases")
    on, back = (
        _button(key, sign, words(f"back.{key}")) for key, sign in (("step_back", "◀"), ("step_on", "▶"))
    )
    turn = _turn(words, "forward") if turns else ""
    return svg.tag("div", on + phases + back + turn, class_="walk", data_key="back-walk")


def play_bar(words: Words, phase: str, t: int, T: int, runs: bool = False) -> str:
    """Plays from phase to phase, or from step to step where no phase is in focus.

    An invitation stands beside it until it was pressed once. At the end it begins again.
    runs : whether it begins by itself, over and over and at the fast pace, until somebody touches anything.
    """
    at_end = t == T and phase in (ALL, PHASES[-1])
    return _play_bar(words, AGAIN if at_end else "step_on" if phase == ALL else "next", runs)


@lru_cache(64)
def _play_bar(words: Words, name: str, runs: bool) -> str:
    labels = "".join(
        svg.tag("span", svg.escaped(f"{sign} {words(f'play.{key}')}"), class_=key)
        for key, sign in (("start", "▶"), ("stop", "❚❚"))
    )
    go = svg.tag(
        "button", labels, type="button", class_="go", data_play=name, title=words("play.help"),
        data_runs="" if runs else None,
    )  # fmt: skip
    usual = "fast" if runs else "medium"
    paces = "".join(
        svg.tag("option", svg.escaped(words(f"play.{key}")), value=ms, selected="" if key == usual else None)
        for key, ms in PACES
    )
    pace = svg.tag("select", paces, aria_label=words("play.pace"))
    invitation = svg.tag("span", svg.escaped(words("play.invite")), class_="invite")
    return svg.tag("div", go + pace + _sound(words) + invitation, class_="play", data_key="play")


def _sound(words: Words) -> str:
    """The switch for the sound of each step, made by assets/figure/sound.js: whether it is on stays there."""
    switch = svg.tag("input", type="checkbox", role="switch", aria_describedby="sound-says")
    says = words("play.sound_says")
    name = svg.tag("label", switch + svg.escaped(f"♪ {words('play.sound')}"), class_="sound", title=says)
    return name + svg.tag("span", svg.escaped(says), class_="hears", id="sound-says")
