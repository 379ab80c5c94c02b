"""What a layer reads on the command line: arguments, file -> **sequence, names of steps, first states**."""

from collections.abc import Sequence

import numpy as np

from .embeddings import ids_of
from .layer import Layer, LayerFile
from .limits import Limits
from .refusals import Refused
from .run import seen_states
from .sequence import in_time, one_of, read_label_file, read_labelled_x, read_x


def input_of(
    file: LayerFile, stack: list[Layer], options, limits: Limits
) -> tuple[np.ndarray, Sequence[str], list]:
    """The sequence, names of its steps, and states: those that are given, or captured with the layer."""
    x, labels, states = _sequence(file, stack, options, limits)
    if options.labels is not None:
        labels = read_label_file(options.labels, len(x))
    for k, path in enumerate((options.h0, options.C0)):
        if path is not None:
            states[k] = list(np.atleast_2d(read_x(path, stack[0].H, limits)))
    return x, labels, states


def _sequence(
    file: LayerFile, stack: list[Layer], options, limits: Limits
) -> tuple[np.ndarray, Sequence[str], list]:
    layer = stack[0]
    if options.input is not None:
        x, labels = read_labelled_x(options.input, layer.D, limits)
        x = in_time(x, layer.D, layer.address, options.batch_first)
        return one_of(x, options.sequence), labels, [None, None]
    if options.ids is not None:
        table = next((one for one in file.embeddings if one.vectors.shape[1] == layer.D), None)
        if table is None:
            raise Refused("no_embedding", layer=layer.address, D=layer.D)
        ids, labels = ids_of(options.ids)
        return table.of(ids, limits), labels, [None, None]
    if layer.seen is None:
        raise Refused("no_input")
    number = 1 if options.sequence is None else options.sequence
    seen = layer.seen.sequence(number)
    return seen.x, seen.labels, list(seen_states(stack, number))
