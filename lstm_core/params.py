"""The weights of one LSTM layer, checked once, at the door: controls -> **params** -> trace -> figures."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np

GATES = ("f", "i", "c", "o")
"""The four blocks of `W` and `b`, in the order in which the equations are evaluated."""

PEEPHOLES = ("f", "i", "o")
"""The rows of `peepholes`: the gates that can look at the cell state. The candidate never does."""

VARIANTS = {  # name: (forget_gate, has peepholes, coupled)
    "lstm": (True, False, False),
    "1997": (False, False, False),
    "peephole": (True, True, False),
    "coupled": (True, False, True),
    "1997-peephole": (False, True, False),
    "peephole-coupled": (True, True, True),
}
"""Every cell that there is, by name: the four that are taught, and two that join two of them."""


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
    peepholes : (3, H) for f, i, o, or None; the weight with which a unit's gate sees the unit's
        own cell, C_{t-1} for f and i, C_t for o (Gers & Schmidhuber, "Recurrent Nets that Time
        and Count", IJCNN 2000).
    coupled : True ties the input gate to the forget gate, i = 1 − f (CIFG in Greff et al.,
        "LSTM: A Search Space Odyssey", 2017).

    What a variant does without is still there and has no effect: W_f, b_f and p_f where f = 1,
    W_i, b_i and p_i where i = 1 − f.

    float64 or float32, kept as given (the widest where they differ). All are copied and
    read-only. Raises ValueError for anything else: wrong shapes, text, complex numbers, NaN,
    infinities, and a coupled cell without a forget gate.

    `W_f … W_o` (H, H+D), `U_f … U_o` (H, H), `V_f … V_o` (H, D), `b_f … b_o` (H,) are views, and
    so are `p_f`, `p_i` and `p_o` (H,), which are None without peepholes.
    """

    W: np.ndarray
    b: np.ndarray
    forget_gate: bool = True
    peepholes: np.ndarray | None = None
    coupled: bool = False

    def __post_init__(self):
        W = checked("W", self.W, (4, "H", "H+D"))
        H = W.shape[1]
        if W.shape[2] <= H:
            raise ValueError(
                f"W: expected shape (4, H, H+D) with D of at least 1, got shape {W.shape}, "
                f"whose H = {H} units leave no column for an input"
            )
        b = checked("b", self.b, (4, H))
        arrays = {"W": W, "b": b}
        if self.peepholes is not None:
            arrays["peepholes"] = checked("peepholes", self.peepholes, (len(PEEPHOLES), H))
        dtype = np.result_type(*arrays.values())
        for name, array in arrays.items():
            object.__setattr__(self, name, checked(name, array, array.shape, dtype=dtype))
        for name in ("forget_gate", "coupled"):
            switch = getattr(self, name)
            if not isinstance(switch, (bool, np.bool_)):
                raise ValueError(f"{name}: expected True or False, got {switch!r:.80}")
            object.__setattr__(self, name, bool(switch))
        if self.coupled and not self.forget_gate:
            raise ValueError(
                "coupled: expected False where forget_gate is False, got True; with f = 1 the input gate "
                "i = 1 − f would be 0, and nothing could ever be written"
            )

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
        if gate in PEEPHOLES and kind == "p":
            return None if self.peepholes is None else self.peepholes[PEEPHOLES.index(gate)]
        raise AttributeError(f"LSTMParams has no attribute {name!r}")

    def __eq__(self, other) -> bool:
        return (
            isinstance(other, LSTMParams)
            and self.variant == other.variant
            and self.dtype == other.dtype
            and np.array_equal(self.W, other.W)
            and np.array_equal(self.b, other.b)
            and (self.peepholes is None or np.array_equal(self.peepholes, other.peepholes))
        )

    @property
    def variant(self) -> str:
        """The name of this cell in VARIANTS."""
        switches = (self.forget_gate, self.peepholes is not None, self.coupled)
        return next(name for name, of_name in VARIANTS.items() if of_name == switches)

    def with_variant(self, name: str) -> LSTMParams:
        """The same weights in another cell; peepholes that were not there start at 0.

        So what is new with peepholes is only what they are set to. Raises KeyError for a name that
        is not in VARIANTS.
        """
        forget_gate, has_peepholes, coupled = VARIANTS[name]
        peepholes = None
        if has_peepholes:
            none_yet = self.peepholes is None
            peepholes = np.zeros((len(PEEPHOLES), self.H), self.dtype) if none_yet else self.peepholes
        return LSTMParams(self.W, self.b, forget_gate, peepholes, coupled)

    def to_json(self) -> str:
        """The parameters as JSON text; `from_json` gives back the same floats, bit for bit."""
        return json.dumps(self.to_data())

    def to_data(self) -> dict:
        """What `to_json` writes, as lists, numbers and texts."""
        data = {
            "format": "lstm-params",
            "version": 1,
            "gates": list(GATES),
            "columns": [f"h_{k + 1}" for k in range(self.H)] + [f"x_{d + 1}" for d in range(self.D)],
            "dtype": self.dtype.name,
            "forget_gate": self.forget_gate,
            "coupled": self.coupled,
            "W": self.W.astype(np.float64).tolist(),
            "b": self.b.astype(np.float64).tolist(),
        }
        if self.peepholes is not None:
            data["peepholes"] = self.peepholes.astype(np.float64).tolist()
        return data

    @classmethod
    def from_json(cls, text: str) -> LSTMParams:
        """Parameters from the text that `to_json` wrote. Raises ValueError, never anything else."""
        try:
            data = json.loads(text)
        except (ValueError, TypeError, RecursionError) as error:
            raise ValueError(f"parameters: expected JSON text, got something else ({error})") from None
        return cls.from_data(data)

    @classmethod
    def from_data(cls, data) -> LSTMParams:
        """Parameters from what `to_data` gave. Raises ValueError, never anything else."""
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
        peepholes = data.get("peepholes")
        if peepholes is not None:
            peepholes = checked("peepholes", peepholes, (len(PEEPHOLES), "H"), dtype=dtype)
        return cls(W, b, data.get("forget_gate", True), peepholes, data.get("coupled", False))
