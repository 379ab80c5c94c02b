"""Keras 2 and 3: archive or HDF5 file -> layers. Names and functions come from the model, if it is there."""

import io
import re
from collections import deque
from functools import partial
from typing import BinaryIO

import numpy as np

from ..params import LSTMParams
from .blocks import expect, params_of_rows, sizes
from .gru import GRUParams
from .hdf5 import MOST_TEXT, Hdf5
from .keras_config import MOST_DECLARED, Declared, config_of, declared_layers
from .limits import Budget, Limits
from .named import FoundLayers, keras_params, need, told
from .refusals import Phrase, Refused
from .stored import Stored
from .zipped import Archive

_CELL = re.compile(r"(.*)/cell/vars/([012])")
_KERAS_2 = re.compile(r"(.*)/(kernel|recurrent_kernel|bias)(?::0)?")
_KERAS_1 = re.compile(r"(.*)_U_i(?::0)?")
_STACKED_3 = re.compile(r"(.*)/cell/cells/[^/]+/vars/0")
_STACKED_2 = re.compile(r"stacked_rnn_cells(_\d+)?")
_PARTS = ("kernel", "recurrent_kernel", "bias")
_WHICH = ("activation", "gate_function")
_MOST_ARCHIVED = 1_000_000_000


def read_archive(found: FoundLayers, archive: Archive) -> None:
    """Adds to `found` the layers of a `.keras` archive."""
    config = config_of(archive.read("config.json", 4_000_000)) if "config.json" in archive.members else {}
    weights = archive.read("model.weights.h5", found.limits.bytes or _MOST_ARCHIVED)
    _read(found, Hdf5(io.BytesIO(weights), Budget(found.limits)), declared_layers(config))


def read_hdf5(found: FoundLayers, file: BinaryIO, budget: Budget) -> None:
    """Adds to `found` the layers of an HDF5 file, a model or weights alone."""
    hdf5 = Hdf5(file, budget)
    config = hdf5.text("", "model_config", MOST_TEXT)
    _read(found, hdf5, declared_layers(config_of(config)) if config is not None else [])


def _read(found: FoundLayers, hdf5: Hdf5, declared: list[Declared]) -> None:
    groups, stacked = _without_stacked(_of_keras_3(hdf5) or _of_keras_2(hdf5), declared, list(hdf5.arrays))
    model = _Model(declared)
    stored = []
    for place, parts in groups.items():
        number = model.number_for(hdf5, place, parts)
        if number is not None or _looks_like_a_cell(parts):
            stored.append((len(declared) if number is None else number, place, parts))
    for number, place, parts in sorted(stored, key=lambda one: one[0]):
        _add(found, hdf5, place, parts, declared[number] if number < len(declared) else None)
    for number, layer in enumerate(declared):
        if number not in model.matched:
            with found.one_layer():
                raise Refused(layer.problem or "incomplete", layer=layer.name, array="kernel")
    for name in stacked:
        with found.one_layer():
            raise Refused("stacked_cells", layer=name)
    found.add_beside(hdf5.arrays)


class _Model:
    """The layers of a model by where their weights may stand. Each is found once; of several the first."""

    def __init__(self, declared: list[Declared]):
        self.matched: set[int] = set()
        self._by_path: dict[str, deque[int]] = {}
        self._by_name: dict[str, deque[int]] = {}
        for number, layer in enumerate(declared):
            self._by_path.setdefault(layer.path, deque()).append(number)
            for own in layer.own:
                for name in (own, f"{own}_{own}"):
                    self._by_name.setdefault(name, deque()).append(number)

    def number_for(self, hdf5: Hdf5, place: str, parts: dict[str, Stored]) -> int | None:
        """The number of the layer whose weights stand here: by its path, else by a name along the way."""
        number = self._first(self._by_path.get(place)) if "recurrent_kernel" in parts else None
        if number is None:
            names = [hdf5.text(f"{place}/vars", "name") or "", *reversed(place.split("/"))]
            numbers = (self._first(self._by_name.get(name)) for name in names if name)
            number = next((number for number in numbers if number is not None), None)
        if number is not None:
            self.matched.add(number)
        return number

    def _first(self, numbers: deque[int] | None) -> int | None:
        while numbers and numbers[0] in self.matched:
            numbers.popleft()
        return numbers[0] if numbers else None


