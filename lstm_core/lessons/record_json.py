"""What a reader did, as text: **record** -> JSON -> record, for the file handed in and the browser's tab.

A record that comes from a file or from a browser is treated as hostile: its size is bounded before it is
parsed, and whether an answer is right is never read from it but worked out again from the answer itself.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict

from ..training.trials import TRIALS
from ..workbench.experiment import HAND_H
from .fields import Refused, one_of, parsed, read_plain_params, whole
from .items import ITEMS, make, suits
from .own_run import run_of
from .question import SEEDS, Numbers
from .record import Attempt, Help, Prediction
from .tasks import TASKS
from .trained import Trained, read_trained

MAX_JSON = 400_000
"""Most characters that are parsed."""

MAX_PREDICTIONS, MAX_TASKS, MAX_HINTS, MAX_TRIES, MAX_RUNS = 100, 40, 3, 9999, 8

Done = tuple[tuple[Prediction, ...], tuple[Attempt, ...], tuple[Help, ...], tuple[Trained, ...]]
"""The part of a record that goes into files: predictions, attempts, help and trials, in the order of time."""


def to_json(*done: Iterable) -> str:
    """Predictions, attempts, help and trials, as `plain_record` takes them, as JSON without spaces."""
    return json.dumps(plain_record(*done), separators=(",", ":"))


def from_json(text: str) -> Done:
    """The predictions, attempts, help and trials that `to_json` wrote. Raises Refused."""
    if len(text) > MAX_JSON:
        raise Refused("too_large_inside", most=MAX_JSON // 1000)
    data = parsed(text)
    if not isinstance(data, dict):
        raise Refused("not_json")
    return read_record(data)


def plain_record(
    predictions: Iterable[Prediction],
    attempts: Iterable[Attempt],
    helps: Iterable[Help] = (),
    trained: Iterable[Trained] = (),
) -> dict:
    """Predictions, attempts, help and trials as data for JSON; an option stands there as its code.

    The words of all runs stand in one list, and "run" of a prediction is the place in it, from 1; 0 for none.
    Where there is more than `read_record` accepts, the oldest is left out.
    """
    predictions = list(predictions)[-MAX_PREDICTIONS:]
    runs = list(dict.fromkeys(p.run for p in reversed(predictions) if p.run))[:MAX_RUNS]
    return {
        "runs": runs,
        "predictions": [
            {
                "item": p.item,
                "seed": p.seed,
                "run": runs.index(p.run) + 1 if p.run else 0,
                "answer": _coded(p),
            }
            for p in predictions
            if not p.run or p.run in runs
        ],
        "tasks": [
            {name: getattr(a, name) for name in ("task", "seed", "hints", "tries")}
            | {"params": a.params.to_data()}
            for a in list(attempts)[-MAX_TASKS:]
        ],
        "helps": [asdict(taken) for taken in list(helps)[-MAX_TASKS:]],
        "trials": [asdict(done) for done in trained],
    }


def read_record(data: dict) -> Done:
    """The predictions, attempts, help and trials that `plain_record` wrote. Raises Refused.

    The app writes one entry for each variant, so a file with several was written by somebody else.
    """
    runs = _runs(data)
    entries = _entries(data, "predictions", MAX_PREDICTIONS)
    predictions = _once("predictions", (_prediction(entry, runs) for entry in entries))
    attempts = _once("tasks", map(_attempt, _entries(data, "tasks", MAX_TASKS)))
    helps = _once("helps", map(_help, _entries(data, "helps", MAX_TASKS)))
    # A record that was written before there were trials has none.
    trials = _entries({"trials": data.get("trials", [])}, "trials", len(TRIALS))
    return predictions, attempts, helps, _once("trials", map(read_trained, trials))


def _entries(data: dict, name: str, most: int) -> list[dict]:
    found = data.get(name)
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise Refused("field", name=name)
    if len(found) > most:
        raise Refused("too_many", name=name, most=most)
    return found


def _once(name: str, entries: Iterable) -> tuple:
    entries = tuple(entries)
    if len({entry.place for entry in entries}) < len(entries):
        raise Refused("twice", name=name)
    return entries


def _coded(prediction: Prediction) -> str | Numbers | None:
    """The answer as it stands in a file: an option as its code."""
    answer = prediction.answer
    return make(*prediction.place).codes[answer] if isinstance(answer, str) else answer


def _runs(data: dict) -> list[str]:
    """The words of the runs that questions were asked of, each of which is the word of a run."""
    found = data.get("runs")
    if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
        raise Refused("field", name="runs")
    if len(found) > MAX_RUNS:
        raise Refused("too_many", name="runs", most=MAX_RUNS)
    try:
        return [word for word in found if run_of(word)]
    except ValueError:
        raise Refused("field", name="runs") from None


def _prediction(entry: dict, runs: list[str]) -> Prediction:
    item, seed = one_of(entry, "item", ITEMS), whole(entry, "seed", SEEDS[0], SEEDS[-1])
    run = ["", *runs][whole(entry, "run", 0, len(runs))]
    if run and not suits(item, run):
        raise Refused("field", name="run")
    answer = entry.get("answer")
    if isinstance(answer, str):
        options = {code: option for option, code in make(item, seed, run).codes.items()}
        answer = options[one_of(entry, "answer", options)]
    prediction = Prediction(item, seed, tuple(answer) if isinstance(answer, list) else answer, run)
    try:
        _ = prediction.verdict  # judging is what refuses an impossible answer
    except (ValueError, TypeError, OverflowError):
        raise Refused("field", name="answer") from None
    return prediction


def _attempt(entry: dict) -> Attempt:
    key, seed = one_of(entry, "task", TASKS), whole(entry, "seed", SEEDS[0], SEEDS[-1])
    params = read_plain_params(entry.get("params"))
    if params.D != TASKS[key].start(seed).D or params.H > HAND_H:
        raise Refused("field", name="params")
    hints, tries = whole(entry, "hints", 0, MAX_HINTS), whole(entry, "tries", 0, MAX_TRIES)
    return Attempt(key, seed, params, hints, tries)


def _help(entry: dict) -> Help:
    key, seed = one_of(entry, "task", TASKS), whole(entry, "seed", SEEDS[0], SEEDS[-1])
    if not isinstance(entry.get("solution"), bool):
        raise Refused("field", name="solution")
    return Help(key, seed, whole(entry, "hints", 0, MAX_HINTS), entry["solution"])
