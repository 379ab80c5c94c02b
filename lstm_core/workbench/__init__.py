"""What a reader edits and looks at: the experiment, its presets, the step in focus, and the link to all."""

from .experiment import Experiment
from .focus import ALL, PHASES, Focus
from .link import Link, from_link, to_link
from .opening import OPENINGS, first_look, opening
from .presets import PRESETS, preset

__all__ = [
    "ALL",
    "OPENINGS",
    "PHASES",
    "PRESETS",
    "Experiment",
    "Focus",
    "Link",
    "first_look",
    "from_link",
    "opening",
    "preset",
    "to_link",
]
