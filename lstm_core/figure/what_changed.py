"""What a reader changed, and what that did to the run: two experiments -> **one sentence** with numbers."""

from collections.abc import Mapping

import numpy as np

from ..labels import step_name
from ..quantities import GATE_KEYS
from ..rounding import DECIMALS, LEDGER, ShownNumbers, exact, text, with_minus
from ..words import Words
from ..workbench.experiment import Experiment
from .names import label

MOST_NAMED = 2
"""So many changes are named one by one; of the others it is said how many there are."""

_SIZES = ("H", "D", "T")


def what_changed(start: Experiment, now: Experiment, t: int, unit: int, words: Words) -> str:
    """What differs between two experiments, and what that does at step t of a unit, both from 1; Markdown.

    Where it does nothing there that two decimals show, the step is named at which it does most. "" where
    nothing differs.
    """
    changes = _changes(start, now, words)
    if not changes:
        return ""
    named = ", ".join(changes[:MOST_NAMED])
    if len(changes) > MOST_NAMED:
        named = words("changed.more", named=named, n=len(changes) - MOST_NAMED)
    return f"{named}: {_effect(_alike(start, now), now, t, unit, words)}"


def _alike(start: Experiment, now: Experiment) -> Experiment:
    """The first experiment with as many units, inputs and steps as the second has."""
    return start.resized(now.H, now.D, now.T)


# -- what differs ---------------------------------------------------------------------------------


def _changes(start: Experiment, now: Experiment, words: Words) -> list[str]:
    sizes = [(name, getattr(start, name), getattr(now, name)) for name in _SIZES]
    found = [f"{words(f'sidebar.{name}')} {was} → {is_now}" for name, was, is_now in sizes if was != is_now]
    if start.variant != now.variant:
        found.append(f"{words(f'variant.{start.variant}')} → {words(f'variant.{now.variant}')}")
    before = _alike(start, now).with_variant(now.variant)
    differs = (before.numbers() != now.numbers()).nonzero()[0]
    addresses = now.addresses()
    found += [_number(before, now, addresses[k], words) for k in differs]
    found += [
        _pin(address, now.pins, words)
        for address in sorted({*before.pins, *now.pins})
        if before.pins.get(address) != now.pins.get(address)
    ]
    return found + [words("axis.label")] * (before.labels != now.labels)


def _number(before: Experiment, now: Experiment, address: str, words: Words) -> str:
    values = before.value(address), now.value(address)
    shown = [with_minus(exact(v)) for v in values]
    for digits in range(6, DECIMALS - 1, -1):  # as few decimals as show that they differ
        fewer = [text(v, decimals=digits) for v in values]
        shown = fewer if fewer[0] != fewer[1] else shown
    return f"{_name(now, address, words)} {shown[0]} → {shown[1]}"


def _name(experiment: Experiment, address: str, words: Words) -> str:
    """A number by its symbol, and by what it is a weight of."""
    kind, *numbers = address.split(".")
    if kind in ("h0", "C0"):
        return label(words, experiment, address)
    if kind == "x":
        return words("strip.input_at", name=label(words, experiment, address), t=numbers[0])
    parts = [f"${kind}$"]
    if kind[0] in "UV":
        parts.append(label(words, experiment, address))
    if experiment.H > 1:
        parts.append(words("diagram.unit", unit=numbers[0]))
    return ", ".join(parts)


def _pin(address: str, pins: Mapping[str, float], words: Words) -> str:
    if address not in pins:
        return words("pin.remove")
    kind, unit, *t = address.split(".")
    says = {"what": words(f"quantity.{GATE_KEYS[kind[-1]]}"), "unit": unit, "value": text(pins[address])}
    return words("pin.at_step", t=t[0], **says) if t else words("pin.at_all", **says)


# -- what that did --------------------------------------------------------------------------------


def _effect(start: Experiment, now: Experiment, t: int, unit: int, words: Words) -> str:
    before, after = start.trace(), now.trace()
    was, is_now = ShownNumbers(before), ShownNumbers(after)
    step = step_name(t, now.labels, words)
    shown = {key: text(is_now.at(key, t, unit)) for key in (*LEDGER, "h")}
    shown |= {f"{key}_before": text(was.at(key, t, unit)) for key in (*LEDGER, "h")}

    def differs(*keys: str) -> bool:
        return any(shown[key] != shown[f"{key}_before"] for key in keys)

    for name, keys in (("keeps", ("kept", "C_prev")), ("writes", ("written",)), ("shows", ("h",))):
        if differs(*keys):
            return words(f"changed.{name}", t=step, **shown)
    for key in ("C", "h"):
        moved = np.abs(getattr(after, key)[:, unit - 1] - getattr(before, key)[:, unit - 1])
        most_first = np.argsort(-moved, kind="stable")
        for s in (most_first[moved[most_first] > 0] + 1).tolist():
            new, old = text(is_now.at(key, s, unit)), text(was.at(key, s, unit))
            if new != old:
                says = {"s": step_name(s, now.labels, words), "what": key, "now": new, "before": old}
                return words("changed.later", t=step, **says)
    return words("changed.nothing", unit=unit)
