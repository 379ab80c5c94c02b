"""What a Keras model says of its layers: its configuration in JSON -> the layers that it declares."""

import json
import re
from dataclasses import dataclass, replace

from .limits import MOST_LAYERS
from .names import writable
from .refusals import Phrase, Refused, broken

_MOST_CONFIG_BYTES = 4_000_000
_MOST_DEPTH = 12
_READ = ("LSTM", "CuDNNLSTM", "GRU")
MOST_DECLARED = 4 * MOST_LAYERS
"""Such layers in a configuration, in pairs or alone."""


@dataclass(frozen=True)
class Declared:
    """An LSTM or GRU layer in one direction, as its model describes it.

    name : of the layer, for the two directions of a pair that of the pair.
    path : of its weights in an archive of Keras 3.
    own : the names by which its arrays are known in an older file.
    activation, recurrent_activation : names of functions; None where nothing is said.
    problem : the reason of the refusal of a layer that can't be read.
    reset_after : of a GRU, whether it resets after the product.
    """

    name: str
    path: str
    own: tuple[str, ...]
    activation: str | None = None
    recurrent_activation: str | None = None
    direction: str = "forward"
    merge: str = "concat"
    is_cudnn: bool = False
    problem: str = ""
    reset_after: bool = True


def config_of(text: bytes | str) -> dict:
    """The configuration as an object. Raises Refused for what is too large or no JSON object."""
    if len(text) > _MOST_CONFIG_BYTES:
        raise Refused("too_many", most=_MOST_CONFIG_BYTES, what=Phrase("bytes_of_config"))
    try:
        config = json.loads(text)
    except (ValueError, RecursionError):
        raise broken("keras", "config_no_json") from None
    if not isinstance(config, dict):
        raise broken("keras", "config_no_object")
    return config


def declared_layers(config: dict) -> list[Declared]:
    """The LSTM and GRU layers of a model, in its order, with those within pairs and nested models."""
    found: list[Declared] = []
    _walk(config.get("config"), (), found, 0)
    return found


def _walk(config, base: tuple[str, ...], found: list[Declared], depth: int) -> None:
    layers = config.get("layers") if isinstance(config, dict) else config  # an older Sequential: a list alone
    counts: dict[str, int] = {}
    for entry in layers if isinstance(layers, list) and depth < _MOST_DEPTH else ():
        if not isinstance(entry, dict):
            continue
        kind = _class(entry)
        snake = _snake_case(kind)
        number = counts[snake] = counts.get(snake, -1) + 1
        _declare(entry, (*base, "layers", f"{snake}_{number}" if number else snake), found, depth)


def _declare(entry: dict, path: tuple[str, ...], found: list[Declared], depth: int) -> None:
    """path : of the layer's weights, in its parts: there can be any number of other layers."""
    if len(found) > MOST_DECLARED:
        raise Refused("too_many", most=MOST_DECLARED, what=Phrase("layers"))
    kind, config = _class(entry), entry.get("config")
    if isinstance(config, dict) and depth < _MOST_DEPTH:
        name = _text(config.get("name")) or _text(entry.get("name")) or path[-1]
        if kind in _READ or kind == "RNN":
            found += _one(name, kind, config, path, (name,))
        elif kind == "Bidirectional":
            found += _pair(name, config, path)
        elif isinstance(config.get("layers"), list):
            _walk(config, path, found, depth + 1)
        elif isinstance(config.get("layer"), dict):  # TimeDistributed and other wrappers
            _declare(config["layer"], (*path, "layer"), found, depth + 1)
    elif isinstance(config, list):
        _walk(config, path, found, depth + 1)


def _dict(config: dict, key: str) -> dict:
    """The object under a key; an empty one where there is none."""
    found = config.get(key)
    return found if isinstance(found, dict) else {}


def _pair(name: str, config: dict, path: tuple[str, ...]) -> list[Declared]:
    forward = config.get("layer")
    if not isinstance(forward, dict):
        return []
    backward = config.get("backward_layer")
    backward = backward if isinstance(backward, dict) else forward
    merge = config.get("merge_mode", "concat") or "none"
    found = []
    for entry, side in ((forward, "forward"), (backward, "backward")):
        inner = _dict(entry, "config")
        own = _text(inner.get("name")) or ""
        bare = own.removeprefix("forward_").removeprefix("backward_")
        swapped = bool(_dict(forward, "config").get("go_backwards"))
        direction = "forward" if (side == "forward") != swapped else "reverse"
        for one in _one(name, _class(entry), inner, (*path, f"{side}_layer"), (f"{side}_{bare}", own)):
            found.append(replace(one, direction=direction, merge=_text(merge) or "none"))
    return found


def _one(name: str, kind: str, config: dict, path: tuple[str, ...], own: tuple[str, ...]) -> list[Declared]:
    cell = config
    problem = ""
    if kind == "RNN":
        inner = _dict(config, "cell")
        if _class(inner) == "StackedRNNCells":
            problem = "stacked_cells"
        elif _class(inner) not in ("LSTMCell", "GRUCell"):
            return []
        cell = _dict(inner, "config")
    elif kind not in _READ:
        return []
    backwards = bool(config.get("go_backwards"))
    return [
        Declared(
            name, "/".join(path), tuple(filter(None, own)),
            "tanh" if kind == "CuDNNLSTM" else _function(cell.get("activation")),
            "sigmoid" if kind == "CuDNNLSTM"
            else _function(cell.get("recurrent_activation")),
            "reverse" if backwards else "forward", "as_read" if backwards else "concat",
            kind == "CuDNNLSTM", problem, cell.get("reset_after", True) is not False,
        )
    ]  # fmt: skip


def _function(said) -> str | None:
    """The name of a function, which newer files write as an object."""
    if isinstance(said, dict):
        inner = said.get("config")
        said = inner if isinstance(inner, str) else said.get("class_name")
    return writable(said[:60]) if isinstance(said, str) else None if said is None else "something else"


def _class(entry: dict) -> str:
    return (_text(entry.get("class_name")) or "").rpartition(">")[2]


def _text(value) -> str | None:
    return writable(value[:500]) if isinstance(value, str) else None


def _snake_case(name: str) -> str:
    """As Keras turns the name of a class into that of a place in its archive."""
    name = re.sub(r"\W+", "", name)
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()
