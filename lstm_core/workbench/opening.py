"""What a page shows first: page -> **preset, step, phase** at which what it teaches is large on screen."""

import numpy as np

from .experiment import Experiment
from .focus import ALL, Focus
from .presets import preset

OPENINGS = {
    "start": ("brackets", 1),
    "overview": ("replace", 6),
    "forget_gate": ("latch", 13),
    "input_gate": ("replace", 10),
    "cell_state": ("replace", 9),
    "output_gate": ("silent", 11),
    "why_forget": ("runaway", 1),
    "gradient": ("far", 2),
    "trace": ("latch", 13),
}
"""Page -> the preset and the step that it opens on, where the link asks for nothing else."""

_OTHERS = OPENINGS["overview"]
"""What a page opens on that is not in the table."""

OPENS_ON = {"forget_gate": "erase", "input_gate": "write", "cell_state": "write", "output_gate": "show"}
"""Page -> the phase that it opens on; all other pages open on the whole cell."""

_LARGEST = {"forget_gate": "erased", "output_gate": "h", "trace": "erased"}
"""Page -> the quantity that it is about; all others are about what is written."""


def opening(page: str) -> tuple[Experiment, Focus]:
    """The experiment and the focus that a page shows when nothing was changed and nothing was asked for."""
    key, t = OPENINGS.get(page, _OTHERS)
    return preset(key), Focus(t)


def is_opening(page: str, experiment: Experiment, focus: Focus) -> bool:
    """Whether the reader has left experiment, step and unit as the page opened on them."""
    at_first, first = opening(page)
    return (experiment, focus.t, focus.unit) == (at_first, first.t, first.unit)


def first_look(experiment: Experiment, page: str = "") -> int:
    """The step to look at first: the one where the page's own quantity is largest, "written" for no page."""
    values = getattr(experiment.trace(), _LARGEST.get(page, "written"))
    return int(np.abs(values).max(axis=-1).argmax()) + 1


def phase_of(focus: Focus, page: str) -> str:
    """The phase in focus: the one that was chosen, or the one that the page opens on."""
    return focus.phase or OPENS_ON.get(page, ALL)