def _few(groups: dict[str, dict[str, Stored]]) -> dict[str, dict[str, Stored]]:
    """A Refused for more places of weights than a model has layers, before they are put in order."""
    if len(groups) > MOST_DECLARED:
        raise Refused("too_many", most=MOST_DECLARED, what=Phrase("layers"))
    return groups


def _without_stacked(groups: dict, declared: list[Declared], arrays: list[str]) -> tuple[dict, list[str]]:
    """The places without the cells of StackedRNNCells, and the layers of such cells that no model declares.

    Each of its cells looks like a layer, and none is one.
    """
    known = [model.name for model in declared if model.problem == "stacked_cells"]
    single, found = {}, {match[1] for name in arrays if (match := _STACKED_3.fullmatch(name))}
    for place, parts in groups.items():
        steps = place.split("/")
        stack = next((k for k, step in enumerate(steps) if _STACKED_2.fullmatch(step)), None)
        if stack is not None:
            found.add("/".join(steps[:stack]))
        elif not set(known) & set(steps):
            single[place] = parts
    if known:
        return single, []
    return single, [place.rpartition("/")[2] for place in sorted(found, key=_natural)]


def _of_keras_3(hdf5: Hdf5) -> dict[str, dict[str, Stored]]:
    """Arrays `…/cell/vars/0`, 1, 2 by what stands before, with layer 10 after layer 2."""
    groups: dict[str, dict[str, Stored]] = {}
    for name, array in hdf5.arrays.items():
        plain = name.replace("\\", "/").replace("_layer_checkpoint_dependencies/", "layers/")
        match = _CELL.fullmatch(plain)
        if match:
            groups.setdefault(match[1], {})[_PARTS[int(match[2])]] = array
    return dict(sorted(_few(groups).items(), key=lambda item: _forward_first(item[0])))


def _of_keras_2(hdf5: Hdf5) -> dict[str, dict[str, Stored]]:
    """Arrays by name, `…/kernel:0`, in the order of the model's layers. Refuses what Keras 1 wrote."""
    groups: dict[str, dict[str, Stored]] = {}
    for name, array in hdf5.arrays.items():
        if old := _KERAS_1.fullmatch(name):
            raise Refused("too_old", layer=old[1].rpartition("/")[2], framework="Keras 1")
        match = _KERAS_2.fullmatch(name)
        if match and not name.startswith(("optimizer_weights/", "optimizer/")):
            groups.setdefault(match[1], {})[match[2]] = array
    groups = {place: parts for place, parts in groups.items() if "recurrent_kernel" in parts}
    top = "model_weights" if hdf5.has_group("model_weights") else ""
    names = hdf5.texts(top, "layer_names") or []
    order = {f"{top}/{name}".strip("/"): number for number, name in enumerate(names)}

    def place_in_model(place):
        layer = "/".join(place.split("/")[: 2 if top else 1])
        return (order.get(layer, len(order)), _forward_first(place))

    return {place: groups[place] for place in sorted(_few(groups), key=place_in_model)}


def _natural(place: str) -> str:
    """A place so that 2 comes before 10: each number with zeros in front, and before everything else."""
    return re.sub("[0-9]+", lambda digits: f"\0{digits[0][:18]:0>18}\0", place)


def _forward_first(place: str) -> str:
    return _natural(place.replace("backward_", "later_").replace("forward_", "first_"))


def _looks_like_a_cell(parts: dict[str, Stored]) -> bool:
    """Whether these are the matrices of a recurrent cell; that of a plain RNN is then refused with a word."""
    kernel, recurrent = parts.get("kernel"), parts.get("recurrent_kernel")
    return kernel is not None and recurrent is not None and len(kernel.shape) == len(recurrent.shape) == 2


