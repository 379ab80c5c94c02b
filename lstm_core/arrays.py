"""Arrays: what a caller passes in is checked here, once; and parts of arrays as properties."""

import sys

import numpy as np


def checked(name: str, value, *shapes: tuple, dtype=None, nan: bool = False) -> np.ndarray:
    """`value` as a new, read-only float array of one of `shapes`, or a ValueError that names `name`.

    A shape holds a number where the length is known and a letter where any length of at least
    1 will do; where no shape is given, any will. A float32 array stays float32 and every other
    real number becomes float64, unless `dtype` says which. With `nan`, NaN stands for "nothing
    here" and is let through.
    """
    try:
        raw = np.asarray(value)
    except Exception as error:  # an object of another library may raise an exception of any kind
        raise _refusal(name, shapes, f"{type(value).__name__}, which is no array ({error})") from None
    if is_masked(value):
        raise _refusal(name, shapes, "an array with a mask, which would be ignored")
    if raw.dtype.kind not in "biuf":
        raise _refusal(name, shapes, f"{type(value).__name__} of type {raw.dtype}")
    if shapes and not any(_fits(raw.shape, shape) for shape in shapes):
        raise _refusal(name, shapes, f"shape {_as_text(raw.shape)}")
    if dtype is None:
        dtype = np.float32 if raw.dtype == np.float32 else np.float64
    if raw.dtype == dtype:
        array = raw.copy()
    else:
        with np.errstate(over="ignore", invalid="ignore"):  # too large for dtype: inf, refused below
            array = np.array(raw, dtype=dtype)
    if not (np.isfinite(array).all() or (nan and not np.isinf(array).any())):
        raise _refusal(name, shapes, f"NaN, an infinity or a number too large for {np.dtype(dtype)}")
    array.flags.writeable = False
    return array


def _refusal(name: str, shapes: tuple, got: str) -> ValueError:
    of_shape = f" of shape {' or '.join(map(_as_text, shapes))}" if shapes else ""
    return ValueError(f"{name}: expected finite real numbers{of_shape}, got {got}")


def _fits(lengths: tuple, shape: tuple) -> bool:
    return len(lengths) == len(shape) and all(
        length == wanted if isinstance(wanted, int) else length >= 1
        for length, wanted in zip(lengths, shape, strict=True)
    )


def _as_text(shape: tuple) -> str:
    return "(" + ", ".join(map(str, shape)) + ("," if len(shape) == 1 else "") + ")"


def is_masked(value) -> bool:
    """Whether an array hides some of its numbers behind a mask.

    Where NumPy's `ma`, which takes a while to import, was never imported, no array does.
    """
    ma = sys.modules.get("numpy.ma")
    # Another thread may be importing it at this moment; then nobody has made such an array yet.
    is_masked = getattr(ma, "is_masked", None)
    return is_masked is not None and bool(is_masked(value))


def part(array: str, *index) -> property:
    """A property that is a view of a part of an array of the same object: `part("W", 0)` is `self.W[0]`.

    None where the object has no such array.
    """

    def view(self):
        whole = getattr(self, array)
        return None if whole is None else whole[index]

    return property(view)
