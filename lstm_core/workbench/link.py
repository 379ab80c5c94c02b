"""The experiment and what is looked at as a readable link, and back: `?preset=latch&b_f.1=-2.5&t=4`.

A link is the preset and what differs from it, under the addresses of `experiment.py`, with a
format version, and last the labels of the steps where they are short. Reading a link never fails: its
valid parts are used, and the names of the others are reported.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from ..backprop import LOSSES, WAYS
from ..params import VARIANTS
from ..words import KNOWN
from . import label_link
from .experiment import HAND_D, HAND_H, HAND_T, Experiment
from .focus import ALL, BACK_PHASES, MAX_LENGTH, MIN_LENGTH, PHASES, RNN_WEIGHTS, Focus
from .opening import first_look, opening
from .presets import DEFAULT, PRESETS, SEEDS, preset

VERSION = 1


_NUMBER = re.compile(r"[+-]?(\d{1,20}(\.\d{0,25})?|\.\d{1,25})([eE][+-]?\d{1,3})?", re.ASCII)
_WHOLE = re.compile(r"\d{1,4}", re.ASCII)
_NAMEABLE = re.compile(r"[A-Za-z][A-Za-z0-9_.]{0,15}", re.ASCII)
_STRANGER = "…"
_IGNORED = ("embed", "embed_options")  # Streamlit's own
_LOOKS = {"v", "own", "lang", "phase", "present", "length", "rnn", "back", "loss", "ways"}
"""The parameters that ask for no experiment and for no step: with these alone a page opens on its own."""


@dataclass(frozen=True)
class Link:
    """What a link says. `problems` names the parameters that were not understood.

    own : True if the link was made for uploaded numbers, which are too many for a link;
        `experiment` is then the preset that was open before the upload.
    """

    experiment: Experiment
    focus: Focus
    language: str | None = None
    problems: tuple[str, ...] = ()
    own: bool = False


def to_link(experiment: Experiment, focus: Focus, language: str) -> dict[str, str]:
    """The query parameters that restore all three with `from_link`, bit for bit.

    An experiment that is too large to be edited by hand does not fit into a link. The link then has
    `own=1`, the preset, the phase and the language. Labels are left out that are longer than
    `label_link.MOST`.
    """
    base = preset(experiment.preset, experiment.seed)
    query = {"preset": experiment.preset, "v": str(VERSION)}
    if experiment.preset == "random":
        query["seed"] = str(experiment.seed)
    if experiment.by_hand:
        for name in ("H", "D", "T"):
            if getattr(experiment, name) != getattr(base, name):
                query[name] = str(getattr(experiment, name))
        if experiment.variant != base.variant:
            query["cell"] = experiment.variant
        base = base.resized(experiment.H, experiment.D, experiment.T).with_variant(experiment.variant)
        addresses, numbers, usual = experiment.addresses(), experiment.numbers(), base.numbers()
        is_changed = (numbers != usual) | (np.signbit(numbers) != np.signbit(usual))
        for k in is_changed.nonzero()[0]:
            query[addresses[k]] = number_text(float(numbers[k]))
        query |= {address: number_text(value) for address, value in sorted(experiment.pins.items())}
        query["t"] = str(focus.t)
    else:
        query["own"] = "1"
    if experiment.by_hand and focus.unit != 1:
        query["unit"] = str(focus.unit)
    if focus.phase:
        query["phase"] = focus.phase
    if focus.present:
        query["present"] = "1"
    if focus.length != Focus.length:
        query["length"] = str(focus.length)
    for name in ("rnn", "back", "loss", "ways"):
        if (value := getattr(focus, name)) != getattr(Focus, name):
            query[name] = value
    if experiment.by_hand and focus.last:
        query["last"] = str(focus.last)
    query["lang"] = language
    labels = None
    if experiment.by_hand and experiment.labels != base.labels:
        labels = label_link.to_text(experiment.labels) or (label_link.NONE if base.labels else None)
    return query | {"labels": labels} if labels else query


def from_link(query: Mapping[str, str], page: str = "") -> Link:
    """What query parameters say, over the preset that they name. Never raises.

    page : which is opened. Where nothing asks for an experiment, it shows its opening; where nothing asks
        for a step, the one that it is about.
    """
    query = {str(name): str(value) for name, value in query.items() if name not in _IGNORED}
    problems: list[str] = []
    at_first, first = opening(page) if page and query.keys() <= _LOOKS else (preset(DEFAULT), None)

    def take(name, valid, default):
        if name not in query:
            return default
        value = valid(query.pop(name))
        if value is None:
            problems.append(name)
            return default
        return value

    take("v", lambda text: text if text == str(VERSION) else None, None)
    own = take("own", {"0": False, "1": True}.get, False)
    language = take("lang", lambda text: text if text in KNOWN else None, None)
    key = take("preset", lambda text: text if text in PRESETS else None, at_first.preset)
    seed = take("seed", lambda text: _whole(text, SEEDS[0], SEEDS[-1]), 1)
    base = preset(key, seed)
    experiment = base.resized(
        H=take("H", lambda text: _whole(text, 1, HAND_H), base.H),
        D=take("D", lambda text: _whole(text, 1, HAND_D), base.D),
        T=take("T", lambda text: _whole(text, 1, HAND_T), base.T),
    )
    cell = take("cell", lambda text: text if text in VARIANTS else None, base.variant)
    experiment = experiment.with_variant(cell)
    labels = take("labels", lambda text: label_link.from_text(text, experiment.T), experiment.labels)
    experiment = replace(experiment, labels=labels)
    focus = Focus(
        take(
            "t",
            lambda text: _whole(text, 1, experiment.T),
            first.t if first else first_look(experiment, page),
        ),
        take("unit", lambda text: _whole(text, 1, experiment.H), 1),
        take("phase", lambda text: text if text in (ALL, *PHASES) else None, None),
        take("present", {"0": False, "1": True}.get, False),
        take("length", lambda text: _whole(text, MIN_LENGTH, MAX_LENGTH), Focus.length),
        take("rnn", lambda text: text if text in RNN_WEIGHTS else None, Focus.rnn),
        take("back", lambda text: text if text in BACK_PHASES else None, None),
        take("loss", lambda text: text if text in LOSSES else None, Focus.loss),
        take("ways", lambda text: text if text in WAYS else None, Focus.ways),
        take("last", lambda text: _whole(text, 1, experiment.T), Focus.last),
    )
    for name, text in query.items():
        try:
            change = experiment.pinned if name.startswith("pin_") else experiment.edited
            experiment = change(name, _number(text))
        except (KeyError, ValueError):
            problems.append(name)
    return Link(experiment, focus, language, _nameable(problems), own)


def number_text(value: float) -> str:
    """The shortest text that reads back as the same float."""
    return repr(value).removesuffix(".0")


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise ValueError(text[:40])
    return float(text)


def _whole(text: str, low: int, high: int) -> int | None:
    return int(text) if _WHOLE.fullmatch(text) and low <= int(text) <= high else None


def _nameable(names: list[str]) -> tuple[str, ...]:
    """The first five names that are safe to show, and one "…" if there are others."""
    good = [name for name in names if _NAMEABLE.fullmatch(name)]
    return (*good[:5], *([_STRANGER] if len(good) > 5 or len(good) < len(names) else []))
