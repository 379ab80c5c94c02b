"""Matrix products that stop at the largest float, where infinity minus infinity would make NaN."""

import numpy as np

ORDINARY_EXPONENT = 200
"""Below 2 to the power of this a weight is ordinary, and a fast product serves; no trained one is larger."""

LARGEST_FROM_A_FILE = 1e60
"""A little below that, because a file can hold so many units that a run by the slow product takes minutes."""


def finite(values: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
    """What is beyond the largest float of `out`, or of `values`, becomes that, with its sign; NaN stays."""
    limits = np.finfo((values if out is None else out).dtype)
    return np.clip(values, limits.min, limits.max, out=out, casting="same_kind")


def affine_for(M: np.ndarray, b: np.ndarray, vectors: np.ndarray):
    """The function (v, M, b, out) that puts v @ M + b into `out`.

    It is the plain, fast one if no sum can overflow, for rows v of `vectors` and for rows of numbers
    within ±1 (as h is). Only numbers near the largest float need the slow one, which saturates.
    """
    half = float(np.finfo(M.dtype).max) / 2
    longest = max(1.0, float(np.abs(vectors).max())) * len(M)
    safe = float(np.abs(M).max()) < half / longest and float(np.abs(b).max()) < half
    return _affine if safe else _saturating_affine


def _affine(v, M, b, out):
    np.dot(v, M, out)
    np.add(out, b, out)


def _saturating_affine(v, M, b, out):
    saturating_matmul(v, M, out)
    with np.errstate(over="ignore"):
        np.add(out, b, out)
    finite(out, out)


def add_product(a: np.ndarray, b: np.ndarray, out: np.ndarray) -> None:
    """out += a ⊙ b. A result beyond the largest float becomes the largest float, with its sign."""
    with np.errstate(over="ignore", under="ignore"):
        np.add(out, a * b, out)
    if not np.isfinite(out).all():
        finite(out, out)


def saturating_matmul(v: np.ndarray, M: np.ndarray, out: np.ndarray) -> np.ndarray:
    """v (…, K) @ M (K, N) into `out`. A result beyond the largest float becomes that, with its sign.

    Two huge products of opposite sign cancel, and a huge weight times zero is zero, where plain
    floats would give infinity or NaN.
    """
    if M.dtype == np.float32:  # no product or sum of them is too large for a float64
        return finite(v.astype(np.float64) @ M.astype(np.float64), out)
    exponent = int(np.frexp(max(M.max(), -M.min()))[1])
    if exponent > ORDINARY_EXPONENT:
        return _matmul_of_parts(v, M, out)
    # v is made smaller by a power of two, so that no sum is too large; what it loses is below 1e-190.
    shift = max(exponent, 0) + len(M).bit_length() + 1
    with np.errstate(over="ignore", under="ignore"):
        np.matmul(np.ldexp(v, -shift), M, out=out)
        np.ldexp(out, shift, out=out)
    return finite(out, out)


def _matmul_of_parts(v: np.ndarray, M: np.ndarray, out: np.ndarray) -> np.ndarray:
    """The same for any M, and much slower: the products are added as mantissas of a common exponent."""
    M_mantissa, M_exponent = np.frexp(M)
    rows = v.reshape(-1, v.shape[-1])
    with np.errstate(over="ignore", under="ignore"):
        for row, result in zip(rows, out.reshape(len(rows), -1), strict=True):
            mantissa, exponent = np.frexp(row[:, None])
            product = mantissa * M_mantissa
            exponent = np.where(product == 0, np.iinfo(M_exponent.dtype).min // 2, exponent + M_exponent)
            largest = exponent.max(axis=0)
            total = np.ldexp(product, np.maximum(exponent - largest, -2000)).sum(axis=0)
            result[...] = np.ldexp(total, np.maximum(largest, -4000))
    return finite(out, out)


def finite_matmul(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """a (N, K) @ b (K, M). A result beyond the largest float becomes the largest float, with its sign."""
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        product = a @ b
    return product if np.isfinite(product).all() else saturating_matmul(a, b, out=product)
