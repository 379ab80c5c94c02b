"""The names of the numbers that can be edited: address -> **label** in the reader's language."""

from ..words import Words
from ..workbench.experiment import Experiment
from ..workbench.presets import preset


def label(words: Words, experiment: Experiment, address: str) -> str:
    """The name of a number in words and as a symbol, such as "bias $b_f$" or "value $x_1$"."""
    kind, *numbers = address.split(".")
    if kind in ("h0", "C0"):
        return words(f"label.{kind}", unit=numbers[0])
    if kind == "x":
        return words("label.x", name=input_name(words, experiment, int(numbers[1])), d=numbers[1])
    name = input_name(words, experiment, int(numbers[-1]))
    return words(f"label.{kind[0]}", gate=kind[2], name=name, j=numbers[-1])


def input_name(words: Words, experiment: Experiment, d: int) -> str:
    """The preset's name for an input, such as "store flag", or "input" where it has none."""
    names_of = preset(experiment.preset, experiment.seed).D
    return words(f"preset.{experiment.preset}.x_{d}") if d <= names_of else words("label.unnamed")