def _add(found: FoundLayers, hdf5: Hdf5, place: str, parts: dict[str, Stored], model: Declared | None):
    notes: tuple[str, ...] = ()
    if model is None:
        name, direction, notes = _name_of(hdf5, place)
        model = Declared(name, place, (), direction=direction)
    name, is_cudnn = model.name, model.is_cudnn or _is_cudnn(parts)
    # CuDNN knows no other functions.
    functions = ("tanh", "sigmoid") if is_cudnn else (model.activation, model.recurrent_activation)
    if None in functions:
        notes += ("hard_sigmoid_era" if _had_hard_sigmoid(hdf5, parts) else "activation_unsaid",)
    fields = {"merge": model.merge, "notes": notes, "form": "cudnn" if is_cudnn else ""}
    with found.one_layer():
        if model.problem:
            raise Refused(model.problem, layer=name)
        for got, usual, which in zip(functions, ("tanh", "sigmoid"), _WHICH, strict=True):
            if got not in (None, usual):
                raise Refused("activation", layer=name, got=got, which=Phrase(which))
        if is_cudnn:
            params: LSTMParams | GRUParams = _cudnn(name, parts, found.limits)
        else:
            params = keras_params(name, parts, found.limits, found.order, model.reset_after)
        found.add(name, params, model.direction, **fields, **told(parts))


def _name_of(hdf5: Hdf5, place: str) -> tuple[str, str, tuple[str, ...]]:
    """Name, direction and notes of a layer without a model: the attribute `name`, else its place."""
    steps = [step for step in place.split("/") if step not in ("layers", "model_weights")]
    side = next((s for s in reversed(steps) if s.startswith(("forward_", "backward_"))), "")
    direction = "reverse" if side.startswith("backward_") else "forward"
    if side in ("forward_layer", "backward_layer"):
        outer = place.rpartition("/")[0]
        own = hdf5.text(f"{outer}/vars", "name")
        return own or "/".join(steps[:-1]), direction, () if own else ("name_unsaid",)
    own = hdf5.text(f"{place}/vars", "name")
    if own:
        return own, direction, ()
    if place.startswith("layers/") or "/layers/" in place:
        return "/".join(steps), direction, ("name_unsaid",)
    return steps[0] if steps else place, direction, ()


def _is_cudnn(parts: dict[str, Stored]) -> bool:
    """Whether these are the arrays of a CuDNNLSTM, which has two biases for each gate and unit."""
    recurrent, bias = parts.get("recurrent_kernel"), parts.get("bias")
    if recurrent is None or bias is None or not recurrent.shape:
        return False
    return bias.shape == (8 * recurrent.shape[0],)


def _cudnn(name: str, parts: dict[str, Stored], limits: Limits) -> LSTMParams:
    """CuDNNLSTM keeps each gate's block as rows for a unit, written over the shape of columns."""
    need(name, parts, *_PARTS)
    kernel, recurrent, bias = (parts[part] for part in _PARTS)
    H, D = sizes(name, kernel, recurrent, limits, columns=True)
    expect(name, kernel, D, 4 * H)
    expect(name, recurrent, H, 4 * H)
    expect(name, bias, 8 * H)

    def rows(matrix: Stored, width: int) -> Stored:
        """The matrix as (4H, width)."""

        def load():
            blocks = np.hsplit(matrix.read(), 4)
            return np.concatenate([np.reshape(block, (H, width)) for block in blocks])

        return Stored(matrix.name, (4 * H, width), matrix.dtype, load)

    halves = bias.read().reshape(2, 4 * H)
    biases = [Stored(bias.name, (4 * H,), bias.dtype, partial(np.asarray, half)) for half in halves]
    return params_of_rows(name, rows(kernel, D), rows(recurrent, H), biases, "ifco", limits)


def _had_hard_sigmoid(hdf5: Hdf5, parts: dict[str, Stored]) -> bool:
    top = "model_weights" if hdf5.has_group("model_weights") else ""
    version = hdf5.text(top, "keras_version") or hdf5.text("", "keras_version") or ""
    match = re.match(r"(\d{1,3})\.(\d{1,3})", version)
    return match is not None and (int(match[1]), int(match[2])) < (2, 3) and not version.endswith("tf")
