"""A made-up class, for teachers who want to see what the table looks like: names -> **hand-ins**."""

from collections.abc import Sequence

from ..workbench.presets import preset
from .hand_in import HandIn
from .items import make
from .question import SEEDS
from .record import Attempt, Prediction
from .tasks import TASKS

_ANSWERS = (
    {"open_or_shut": "right", "keep_share": 0.16, "c_or_h": "right", "silent": "silent_forgets",
     "draw_hold": (0.0, 0.0, 0.0, 0.0)},
    {"open_or_shut": "loses_all", "keep_share": "right", "c_or_h": "memory", "silent": "right",
     "draw_hold": "right"},
    {"open_or_shut": "loses_all", "keep_share": None, "c_or_h": "memory", "silent": "speaks_spends",
     "draw_hold": None},
)  # fmt: skip
"""What each of the three answers: "right" stands for the right answer, None for a skipped question."""

_SOLVED = (("hold", "half_life"), ("hold",), ())
"""The tasks that each of the three solves."""


def sample_class(names: Sequence[str]) -> list[HandIn]:
    """Three hand-ins, always the same, under the names given."""
    return [
        HandIn(
            name,
            tuple(_prediction(item, 1 + k, answer) for item, answer in _ANSWERS[k].items()),
            tuple(_attempt(task, task in _SOLVED[k]) for task in ("hold", "half_life")),
            preset("latch"),
        )
        for k, name in enumerate(names)
    ]


def _prediction(item: str, seed: int, answer) -> Prediction:
    """An answer to the variant of a seed; a wrong option to the next variant that offers it, wrong."""
    if isinstance(answer, str) and answer != "right":
        variants = (make(item, later) for later in range(seed, SEEDS[-1]))
        seed = next(q.seed for q in variants if answer in q.options and answer != q.truth)
    return Prediction(item, seed, make(item, seed).truth if answer == "right" else answer)


def _attempt(task: str, solved: bool) -> Attempt:
    tried = TASKS[task].solution() if solved else TASKS[task].start(1)
    return Attempt(task, 1, tried.params, hints=0 if solved else 2, tries=2)
