"""The weights of one LSTM layer, checked once, at the door: controls -> **params** -> trace -> figures."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np

GATES = ("f", "i", "c", "o")
"""The four blocks of `W` and `b`, in the order in which the equations are evaluated."""


def checked(name: str, value, *shapes: tuple, dtype=None, nan: bool = False) -> np.ndarray:
    """`value` as a new, read-only float array of one of `shapes`, or a ValueError that names `name`.

    A shape holds a number where the length is known and a letter where any length of at least
    1 will do. A float32 array stays float32 and every other real number becomes float64,
    unless `dtype` says which. With `nan`, NaN stands for "nothing here" and is let through.
    """
    try:
        raw = np.asarray(value)
    except Exception as error:  # objects of other libraries raise what they like
        raise _refusal(name, shapes, f"{type(value).__name__}, which is no array ({error})") from None
    if raw.dtype.kind not in "biuf":
        raise _refusal(name, shapes, f"{type(value).__name__} of type {raw.dtype}")
    if not any(_fits(raw.shape, shape) for shape in shapes):
        raise _refusal(name, shapes, f"shape {_written(raw.shape)}")
    if dtype is None:
        dtype = np.float32 if raw.dtype == np.float32 else np.float64
    with np.errstate(over="ignore", invalid="ignore"):  # what does not fit is infinite then
        array = np.array(raw, dtype=dtype)
    if not (np.isfinite(array) | (nan & np.isnan(array))).all():
        raise _refusal(name, shapes, f"NaN, an infinity or a number too large for {np.dtype(dtype)}")
    array.flags.writeable = False
    return array


def _refusal(name: str, shapes: tuple, got: str) -> ValueError:
    expected = " or ".join(map(_written, shapes))
    return ValueError(f"{name}: expected finite real numbers of shape {expected}, got {got}")


def _fits(lengths: tuple, shape: tuple) -> bool:
    return len(lengths) == len(shape) and all(
        length == wanted if isinstance(wanted, int) else length >= 1
        for length, wanted in zip(lengths, shape, strict=True)
    )


def _written(shape: tuple) -> str:
    return "(" + ", ".join(map(str, shape)) + ("," if len(shape) == 1 else "") + ")"


@dataclass(frozen=True, eq=False)
class LSTMParams:
    """Weights and biases of one LSTM layer with H units that reads D inputs.

    W : (4, H, H+D), blocks f, i, c, o; row k holds the weights of unit k, columns are
        `[h_prev, x]`: first the H recurrent weights (U), then the D input weights (V).
    b : (4, H).
    forget_gate : False is the cell of 1997 (Hochreiter & Schmidhuber), where f = 1.

    float64 or float32, kept as given (the wider of the two where W and b differ). Both are
    copied and read-only. Raises ValueError for anything else: wrong shapes, text, complex
    numbers, NaN, infinities.

    `W_f … W_o` (H, H+D), `U_f … U_o` (H, H), `V_f … V_o` (H, D) and `b_f … b_o` (H,) are views.
    """

    W: np.ndarray
    b: np.ndarray
    forget_gate: bool = True

    def __post_init__(self):
        W = checked("W", self.W, (4, "H", "H+D"))
        H = W.shape[1]
        if W.shape[2] <= H:
            raise ValueError(
                f"W: expected shape (4, H, H+D) with D of at least 1, got shape {W.shape}, "
                f"whose H = {H} units leave no column for an input"
            )
        b = checked("b", self.b, (4, H))
        if not isinstance(self.forget_gate, (bool, np.bool_)):
            raise ValueError(f"forget_gate: expected True or False, got {self.forget_gate!r:.80}")
        dtype = np.result_type(W, b)
        object.__setattr__(self, "W", checked("W", W, W.shape, dtype=dtype))
        object.__setattr__(self, "b", checked("b", b, b.shape, dtype=dtype))
        object.__setattr__(self, "forget_gate", bool(self.forget_gate))

    @property
    def H(self) -> int:
        """Number of units."""
        return self.W.shape[1]

    @property
    def D(self) -> int:
        """Number of inputs."""
        return self.W.shape[2] - self.W.shape[1]

    @property
    def dtype(self) -> np.dtype:
        return self.W.dtype

    def __getattr__(self, name: str):
        kind, _, gate = name.partition("_")
        if gate in GATES and kind in ("W", "U", "V", "b"):
            block = GATES.index(gate)
            if kind == "b":
                return self.b[block]
            columns = {"W": slice(None), "U": slice(self.H), "V": slice(self.H, None)}[kind]
            return self.W[block, :, columns]
        raise AttributeError(f"LSTMParams has no attribute {name!r}")

    def __eq__(self, other) -> bool:
        return (
            isinstance(other, LSTMParams)
            and self.forget_gate == other.forget_gate
            and self.dtype == other.dtype
            and np.array_equal(self.W, other.W)
            and np.array_equal(self.b, other.b)
        )

    def to_json(self) -> str:
        """The parameters as JSON text; `from_json` gives back the same floats, bit for bit."""
        return json.dumps(
            {
                "format": "lstm-params",
                "version": 1,
                "gates": list(GATES),
                "columns": [f"h_{k + 1}" for k in range(self.H)] + [f"x_{d + 1}" for d in range(self.D)],
                "dtype": self.dtype.name,
                "forget_gate": self.forget_gate,
                "W": self.W.astype(np.float64).tolist(),
                "b": self.b.astype(np.float64).tolist(),
            }
        )

    @classmethod
    def from_json(cls, text: str) -> LSTMParams:
        """Parameters from the text that `to_json` wrote. Raises ValueError, never anything else."""
        try:
            data = json.loads(text)
        except (ValueError, TypeError, RecursionError) as error:
            raise ValueError(f"parameters: expected JSON text, got something else ({error})") from None
        if not isinstance(data, dict) or data.get("format") != "lstm-params":
            raise ValueError('parameters: expected a JSON object with "format": "lstm-params"')
        if data.get("version") != 1:
            raise ValueError(f"parameters: expected version 1, got {data.get('version')!r:.40}")
        if data.get("gates") != list(GATES):
            raise ValueError(f"parameters: expected gates {list(GATES)}, got {data.get('gates')!r:.80}")
        dtype = data.get("dtype", "float64")
        if dtype not in ("float32", "float64"):
            raise ValueError(f"parameters: expected dtype float32 or float64, got {dtype!r:.40}")
        if "W" not in data or "b" not in data:
            raise ValueError('parameters: expected "W" and "b", at least one is missing')
        W = checked("W", data["W"], (4, "H", "H+D"), dtype=dtype)
        b = checked("b", data["b"], (4, "H"), dtype=dtype)
        return cls(W, b, data.get("forget_gate", True))
