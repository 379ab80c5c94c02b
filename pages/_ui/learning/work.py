"""Training in short slices, so that other readers are served between them: desk -> **work** -> course.

The browser asks for each slice (`pages/_ui/browser/pulse.py`). So nothing runs for a reader who has left,
and no thread of its own is needed. A process trains PLACES runs at once at most, and only one of them at
any moment; the others stand in line.
"""

from time import perf_counter  # it reads the clock; nothing here sleeps

import numpy as np

from lstm_core.training import Training
from lstm_core.training.line import Line
from lstm_core.training.trials import done
from lstm_core.workbench.process_memory import NoRoom, process_memory

from .desk import Desk

PLACES = 3
PATIENCE = 6.0  # seconds; the browser of a reader who is still there asks again much sooner
SLICE = 0.035
"""Seconds of a slice. The update that is under way then still ends, which takes up to 15 ms more."""

PAUSE = 20  # milliseconds, the least rest from a slice on screen to the next one
WAITING = 700  # milliseconds until a reader in line asks again, and the longest rest

_line = Line(PLACES, PATIENCE)
_at_work: list[object] = []


def work(here: Desk) -> None:
    """Do one slice of what is to be done, if it is this reader's turn."""
    here.began = perf_counter()
    if not here.works:
        _line.leave(here.who)
        return
    here.ahead = _line.ahead(here.who, here.began)
    here.others = _line.training() - 1
    if here.ahead or _at_work or not _has_room(here):
        return
    _at_work.append(here.who)
    try:
        with np.errstate(all="ignore"):  # of weights that have run away, too
            _slice(here, perf_counter())
    finally:
        _at_work.remove(here.who)


def _has_room(here: Desk) -> bool:
    """Whether what the training adds has room; where it has none it waits."""
    try:
        process_memory.make_room(0, here)
    except NoRoom:
        return False
    return True


def rest(here: Desk) -> int | None:
    """Milliseconds until the browser asks for the next slice, once the page is drawn; None to ask no more.

    They grow with the time that the run has taken, so that where many are served a training takes less.
    """
    if not here.works:
        return None
    if here.ahead:
        return WAITING
    took = 1000 * (perf_counter() - here.began)
    return min(round(PAUSE + took * (1 + 2 * here.others)), WAITING)


def _slice(here: Desk, start: float) -> None:
    if here.todo and here.comparing:
        _race(here, start)
    elif here.todo:
        _train(here, start)
    while not here.todo and not here.is_read and perf_counter() < start + SLICE:
        here.read_on()
        here.fresh |= here.read is not None


def _train(here: Desk, start: float) -> None:
    plan = here.todo[0]
    if here.training is None:
        here.training = Training(plan.problem, plan.setup, plan.seed)
        here.turn, here.unit, here.t, here.seconds, here.fresh = here.turn + 1, None, None, 0.0, True
    elif here.last:
        here.seconds += min(start - here.last, 1.0)
    here.last = start
    training, going_on = here.training, True
    while going_on and training.updates < plan.updates and perf_counter() < start + SLICE:
        going_on = training.step(1)
    here.course = training.course
    here.forget_reading()
    if not going_on or training.updates >= plan.updates:
        _finish(here)


def _finish(here: Desk) -> None:
    here.todo.pop(0)
    here.fresh = True
    here.solved |= dict.fromkeys(done(here.course), here.course)
    if here.todo:
        here.training = None


def _race(here: Desk, start: float) -> None:
    """An update for each racer in turn, so that all are equally far, until each has come to its end."""
    if not here.racers:
        here.racers = [Training(plan.problem, plan.setup, plan.seed) for plan in here.todo]
        here.turn, here.fresh = here.turn + 1, True
    while perf_counter() < start + SLICE:
        going = [
            racer
            for racer, plan in zip(here.racers, here.todo, strict=True)
            if racer.updates < plan.updates and not racer.ended
        ]
        if not going:
            here.todo, here.fresh = [], True
            here.end_comparing()
            for course in here.kept:
                here.solved |= dict.fromkeys(done(course), course)
            return
        for racer in going:
            racer.step(1)
