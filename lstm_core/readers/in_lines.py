"""Layers of a file and what the units of a run remember, for a terminal: file, run -> **lines of text**."""

from collections.abc import Iterator, Sequence

import numpy as np

from ..labels import shown
from ..words import Words
from .layer import Layer, LayerFile
from .named_steps import Correlation, column_of_labels, contexts, correlated
from .names import shown_name
from .outputs import Output
from .ranking import ranked
from .refusals import Refused
from .run import LayerRun
from .side_by_side import Lives
from .two_files import Moved

MOST_UNITS = 10


def layers_said(file: LayerFile) -> Iterator[str]:
    """A line for each layer, for what was taken for granted, and for what was not read."""
    words = Words("en")
    for layer in file.layers:
        cell = "" if layer.params.variant == "lstm" else f", {layer.params.variant}"
        inputs = f"{layer.D} input{'s' * (layer.D != 1)}, {layer.H} unit{'s' * (layer.H != 1)}"
        yield f"  {shown_name(layer.address)}: {inputs}, {layer.direction}, {layer.dtype}{cell}"
        yield from (f"    {words(f'network.note.{note}')}" for note in layer.notes)
    yield from (f"  not read: {refusal}" for refusal in file.left_out)


def units_said(
    run: LayerRun,
    by: str,
    labels: Sequence[str] = (),
    unit: int | None = None,
    read_by: Output | None = None,
) -> Iterator[str]:
    """How long half of the units remember, and the first MOST_UNITS in an order of `Ranking` or by "label".

    labels : those that the memory is compared with. unit : of this one, from 1, the steps at which C is
    highest and lowest, too. read_by : the linear layer that reads h; Refused for by "output" without one.
    """
    ranking, trace = ranked(run.trace, read_by), run.trace
    if by == "output" and read_by is None:
        raise Refused("no_one_output", layer=run.layer.address)
    low, middle, high = Lives(run.layer, ranking.half_life).quartiles()
    H = len(ranking.half_life)
    name = shown_name(run.layer.address)
    yield f"{name}: {H} units, half-life {middle:.3g} steps ({low:.3g} to {high:.3g})"
    with_label: Correlation | None = None
    if labels or by == "label":
        with_label = correlated(trace.C, column_of_labels(trace.labels or [""] * trace.T, labels))
    order = with_label.order() if with_label is not None and by == "label" else ranking.order(by)
    for k in (order if unit is None else [unit])[:MOST_UNITS]:
        line = (
            f"  unit {k}: half-life {ranking.half_life[k - 1]:.3g}, effect {ranking.effect[k - 1]:.3g}, "
            f"saturated {ranking.saturated[k - 1]:.0%}, moves {ranking.moved[k - 1]:.3g}"
        )
        if ranking.output is not None and read_by is not None:
            line += f", on {shown_name(read_by.name)} {ranking.output[k - 1]:.3g}"
        if with_label is not None:
            line += f", r {with_label.r[k - 1]:.2f} (by chance {with_label.control[k - 1]:.2f})"
        yield line
    if unit is not None:
        yield from _contexts(run, unit)


def moved_said(layer: Layer, found: Moved) -> Iterator[str]:
    """How many units are what they were, and the first MOST_UNITS of those that are it least."""
    H = len(found.match)
    yield f"{shown_name(layer.address)}: {found.stayed} of {H} units are matched by their own number"
    for k in found.order()[:MOST_UNITS].tolist():
        yield (
            f"  unit {k}: matches {found.match[k - 1]}, r {found.r[k - 1]:.3f}, half-life "
            f"{found.before[k - 1]:.3g} → {found.after[k - 1]:.3g}, weights moved {found.weights[k - 1]:.0%}"
        )


def _contexts(run: LayerRun, unit: int) -> Iterator[str]:
    memory = "h" if run.layer.kind == "gru" else "C"
    labels = [run.trace.labels[k] for k in np.argsort(run.times)] if run.trace.labels else ()
    for which, found in zip(
        ("highest", "lowest"), contexts([run.in_time("C")[:, unit - 1]], [labels]), strict=True
    ):
        for one in found:
            around = [shown(label) for label in (*one.before, f"[{one.label}]", *one.after)]
            between = "" if all(len(label) <= 1 for label in (*one.before, one.label, *one.after)) else " "
            text = f": {between.join(around)}" if one.label else ""
            yield f"  {memory} is {which} at step {one.t}, {one.value:.3g}{text}"
