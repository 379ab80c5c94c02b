"""An nn.LSTMCell in an ONNX model, which PyTorch writes as single operations: tensors by name -> **layers**.

The weights are called as in a state dict. `quantize_dynamic` appends to a name what it did to the tensor.
"""

import re
from collections.abc import Mapping

import numpy as np

from .blocks import TORCH
from .named import FoundLayers, told, torch_cells, torch_params
from .onnx_fold import Fold, Scope, Value
from .onnx_operators import dequantized, is_rounded
from .onnx_tensor import Tensor
from .stored import BYTES, Stored

_ROUNDED = re.compile(r"(.*weight_(?:ih|hh))(_Transposed)?_quantized", re.DOTALL)


def read_cells(found: FoundLayers, scope: Scope, used: set[str], fold: Fold) -> None:
    """Adds to `found` the cells of a graph.

    used : the names of the tensors that LSTM nodes were read from; they belong to no cell.
    """
    own = {name: tensor for name, tensor in scope.tensors.maps[0].items() if name not in used}
    arrays, rounded = {}, {}
    for name, tensor in own.items():
        if match := _ROUNDED.fullmatch(name):
            exact = _exact(name, own, bool(match[2]), scope, fold)
            if exact is not None:
                arrays[match[1]], rounded[name] = exact, tensor.dtype
        elif tensor.dtype in BYTES:
            arrays[name] = tensor.stored(fold.budget, fold.beside)
    for name, parts in torch_cells(arrays):
        fields = told(parts)
        kinds = [rounded[key] for key in fields["keys"] if key in rounded]
        if kinds:
            fields |= {"dtype": kinds[0], "notes": ("rounds_as_it_runs",)}
        with found.one_layer():
            params = torch_params(name, parts, TORCH, found.limits)
            found.add(name, params, form="cell", **fields)


def _exact(name: str, own: Mapping[str, Tensor], is_turned: bool, scope: Scope, fold: Fold) -> Stored | None:
    """The weights that were rounded, as rows; None where their scale is missing or does not fit.

    There is one scale, or one for each column.
    """
    base = name.removesuffix("_quantized")
    shape = own[name].shape
    if len(shape) != 2 or not {f"{base}_scale", f"{base}_zero_point"} <= own.keys():
        return None

    def numbers() -> np.ndarray:
        values = [fold.value(one, scope) for one in (name, f"{base}_scale", f"{base}_zero_point")]
        arrays = [value.array for value in values if isinstance(value, Value)]
        fits = len(arrays) == 3 and arrays[1].shape == arrays[2].shape in ((), (1,), (shape[1],))
        if not fits or not is_rounded(*arrays):
            return np.full(shape, np.nan, np.float32)  # refused as what is no number
        fold.copied.spend(4 * arrays[0].size)
        return dequantized(*arrays)

    turned = shape[::-1] if is_turned else shape
    return Stored(name, turned, "float32", lambda: numbers().T.copy() if is_turned else numbers())
