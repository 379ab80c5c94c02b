"""What a reader gives back: the layers of a file, each with its weights and the names its author gave it."""

from dataclasses import dataclass, replace

import numpy as np

from ..params import LSTMParams
from .captured import Batch
from .embeddings import Embedding
from .gru import GRUParams
from .outputs import Output


@dataclass(frozen=True, eq=False)
class Layer:
    """One LSTM or GRU layer in one direction.

    name : as its author gave it (`encoder.lstm`); empty where a file holds the weights of one
        layer alone. The layers of a stack and the two directions of a pair share it.
    params : the weights in the order of this library, float64 where the file has float64, else float32.
    direction : "forward" or "reverse", which reads the sequence from its end.
    level : place in a stack of that name, from 0.
    address : the name with `_l1` or `_reverse` where it takes that to tell it apart in its file.
    dtype : of the weights in the file: "float16", "bfloat16", "float32", "float64", or "int8" and the like
        where they are rounded there.
    source : "PyTorch", "safetensors", "Keras", "ONNX", "NumPy" or "JSON".
    keys : the names of its arrays in the file, in the order in which they stand there.
    place : the dict of a PyTorch checkpoint that holds them ("model_state_dict"), with / between
        dicts within each other; empty where the file is a state dict itself.
    h0, C0 : (H,) states before the first step where the file holds them, else 0; (B, H) where it holds
        different ones for the sequences of a batch.
    merge : what a pair gives to the next layer: "concat", "sum", "mul", "ave" or "none";
        "as_read" for a single layer that hands on its outputs in the order in which it read.
    notes : keys of the texts under `network.note`: what the file does not say and was taken for granted.
    form : "cudnn" for weights that Keras' CuDNNLSTM keeps in its own way, "cell" for a cell that an ONNX
        model holds as single operations; else "".
    order : of the gates in the file, as in "ifco", where arrays that have names alone don't say it; else "".
    seen : what it read in a live model, where the file was made by `lstm_core.capture`.
    """

    name: str
    params: LSTMParams | GRUParams
    direction: str = "forward"
    level: int = 0
    address: str = ""
    dtype: str = "float32"
    source: str = ""
    keys: tuple[str, ...] = ()
    place: str = ""
    h0: np.ndarray | float = 0.0
    C0: np.ndarray | float = 0.0
    merge: str = "concat"
    notes: tuple[str, ...] = ()
    order: str = ""
    form: str = ""
    seen: Batch | None = None

    @property
    def kind(self) -> str:
        """ "lstm" or "gru"."""
        return "gru" if isinstance(self.params, GRUParams) else "lstm"

    @property
    def H(self) -> int:
        """Number of units."""
        return self.params.H

    @property
    def D(self) -> int:
        """Number of inputs."""
        return self.params.D


@dataclass(frozen=True)
class LayerFile:
    """All that was found: the layers, and one sentence for each that was found and can't be read.

    embeddings : tables of vectors in the same file that a layer could read. outputs : linear layers that
    could read h of one.
    """

    kind: str
    layers: tuple[Layer, ...]
    left_out: tuple[ValueError, ...] = ()
    embeddings: tuple[Embedding, ...] = ()
    outputs: tuple[Output, ...] = ()


def with_addresses(layers: list[Layer]) -> list[Layer]:
    """The layers with addresses that are unique in the list."""
    by_name: dict[str, list[Layer]] = {}
    for layer in layers:
        by_name.setdefault(layer.name, []).append(layer)
    taken: set[str] = set()
    addressed = []
    for layer in layers:
        same = by_name[layer.name]
        address = layer.name or layer.kind
        if len({other.level for other in same}) > 1:
            address += f"_l{layer.level}"
        if len({other.direction for other in same}) > 1:
            address += f"_{layer.direction}"
        unique, count = address, 1
        while unique in taken:
            count += 1
            unique = f"{address}#{count}"
        taken.add(unique)
        addressed.append(replace(layer, address=unique))
    return addressed
