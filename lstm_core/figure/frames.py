"""A figure that answers without Python: figure -> **frames**, what it shows at each step, unit and phase.

A file, or a notebook that was saved as a page, holds them all, and its script shows the one that is looked
at; see assets/figure/frames.js. Nobody can move a number there, so that every look can be drawn beforehand.
"""

from typing import Any

from ..explain import BEFORE
from ..workbench.focus import ALL, PHASES
from .changes import changes
from .choose import AGAIN, KEYBOARD, pressed
from .looking import Looking

SHOWN = (ALL, *PHASES)
"""The phases of a frame, in the order in which frames are kept."""

KEYS = ("next", "back", "right", "left", "step_on", "step_back", AGAIN, ALL)
"""The keys that lead from one frame to another."""

MOST_FRAMES = 1024
"""So many are drawn at most, some 600 kB of file: two units over 64 steps."""


def covered(T: int, H: int, t: int, unit: int, most: int = MOST_FRAMES) -> tuple[range, range]:
    """The steps and units of which there are frames: all, or as many as `most` frames allow around the focus.

    Units are left out before steps: the one in focus is always there.
    """
    most //= len(SHOWN)
    units = range(1, H + 1) if most >= H * T else range(unit, unit + 1)
    steps = min(T, most)
    first = min(max(t - steps // 2, 1), T - steps + 1)
    return range(first, first + steps), units


def frames(figure: Looking, most: int = MOST_FRAMES) -> dict[str, Any]:
    """Everything that assets/figure/frames.js needs to show the figure, for JSON.

    steps, units, phases : of which there are frames, in the order in which they are numbered: steps first,
        then units, then phases. start : the number of the frame that is shown first. first : picture -> its
        markup there. drawn : picture -> what differs from that markup, once for all frames that look alike.
        shown : picture -> for each frame, which of these it shows. keys : key -> for each frame the number of
        the one that it leads to. keyboard : as KEYBOARD. sliders : name of each panel -> its sliders.
        before : quantities of which a click leaves the unit in focus. windows : of each step, how many steps
        its strip leaves out before the first that it shows.
    """
    steps, units = covered(figure.T, figure.H, figure.focus.t, figure.focus.unit, most)
    looks = [(t, unit, phase) for t in steps for unit in units for phase in SHOWN]
    number = {look: k for k, look in enumerate(looks)}

    def frame_of(seen: Looking) -> int | None:
        return number.get((seen.focus.t, seen.focus.unit, seen.phase))

    first = figure.draw()
    found: dict[str, dict[str, int]] = {name: {} for name in first}
    shown: dict[str, list[int]] = {name: [] for name in first}
    leads: dict[str, list[int]] = {key: [] for key in KEYS}
    still: dict[str, str] = {}
    for k, (t, unit, phase) in enumerate(looks):
        seen = figure.looked(t=t, unit=unit, phase=phase)
        still = seen.draw() if phase == SHOWN[0] else still | seen.with_phase()
        for name, markup in still.items():
            shown[name].append(found[name].setdefault(markup, len(found[name])))
        for key in KEYS:
            to = frame_of(pressed(seen, key))
            leads[key].append(k if to is None else to)
    return {
        "steps": list(steps),
        "units": list(units),
        "phases": SHOWN,
        "start": frame_of(figure),
        "first": first,
        "drawn": {name: [changes(first[name], markup) for markup in found[name]] for name in first},
        "shown": shown,
        "keys": leads,
        "keyboard": KEYBOARD,
        "sliders": {name: [slider.spec() for slider in panel] for name, panel in figure.sliders().items()},
        "before": ["x", *BEFORE],
        "windows": [figure.looked(t=t).window[0] - 1 for t in steps],
    }
