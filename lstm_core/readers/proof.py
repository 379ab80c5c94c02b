"""What a framework gave, compared with what was computed here: the largest difference, and where it is."""

from dataclasses import dataclass

import numpy as np

from .refusals import Refused


@dataclass(frozen=True)
class Difference:
    """The largest difference between two outputs.

    value : its absolute size.
    t, unit : where it is, from 1; of two directions side by side, units of the reverse one follow.
    sequence : in a batch the number of the sequence, from 1, else None.
    ours, theirs : the two numbers there.
    agrees : whether it is within 1e-11 where both are float64 and within 1e-5 else, relative to the
        largest number where that is above 1.
    """

    value: float
    t: int
    unit: int
    sequence: int | None
    ours: float
    theirs: float
    agrees: bool


def compare(ours: np.ndarray, theirs) -> Difference:
    """The largest difference between outputs (T, H), or (T, B, H), and another's numbers of the same shape.

    An axis of length 1 that one of the two has for a batch of one is left out. Raises Refused for
    other shapes and for what is no finite number.
    """
    theirs = np.asarray(theirs)
    if theirs.dtype.kind not in "biuf":
        raise Refused("not_comparable", expected=ours.shape, got=theirs.dtype)
    if theirs.ndim == 3 and ours.ndim == 2:
        theirs = theirs[0] if len(theirs) == 1 else theirs[:, 0] if theirs.shape[1] == 1 else theirs
    if theirs.shape != ours.shape or not theirs.size:
        raise Refused("not_comparable", expected=ours.shape, got=theirs.shape)
    if not np.isfinite(theirs).all():
        raise Refused("not_comparable_numbers", t=int(np.argwhere(~np.isfinite(theirs))[0][0]) + 1)
    both_wide = ours.dtype == theirs.dtype == np.float64
    with np.errstate(over="ignore"):
        differences = np.abs(ours.astype(np.float64) - theirs.astype(np.float64))
    at = np.unravel_index(int(differences.argmax()), differences.shape)
    value = float(differences[at])
    scale = max(1.0, float(np.abs(ours).max()))
    return Difference(
        value,
        int(at[0]) + 1,
        int(at[-1]) + 1,
        int(at[1]) + 1 if len(at) == 3 else None,
        float(ours[at]),
        float(theirs[at]),
        value <= scale * (1e-11 if both_wide else 1e-5),
    )
