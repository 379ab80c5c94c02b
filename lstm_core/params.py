"""The weights of one LSTM layer: controls -> **params** -> trace -> figures."""

from __future__ import annotations

import json
import reprlib
from dataclasses import dataclass

import numpy as np

from .arrays import checked, part

GATES = ("f", "i", "c", "o")
"""The four blocks of `W` and `b`, in the order in which the equations are evaluated."""

PEEPHOLES = ("f", "i", "o")
"""The rows of `peepholes`: the gates that can read the cell state. The candidate never does."""

VARIANTS = {  # name: (forget_gate, has peepholes, coupled)
    "lstm": (True, False, False),
    "1997": (False, False, False),
    "peephole": (True, True, False),
    "coupled": (True, False, True),
    "1997-peephole": (False, True, False),
    "peephole-coupled": (True, True, True),
}
"""Every kind of cell by its name: the four that are taught, and two combinations of them."""


@dataclass(frozen=True, eq=False)
class LSTMParams:
    """Weights and biases of one LSTM layer with H units that reads D inputs.

    W : (4, H, H+D), blocks f, i, c, o; row k holds the weights of unit k, columns are
        `[h_prev, x]`: first the H recurrent weights (U), then the D input weights (V).
    b : (4, H).
    forget_gate : False is the cell of 1997 (Hochreiter & Schmidhuber), where f = 1.
    peepholes : (3, H) for f, i, o, or None; the weight with which a unit's gate reads the unit's
        own cell state, C_{t-1} for f and i, C_t for o (Gers & Schmidhuber, "Recurrent Nets that Time
        and Count", IJCNN 2000).
    coupled : True ties the input gate to the forget gate, i = 1 − f (CIFG in Greff et al.,
        "LSTM: A Search Space Odyssey", 2017).

    Weights that a variant does not use are kept and have no effect: W_f, b_f and p_f where f = 1,
    W_i, b_i and p_i where i = 1 − f.

    Arrays stay float64 or float32 as given; where they differ, all become float64. They are copied
    and read-only. Raises ValueError for anything else: wrong shapes, text, complex numbers, NaN,
    infinities, and a coupled cell without a forget gate.

    `U` (4, H, H), `V` (4, H, D), and of each block `W_f … W_o`, `U_f …`, `V_f …`, `b_f … b_o` are views, and
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
            if array.dtype != dtype:
                array = checked(name, array, array.shape, dtype=dtype)
            object.__setattr__(self, name, array)
        for name in ("forget_gate", "coupled"):
            switch = getattr(self, name)
            if not isinstance(switch, (bool, np.bool_)):
                raise ValueError(f"{name}: expected True or False, got {reprlib.repr(switch):.80}")
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

    def __eq__(self, other) -> bool:
        return (
            isinstance(other, LSTMParams)
            and self.variant == other.variant
            and self.dtype == other.dtype
            and all(
                np.array_equal(getattr(self, name), getattr(other, name)) for name in ("W", "b", "peepholes")
            )
        )

    @property
    def variant(self) -> str:
        """The name of this cell in VARIANTS."""
        switches = (self.forget_gate, self.peepholes is not None, self.coupled)
        return next(name for name, of_name in VARIANTS.items() if of_name == switches)

    def with_variant(self, name: str) -> LSTMParams:
        """The same weights in another cell; peepholes that were not there start at 0.

        So adding peepholes changes no number until one of them is set. Raises KeyError for a name that
        is not in VARIANTS.
        """
        forget_gate, has_peepholes, coupled = VARIANTS[name]
        peepholes = None
        if has_peepholes:
            none_yet = self.peepholes is None
            peepholes = np.zeros((len(PEEPHOLES), self.H), self.dtype) if none_yet else self.peepholes
        return LSTMParams(self.W, self.b, forget_gate, peepholes, coupled)

    def resized(self, H: int, D: int) -> LSTMParams:
        """The weights of another number of units or inputs, both at least 1.

        Whatever stays keeps its numbers. A new unit is a copy of the last one, and all weights from it are
        0; a new input has weight 0.
        """
        old_H, old_D = self.H, self.D
        units = np.minimum(np.arange(H), old_H - 1)
        W = np.zeros((4, H, H + D), self.dtype)
        W[:, :, : min(H, old_H)] = self.W[:, units, : min(H, old_H)]
        W[:, :, H : H + min(D, old_D)] = self.W[:, units, old_H : old_H + min(D, old_D)]
        peepholes = None if self.peepholes is None else self.peepholes[:, units]
        return LSTMParams(W, self.b[:, units], self.forget_gate, peepholes, self.coupled)

    U = property(lambda self: self.W[:, :, : self.H])
    V = property(lambda self: self.W[:, :, self.H :])
    W_f, W_i, W_c, W_o = (part("W", k) for k in range(4))
    U_f, U_i, U_c, U_o = (part("U", k) for k in range(4))
    V_f, V_i, V_c, V_o = (part("V", k) for k in range(4))
    b_f, b_i, b_c, b_o = (part("b", k) for k in range(4))
    p_f, p_i, p_o = (part("peepholes", k) for k in range(3))

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
            raise ValueError(f"parameters: expected version 1, got {reprlib.repr(data.get('version')):.40}")
        if data.get("gates") != list(GATES):
            raise ValueError(
                f"parameters: expected gates {list(GATES)}, got {reprlib.repr(data.get('gates')):.80}"
            )
        dtype = data.get("dtype", "float64")
        if dtype not in ("float32", "float64"):
            raise ValueError(f"parameters: expected dtype float32 or float64, got {reprlib.repr(dtype):.40}")
        if "W" not in data or "b" not in data:
            raise ValueError('parameters: expected "W" and "b", at least one is missing')
        W = checked("W", data["W"], (4, "H", "H+D"), dtype=dtype)
        b = checked("b", data["b"], (4, "H"), dtype=dtype)
        peepholes = data.get("peepholes")
        if peepholes is not None:
            peepholes = checked("peepholes", peepholes, (len(PEEPHOLES), "H"), dtype=dtype)
        return cls(W, b, data.get("forget_gate", True), peepholes, data.get("coupled", False))
