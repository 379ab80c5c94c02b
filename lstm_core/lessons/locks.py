"""What a change touches: experiment before, experiment after -> **controls** that a lesson may hold."""

from ..workbench.experiment import Experiment


def touched(before: Experiment, after: Experiment) -> set[str]:
    """The names in `lesson_link.CONTROLS` of what differs between two experiments.

    Where the size or the kind of cell differs, the numbers are compared with those that this alone would
    have given: a unit more is no change of the weights, and a unit more with other weights is one.
    """
    found = set()
    if (before.preset, before.seed) != (after.preset, after.seed):
        found.add("preset")
    if (before.H, before.D, before.T) != (after.H, after.D, after.T):
        found.add("size")
    if before.variant != after.variant:
        found.add("variant")
    alike = before.with_variant(after.variant).resized(after.H, after.D, after.T)
    if alike.params != after.params or alike.pins != after.pins:
        found.add("weights")
    if not (alike.x == after.x).all() or alike.labels != after.labels:
        found.add("inputs")
    if not ((alike.h0 == after.h0).all() and (alike.C0 == after.C0).all()):
        found.add("start")
    return found
