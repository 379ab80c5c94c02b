"""Arrays of layers under the names of a framework: what all well-formed files of the fuzzer are made of."""

import numpy as np
from hypothesis import strategies as st

PREFIXES = (
    "", "lstm.", "encoder.rnn.", "module.a.", "=1+1.", "<b>&.", "a/b.", "가.", "\x1b[2J.", "\n.", "..",
    "x" * 300 + ".",
)  # fmt: skip
LONE = "\ud800."
"""A prefix that no encoding can write; JSON and pickles can hold it."""


def mostly(usual, *odd, times: int = 30):
    """The usual value so many times as often as each of the odd ones."""
    return st.sampled_from([usual] * times + [*odd])


_NUMBERS = st.sampled_from([0.0, 1.0, -1.0, 0.5, 1e-30, 3e4, 6e4, 1e30, 1e59, 1e61, 1e300, np.inf, np.nan])

ODD = st.recursive(
    st.sampled_from(
        [None, True, False, 0, 1, -1, 1.5, 1e308, 2**70, "", "float32", "a" * 600, "\ud800", "=1"]
    ),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["W", "b", "a"]), inner, max_size=3)
    ),
    max_leaves=8,
)
"""Any value that JSON can hold."""


@st.composite
def numbers(draw, shape: tuple[int, ...], dtype: str = "f4") -> np.ndarray:
    """An array whose numbers are all different; now and then one of them is special."""
    array = np.arange(1, 1 + int(np.prod(shape)), dtype=np.float64).reshape(shape) / 16
    if array.size and draw(st.integers(0, 9)) == 0:
        array.flat[draw(st.integers(0, array.size - 1))] = draw(_NUMBERS)
    with np.errstate(over="ignore", invalid="ignore"):
        return array.astype(dtype)


def sizes():
    """H and D."""
    return st.tuples(st.integers(1, 3), st.integers(1, 3))


@st.composite
def shape_near(draw, *shape: int) -> tuple[int, ...]:
    """The shape, and now and then another one."""
    if draw(st.integers(0, 19)):
        return shape
    return tuple(draw(st.lists(st.sampled_from([0, 1, 2, 3, 4, 8, 12]), max_size=4)))


@st.composite
def of_torch(draw, dtypes: tuple[str, ...] = ("f4",), lone: bool = False) -> dict[str, np.ndarray]:
    """The arrays of a stack of LSTM layers as PyTorch calls them; now and then one is missing, or another."""
    H, D = draw(sizes())
    prefix = draw(st.sampled_from(PREFIXES + ((LONE,) if lone else ())))
    dtype = draw(st.sampled_from(dtypes))
    blocks = draw(mostly(4, 1, 3, times=6))
    arrays = {}
    for level in range(draw(st.integers(1, 2))):
        for direction in draw(st.sampled_from([("",), ("",), ("", "_reverse"), ("_reverse",)])):
            end = f"_l{level}{direction}"
            arrays[f"{prefix}weight_ih{end}"] = (blocks * H, D if level == 0 else H)
            arrays[f"{prefix}weight_hh{end}"] = (blocks * H, H)
            if draw(st.booleans()):
                arrays |= {f"{prefix}bias_ih{end}": (blocks * H,), f"{prefix}bias_hh{end}": (blocks * H,)}
    made = {name: draw(numbers(draw(shape_near(*shape)), dtype)) for name, shape in arrays.items()}
    if draw(st.integers(0, 9)) == 0:
        made.pop(draw(st.sampled_from(sorted(made))))
    return made


@st.composite
def of_own(draw, dtypes: tuple[str, ...] = ("f4", "f8")) -> dict[str, np.ndarray]:
    """The arrays of a layer as this library keeps them."""
    H, D = draw(sizes())
    dtype = draw(st.sampled_from(dtypes))
    made = {
        "W": draw(numbers(draw(shape_near(4, H, H + D)), dtype)),
        "b": draw(numbers(draw(shape_near(4, H)), dtype)),
    }
    if draw(st.booleans()):
        made["peepholes"] = draw(numbers(draw(shape_near(3, H)), dtype))
    for switch in ("forget_gate", "coupled"):
        if draw(st.booleans()):
            made[switch] = np.array(draw(st.sampled_from([True, False, 1.0, "x"])))
    return made


@st.composite
def of_keras(draw) -> dict[str, np.ndarray]:
    """kernel, recurrent_kernel and bias of one cell, as 0, 1 and 2."""
    H, D = draw(sizes())
    dtype = draw(st.sampled_from(["<f4", "<f4", "<f2", "<f8", ">f4", ">f8"]))
    made = {
        "0": draw(numbers(draw(shape_near(D, 4 * H)), dtype)),
        "1": draw(numbers(draw(shape_near(H, 4 * H)), dtype)),
    }
    if draw(st.booleans()):
        made["2"] = draw(numbers(draw(shape_near(draw(mostly(4, 8, times=3)) * H)), dtype))
    return made
