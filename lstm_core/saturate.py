"""Matrix products that stop at the largest float, where infinity minus infinity would make NaN."""

from __future__ import annotations

import numpy as np


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
    np.clip(out, np.finfo(out.dtype).min, np.finfo(out.dtype).max, out)


def add_product(a: np.ndarray, b: np.ndarray, out: np.ndarray) -> None:
    """out += a ⊙ b. A result beyond the largest float becomes the largest float, with its sign."""
    with np.errstate(over="ignore", under="ignore"):
        np.add(out, a * b, out)
    if not np.isfinite(out).all():
        np.clip(out, np.finfo(out.dtype).min, np.finfo(out.dtype).max, out)


def saturating_matmul(v: np.ndarray, M: np.ndarray, out: np.ndarray) -> np.ndarray:
    """v (…, K) @ M (K, N) into `out`. A result beyond the largest float becomes that, with its sign.

    Each number is split into mantissa and exponent, and the products are added as mantissas of a
    common exponent. So two huge products of opposite sign cancel, and a huge weight times zero is
    zero, where plain floats would give infinity or NaN.
    """
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
    return np.clip(out, np.finfo(M.dtype).min, np.finfo(M.dtype).max, out=out)


def finite_matmul(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """a (N, K) @ b (K, M). A result beyond the largest float becomes the largest float, with its sign."""
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        product = a @ b
    return product if np.isfinite(product).all() else saturating_matmul(a, b, out=product)
