"""The same layer in two files, before and after more training: runs on one sequence -> **what moved**."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .layer import Layer, LayerFile
from .named_steps import standard
from .ranking import half_lives, keeps
from .refusals import Refused
from .run import LayerRun, run_layers


@dataclass(frozen=True, eq=False)
class Moved:
    """The units of a layer before and after, each (H,).

    match : the unit after, from 1, whose memory goes along most closely with that of the unit before; each is
        taken once, the closest pairs first. r : how closely, Pearson's correlation over the steps of the run.
    before, after : half-lives of the unit and of its match.
    weights : how far the unit's own weights moved, in shares of how large they were; to the same number of
        the unit, not to its match.
    """

    match: np.ndarray
    r: np.ndarray
    before: np.ndarray
    after: np.ndarray
    weights: np.ndarray

    @property
    def stayed(self) -> int:
        """How many units are matched by the one of their own number."""
        return int((self.match == np.arange(1, len(self.match) + 1)).sum())

    def order(self) -> np.ndarray:
        """The units, from 1, that changed most first: those whose match is the least close."""
        return np.argsort(self.r, kind="stable") + 1


def counterparts(layers: Sequence[Layer], other: LayerFile) -> list[Layer]:
    """The layers of another file that these have become: by address, else the only one of that size.

    Raises Refused for a layer that has none.
    """
    found = []
    for layer in layers:
        alike = [
            one
            for one in other.layers
            if (one.kind, one.H, one.D, one.direction) == (layer.kind, layer.H, layer.D, layer.direction)
        ]
        named = [one for one in alike if one.address == layer.address]
        if not named and len(alike) != 1:
            raise Refused("no_counterpart", layer=layer.address)
        found.append((named or alike)[0])
    return found


def moved(before: LayerRun, layers: Sequence[Layer], other: LayerFile, x, h0=None, C0=None) -> Moved:
    """What became of the layer of a run in another file, on the same sequence.

    before : the run of one of `layers`, which ran one after the other on x (T, D), from h0 and C0. Raises
    Refused where the other file has no such layers.
    """
    there = counterparts(layers, other)
    place = next(k for k, layer in enumerate(layers) if layer.address == before.layer.address)
    after = run_layers(there, x, h0, C0)[place]
    memories = [run.in_time("C").astype(np.float64) for run in (before, after)]
    r = standard(memories[0]).T @ standard(memories[1]) / len(memories[0])
    match = _matched(r)
    old, new = (_of_units(run.layer) for run in (before, after))
    size = np.sqrt((old**2).sum(axis=(0, 2)))
    distance = np.sqrt(((new - old) ** 2).sum(axis=(0, 2)))
    lives = [half_lives(keeps(run.trace)) for run in (before, after)]
    units = np.arange(len(match))
    return Moved(
        match + 1, r[units, match], lives[0], lives[1][match], distance / np.where(size == 0, 1, size)
    )


def _of_units(layer: Layer) -> np.ndarray:
    """(k, H, H+D+1): the weights and biases of each of the H units, in its k gates."""
    params = layer.params
    return np.concatenate([params.W, params.b[..., None]], axis=-1).astype(np.float64)


def _matched(r: np.ndarray) -> np.ndarray:
    """(H,): the column that each row is matched with, the closest first, among equals the own number."""
    H = len(r)
    match = np.full(H, -1)
    taken = np.zeros(H, bool)
    for pair in np.argsort(-(r + 1e-9 * np.eye(H)), axis=None, kind="stable").tolist():
        row, column = divmod(pair, H)
        if match[row] < 0 and not taken[column]:
            match[row], taken[column] = column, True
    return match
