"""How large a file, a layer and a run may be, known before anything is allocated."""

from dataclasses import dataclass

from .refusals import Refused


@dataclass(frozen=True)
class Limits:
    """Bounds on what is read and run; None means none.

    H, D : units and inputs of a layer.
    T : steps of a run.
    record : T × B × H of a run; a million is a record of about 110 MB.
    bytes : of the file, and again of all that is unpacked of it.
    """

    H: int | None = 1024
    D: int | None = 1024
    T: int | None = 5000
    record: int | None = 1_000_000
    bytes: int | None = 40_000_000


IN_THE_APP = Limits()
ANY_SIZE = Limits(None, None, None, None, None)

MOST_SECONDS = 10.0
"""By the clock, to read a file, where somebody waits for it."""

MOST_LAYERS = 256
MOST_ARRAYS = 20_000


class Budget:
    """Counts the bytes that are unpacked of one file."""

    def __init__(self, limits: Limits):
        self.limits = limits
        self.spent = 0

    def spend(self, count: int) -> None:
        """A Refused where `count` more bytes would be more than the limit."""
        self.spent += count
        if self.limits.bytes is not None and self.spent > self.limits.bytes:
            raise Refused("unpacked", most=self.limits.bytes)


def check_bytes(limits: Limits, got: int) -> None:
    """A Refused for a file of more bytes than the limits allow."""
    if limits.bytes is not None and got > limits.bytes:
        raise Refused("too_large", got=got, most=limits.bytes)


def check_size(limits: Limits, layer: str, H: int, D: int) -> None:
    """A Refused for a layer of more units or inputs than the limits allow."""
    if limits.H is not None and limits.H < H:
        raise Refused("units", layer=layer, got=H, most=limits.H)
    if limits.D is not None and limits.D < D:
        raise Refused("inputs", layer=layer, got=D, most=limits.D)


def check_run(limits: Limits, T: int, B: int, H: int) -> None:
    """A Refused for a run that would record more than the limits allow."""
    if limits.T is not None and limits.T < T:
        raise Refused("steps", got=T, most=limits.T)
    if limits.record is not None and limits.record < T * B * H:
        raise Refused("record", T=T * B, H=H, most=limits.record)
