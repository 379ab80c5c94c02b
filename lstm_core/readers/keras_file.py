"""Keras 2 and 3: archive or HDF5 file -> layers. Names and functions come from the model, if it is there."""

from __future__ import annotations

import io
import re
from collections import deque
from typing import BinaryIO

from .hdf5 import MOST_TEXT, Hdf5
from .keras_config import MOST_DECLARED, Declared, config_of, declared_layers
from .keras_weights import is_cudnn, params_of
from .limits import Budget, Limits
from .named import FoundLayers
from .phrases import Phrase
from .refusals import Refused
from .stored import Stored
from .zipped import Archive

_CELL = re.compile(r"(.*)/cell/vars/([012])")
_KERAS_2 = re.compile(r"(.*)/(kernel|recurrent_kernel|bias)(?::0)?")
_KERAS_1 = re.compile(r"(.*)_U_i(?::0)?")
_STACKED_3 = re.compile(r"(.*)/cell/cells/[^/]+/vars/0")
_STACKED_2 = re.compile(r"stacked_rnn_cells(_\d+)?")
_PARTS = ("kernel", "recurrent_kernel", "bias")
_MOST_ARCHIVED = 1_000_000_000


def read_archive(archive: Archive, found: FoundLayers, limits: Limits, order: str | None) -> list[str]:
    """The layers of a `.keras` archive, into `found`; returns the names of its arrays."""
    config = config_of(archive.read("config.json", 4_000_000)) if "config.json" in archive.members else {}
    weights = archive.read("model.weights.h5", limits.bytes or _MOST_ARCHIVED)
    return _read(Hdf5(io.BytesIO(weights), Budget(limits)), declared_layers(config), found, limits, order)


def read_hdf5(
    file: BinaryIO, budget: Budget, found: FoundLayers, limits: Limits, order: str | None
) -> list[str]:
    """The layers of an HDF5 file, a model or weights alone, into `found`; returns the names of its arrays."""
    hdf5 = Hdf5(file, budget)
    config = hdf5.text("", "model_config", MOST_TEXT)
    declared = declared_layers(config_of(config)) if config is not None else []
    return _read(hdf5, declared, found, limits, order)


def _read(
    hdf5: Hdf5, declared: list[Declared], found: FoundLayers, limits: Limits, order: str | None
) -> list[str]:
    groups, stacked = _without_stacked(_of_keras_3(hdf5) or _of_keras_2(hdf5), declared, list(hdf5.arrays))
    model = _Model(declared)
    stored = []
    for place, parts in groups.items():
        number = model.number_for(hdf5, place, parts)
        if number is not None or _looks_like_a_cell(parts):
            stored.append((len(declared) if number is None else number, place, parts))
    for number, place, parts in sorted(stored, key=lambda one: one[0]):
        layer = declared[number] if number < len(declared) else None
        _add(hdf5, place, parts, layer, found, limits, order)
    for number, layer in enumerate(declared):
        if number not in model.matched:
            found.add(layer.name, _missing, layer)
    for name in stacked:
        found.add(name, _refuse_stacked, name)
    found.add_beside(hdf5.arrays)
    return list(hdf5.arrays)


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


def _add(hdf5, place, parts, model, found, limits, order) -> None:
    name, direction, merge, notes = _name_of(hdf5, place)
    if model is not None:
        name, direction, merge, notes = model.name, model.direction, model.merge, ()
    functions = (model.activation, model.recurrent_activation) if model is not None else (None, None)
    if is_cudnn(parts):
        functions = ("tanh", "sigmoid")  # CuDNN knows no others
    if None in functions:
        notes += ("hard_sigmoid_era" if _had_hard_sigmoid(hdf5, parts) else "activation_unsaid",)
    keys = tuple(array.name for array in parts.values())
    details = {"direction": direction, "merge": merge, "notes": notes, "keys": keys, "dtype": _dtype(parts)}
    if is_cudnn(parts) or (model is not None and model.is_cudnn):
        details["form"] = "cudnn"
    found.add(name, _params, name, parts, model, functions, limits, order, **details)


def _name_of(hdf5: Hdf5, place: str) -> tuple[str, str, str, tuple[str, ...]]:
    """Name, direction, merge and notes of a layer without a model: the attribute `name`, else its place."""
    steps = [step for step in place.split("/") if step not in ("layers", "model_weights")]
    side = next((s for s in reversed(steps) if s.startswith(("forward_", "backward_"))), "")
    direction = "reverse" if side.startswith("backward_") else "forward"
    if side in ("forward_layer", "backward_layer"):
        outer = place.rpartition("/")[0]
        own = hdf5.text(f"{outer}/vars", "name")
        return own or "/".join(steps[:-1]), direction, "concat", () if own else ("name_unsaid",)
    own = hdf5.text(f"{place}/vars", "name")
    if own:
        return own, direction, "concat", ()
    if place.startswith("layers/") or "/layers/" in place:
        return "/".join(steps), direction, "concat", ("name_unsaid",)
    return steps[0] if steps else place, direction, "concat", ()


def _params(name, parts, model, functions, limits, order):
    if model is not None and model.problem:
        raise Refused(model.problem, layer=name)
    for got, which, expected in (
        (functions[0], "activation", "tanh"),
        (functions[1], "gate_function", "sigmoid"),
    ):
        if got is not None and got != expected:
            raise Refused("activation", layer=name, got=got, which=Phrase(which))
    if model is None:
        return params_of(name, parts, limits, order)
    return params_of(name, parts, limits, order, model.is_cudnn, model.reset_after)


def _refuse_stacked(name: str):
    raise Refused("stacked_cells", layer=name)


def _missing(model: Declared):
    raise Refused(model.problem or "incomplete", layer=model.name, array="kernel")


def _had_hard_sigmoid(hdf5: Hdf5, parts: dict[str, Stored]) -> bool:
    top = "model_weights" if hdf5.has_group("model_weights") else ""
    version = hdf5.text(top, "keras_version") or hdf5.text("", "keras_version") or ""
    match = re.match(r"(\d{1,3})\.(\d{1,3})", version)
    return match is not None and (int(match[1]), int(match[2])) < (2, 3) and not version.endswith("tf")


def _dtype(parts: dict[str, Stored]) -> str:
    names = {array.dtype for array in parts.values()}
    return next((name for name in ("float64", "float32", "bfloat16", "float16") if name in names), "float32")
