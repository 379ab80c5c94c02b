"""What a reader edits and looks at: the experiment, its presets, the step in focus, and the link to all."""

from .experiment import Experiment
from .focus import ALL, PHASES, Focus, first_look
from .link import Link, from_link, to_link
from .presets import PRESETS, preset

__all__ = [
    "ALL",
    "PHASES",
    "PRESETS",
    "Experiment",
    "Focus",
    "Link",
    "first_look",
    "from_link",
    "preset",
    "to_link",
]
