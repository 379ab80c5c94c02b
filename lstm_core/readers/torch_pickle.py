"""What the pickle in a PyTorch file means: calls by name -> arrays that say where their numbers are."""

from dataclasses import dataclass

from .pickle_machine import Call, Named
from .refusals import Refused, broken

STORAGES = {
    "FloatStorage": ("float32", 4), "DoubleStorage": ("float64", 8), "HalfStorage": ("float16", 2),
    "BFloat16Storage": ("bfloat16", 2), "LongStorage": ("int64", 8), "IntStorage": ("int32", 4),
    "ShortStorage": ("int16", 2), "CharStorage": ("int8", 1), "ByteStorage": ("uint8", 1),
    "BoolStorage": ("bool", 1), "ComplexFloatStorage": ("complex64", 8),
    "ComplexDoubleStorage": ("complex128", 16),
    "UntypedStorage": ("bytes", 1), "QInt8Storage": ("qint8", 1), "QUInt8Storage": ("quint8", 1),
    "QInt32Storage": ("qint32", 4),
}  # fmt: skip
"""Storage class of PyTorch: type and bytes of a number."""

_DTYPES = {"float32": 4, "float": 4, "float64": 8, "double": 8, "float16": 2, "half": 2, "bfloat16": 2}

_REBUILD = {
    "torch._utils._rebuild_tensor",
    "torch._utils._rebuild_tensor_v2",
    "torch._utils._rebuild_tensor_v3",
}
_WITH_TYPE = "torch._tensor._rebuild_from_type_v2"
"""Called with a function, a type and the function's arguments. PyTorch never puts one into another."""

_WRAPPERS = {"torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state"}
_DICTS = {"collections.OrderedDict", "builtins.dict", "collections.defaultdict", "collections.Counter"}

_HARMLESS = {
    "builtins": {
        "set", "frozenset", "list", "tuple", "int", "float", "complex", "str", "bytes", "bytearray", "bool",
        "slice", "range", "object", "dict",
    },
    "__builtin__": {"set", "frozenset", "list", "tuple", "int", "float", "long", "unicode", "object", "dict"},
    "_codecs": {"encode"},
    "copy_reg": {"_reconstructor"},
    "copyreg": {"_reconstructor"},
}  # fmt: skip
"""What stands beside weights in many a checkpoint. Nothing of it is called either."""

_HARMLESS_ROOTS = {
    "argparse", "collections", "datetime", "decimal", "easydict", "enum", "fractions", "lightning",
    "lightning_fabric", "ml_collections", "numpy", "omegaconf", "pathlib", "pytorch_lightning", "torch",
    "torchmetrics", "types", "typing", "uuid", "yacs",
}  # fmt: skip
_MODULES = (
    "torch.nn.modules",
    "torch.nn.parallel",
    "torch.jit",
    "torch.fx",
    "torch.package",
    "torch.hub",
    "torch.ao",
)
"""A pickled module of PyTorch's own."""


@dataclass(frozen=True, eq=False)
class Storage:
    """Numbers in the file under a key: `count` of type `dtype` with `itemsize` bytes each."""

    key: str
    dtype: str
    itemsize: int
    count: int


@dataclass(frozen=True, eq=False)
class View:
    """An array: number (i, j, …) is number offset + i·stride_0 + j·stride_1 + … of its storage."""

    storage: Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]
    dtype: str
    itemsize: int


def resolve(call: Call) -> object:
    """What stands for a call: a View, a dict, or the Call itself, inert. Raises Refused."""
    if not isinstance(call.function, Named):
        return call
    name, arguments = call.function.name, call.arguments
    if name == _WITH_TYPE and len(arguments) > 2 and isinstance(arguments[2], tuple):
        if not isinstance(arguments[0], Named):
            return call
        name, arguments = arguments[0].name, arguments[2]
    if not arguments:
        _check_name(name)
        return {} if name in _DICTS else call
    if name in _REBUILD:
        return _view(name, arguments)
    if name in _WRAPPERS:
        return arguments[0]
    if name in _DICTS:
        return {}
    return call


def _check_name(name: str) -> None:
    module, _, last = name.rpartition(".")
    root = name.partition(".")[0]
    if module in _HARMLESS and last in _HARMLESS[module]:
        return
    if root in _HARMLESS_ROOTS and not f"{name}.".startswith(tuple(f"{module}." for module in _MODULES)):
        return
    raise Refused("not_weights", name=name)


def _view(name: str, arguments: tuple) -> View:
    storage, offset, shape, strides = arguments[:4]
    if not isinstance(storage, Storage):
        raise broken("pytorch", "no_storage")
    dtype, itemsize = storage.dtype, storage.itemsize
    if name.endswith("_v3"):
        asked = arguments[6].name.rpartition(".")[2] if isinstance(arguments[6], Named) else "unknown"
        dtype = {"float": "float32", "double": "float64", "half": "float16"}.get(asked, asked)
        itemsize = _DTYPES.get(asked, 1)
    if isinstance(shape, Call):  # torch.Size((…))
        shape = shape.arguments[0]
    if not (isinstance(shape, tuple) and isinstance(strides, tuple)):
        raise broken("pytorch", "place_no_number")
    if len(shape) != len(strides) or len(shape) > 8:
        raise broken("pytorch", "strides")
    if not all(type(n) is int and 0 <= n < 2**48 for n in (offset, *shape, *strides)):
        raise broken("pytorch", "place_no_number")
    return View(storage, offset, shape, strides, dtype, itemsize)


def storage_of(reference) -> Storage:
    """The storage that a pickle refers to by the tuple that PyTorch writes. Raises Refused."""
    if isinstance(reference, tuple) and len(reference) >= 5 and reference[0] == "storage":
        kind, key, _, count = reference[1:5]
        name = kind.name.rpartition(".")[2] if isinstance(kind, Named) else ""
        is_whole = len(reference) == 5 or reference[5] is None
        if (
            name in STORAGES
            and isinstance(key, (str, int))
            and type(count) is int
            and 0 <= count < 2**48
            and is_whole
        ):
            return Storage(str(key), *STORAGES[name], count)
    raise broken("pytorch", "other_storage")
