"""The names of the numbers that can be edited: address -> **label** in the reader's language."""

from __future__ import annotations

from lstm_core.words import Words
from lstm_core.workbench.presets import preset

from .. import session


def label(words: Words, address: str) -> str:
    """The name of a number in words and as a symbol, such as "bias $b_f$" or "value $x_1$"."""
    kind, *numbers = address.split(".")
    if kind in ("h0", "C0"):
        return words(f"label.{kind}", unit=numbers[0])
    if kind == "x":
        return words("label.x", name=input_name(words, int(numbers[1])), d=numbers[1])
    return words(f"label.{kind[0]}", gate=kind[2], name=input_name(words, int(numbers[-1])), j=numbers[-1])


def input_name(words: Words, d: int) -> str:
    """The preset's name for an input, such as "store flag", or "input" where it has none."""
    experiment = session.experiment()
    names_of = preset(experiment.preset, experiment.seed).D
    return words(f"preset.{experiment.preset}.x_{d}") if d <= names_of else words("label.unnamed")
