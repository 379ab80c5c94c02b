"""Hooks on the LSTM and GRU layers of a PyTorch model: model, x -> **what each layer saw**.

PyTorch is not imported.
"""

from typing import Any

import numpy as np

from ..readers.limits import ANY_SIZE
from ..readers.named import FoundLayers, find_layers
from ..readers.refusals import Refused
from .seen import Seen, in_memory


def is_torch(model: Any) -> bool:
    """Whether it is a module of PyTorch."""
    return any(cls.__module__.startswith("torch.nn.modules") for cls in type(model).__mro__)


def watch(model: Any, x: Any) -> tuple[list[Seen], list[ValueError]]:
    """Call the model once, without gradients and as it is used after training.

    x : what the model takes; a tuple for several arguments, a dict for named ones.
    Returns what its layers saw, and a refusal for each that is of another kind than this library runs.
    """
    seen: list[Seen] = []
    refused: list[ValueError] = []
    handles, cells = [], []
    for name, module in model.named_modules():
        if _is_a(module, "LSTM", "GRU"):
            saw = _of_layer(name, module, seen, refused)
        elif _is_a(module, "LSTMCell", "GRUCell"):
            cells.append(_Cell(name, module))
            saw = cells[-1].saw
        else:
            continue
        handles.append(module.register_forward_hook(saw, with_kwargs=True))
    training = [module for module in model.modules() if module.training]
    try:
        model.eval()
        if isinstance(x, dict):
            model(**x)
        else:
            model(*(x if type(x) is tuple else (x,)))
    finally:
        for handle in handles:
            handle.remove()
        for module in training:
            module.training = True
    for cell in cells:
        try:
            seen += cell.runs()
        except Refused as refusal:
            refused.append(refusal)
    return seen, refused


def _is_a(module: Any, *names: str) -> bool:
    kinds = type(module).__mro__
    return any(cls.__name__ in names and cls.__module__.startswith("torch.nn") for cls in kinds)


def _array(tensor: Any) -> np.ndarray:
    tensor = tensor.detach().cpu()  # so that no graph outlives the call
    kind = str(tensor.dtype).removeprefix("torch.")
    return np.array(tensor.numpy() if kind in ("float32", "float64") else tensor.float().numpy())


def _layers(name: str, module: Any) -> list:
    """The layers of a module, one for each level and direction. Raises Refused."""
    prefix = f"{name}." if name else ""
    arrays = {}
    for key, tensor in module.state_dict().items():
        arrays[prefix + key] = in_memory(prefix + key, _array(tensor))
    found = FoundLayers("PyTorch", ANY_SIZE)
    find_layers(found, arrays)
    if found.left_out:
        raise found.left_out[0]
    return found.layers


def _of_layer(name: str, module: Any, seen: list[Seen], refused: list[ValueError]):
    def saw(module, positional, named, output):
        given = [*positional, *(named[key] for key in ("input", "hx") if key in named)]
        try:
            layers = _layers(name, module)
        except Refused as refusal:
            refused.append(refusal)
            return
        x, lengths, one = _padded(given[0], module.batch_first)
        h, _, _ = _padded(output[0], module.batch_first)
        states: list[list[np.ndarray | None]] = [[None] * len(layers), [None] * len(layers)]
        if len(given) > 1 and given[1] is not None:
            for k, state in enumerate(_states(given[1])):
                states[k] = list(_batched(state, one))
        h_last = list(_batched(_states(output[1])[0], one))
        seen.append(Seen(name, layers, x, lengths, *states, h, h_last))

    return saw


def _states(value: Any) -> list[np.ndarray]:
    """h and C of an LSTM, or h alone of a GRU."""
    return [_array(state) for state in (value if isinstance(value, (tuple, list)) else (value,))]


def _batched(state: np.ndarray, one: bool) -> np.ndarray:
    """(layers, B, H), also where there is one sequence without an axis for the batch."""
    return state[:, None] if one else state


def _padded(value: Any, batch_first: bool) -> tuple[np.ndarray, np.ndarray, bool]:
    """(T, B, …), the lengths (B,), and whether a tensor had no axis for the batch."""
    if hasattr(value, "batch_sizes"):
        sizes, rows = _array(value.batch_sizes).astype(int), _array(value.data)
        padded = np.zeros((len(sizes), sizes[0], *rows.shape[1:]), rows.dtype)
        for t, (end, size) in enumerate(zip(np.cumsum(sizes), sizes, strict=True)):
            padded[t, :size] = rows[end - size : end]
        lengths = (sizes[:, None] > np.arange(sizes[0])).sum(axis=0)
        if value.unsorted_indices is not None:
            order = _array(value.unsorted_indices).astype(int)
            padded, lengths = padded[:, order], lengths[order]
        return padded, lengths, False
    array = _array(value)
    one = array.ndim == 2
    if one:
        array = array[:, None]
    elif batch_first:
        array = array.swapaxes(0, 1)
    return array, np.full(array.shape[1], len(array)), one


class _Cell:
    """The calls of an nn.LSTMCell or nn.GRUCell: a loop that hands each call what the last one gave."""

    def __init__(self, name: str, module: Any):
        self.name, self.module = name, module
        self.sequences: list[list[tuple]] = []
        self.last: list | None = None

    def saw(self, module, positional, named, output) -> None:
        given = [*positional, *(named[key] for key in ("input", "hx") if key in named)]
        x = _array(given[0])
        states = _states(given[1]) if len(given) > 1 and given[1] is not None else None
        goes_on = states and self.last and all(map(np.array_equal, states, self.last))
        self.last = _states(output)
        if not goes_on:
            self.sequences.append([])
        self.sequences[-1].append((x, states, self.last[0]))

    def runs(self) -> list[Seen]:
        if not self.sequences:
            return []
        [layer] = _layers(self.name, self.module)
        found = []
        for steps in self.sequences:
            x, h = (np.stack([step[k] for step in steps]) for k in (0, 2))
            one = x.ndim == 2
            states = [*(steps[0][1] or []), None, None][:2]
            if one:
                x, h = x[:, None], h[:, None]
                states = [state if state is None else state[None] for state in states]
            lengths = np.full(x.shape[1], len(x))
            found.append(Seen(self.name, [layer], x, lengths, [states[0]], [states[1]], h, [None]))
        return found
