"""A reader's own network: file, sequence, choice -> **loaded network** -> runs, within a bound of memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import numpy as np

from ..labels import checked_labels
from ..workbench.process_memory import NoRoom, process_memory
from .layer import Layer, LayerFile
from .orders import Reading, readings, reordered
from .proof import compare
from .ranking import Ranking, ranked
from .refusals import Refused
from .run import LayerRun, merged, run_layers
from .sequence import one_sequence

NOISE_STEPS = 40


@dataclass(eq=False)
class LoadedNetwork:
    """The file that was dropped, the layer chosen in it, and the sequence that it runs on.

    name : of the file. chosen : the address of a layer. x : (T, D), or None for noise from `seed`.
    labels : the names of the steps of x, such as the letters of a text; () where they have none.
    theirs : what the framework computed for it, to be compared with `output`.
    whole : whether all layers of the file run one after the other, or those of the chosen layer's name.
    evicted : whether its layers were freed because the process needed the memory for other readers.

    Raises Refused where the process has no room for the layers.
    """

    file: LayerFile
    name: str
    chosen: str
    x: np.ndarray | None = None
    x_name: str = ""
    theirs: np.ndarray | None = None
    whole: bool = False
    seed: int = 1
    labels: tuple[str, ...] = ()
    evicted: bool = False
    _runs: list[LayerRun] = field(default_factory=list)
    _ranking: Ranking | None = None
    _readings: list[Reading] | None = None

    def __post_init__(self):
        with _room(self.layer_bytes(), self):
            process_memory.track(self, "layers", LoadedNetwork.layer_bytes, LoadedNetwork.evict)
            process_memory.track(
                self, "runs", LoadedNetwork.bytes, LoadedNetwork.drop_runs, recomputable=True
            )

    @classmethod
    def of(cls, file: LayerFile, name: str) -> LoadedNetwork:
        """A file, of which the first layer is chosen."""
        return cls(file, name, file.layers[0].address)

    @property
    def layer(self) -> Layer:
        """The chosen layer."""
        return next(layer for layer in self.file.layers if layer.address == self.chosen)

    @property
    def layers(self) -> list[Layer]:
        """The layers that run, in their order."""
        return [layer for layer in self.file.layers if self.whole or layer.name == self.layer.name]

    @property
    def D(self) -> int:
        """How many inputs the sequence has to have."""
        return self.layers[0].D

    def choose(self, address: str) -> None:
        """Run another layer; a sequence that does not fit is let go. KeyError for one that is not there."""
        if all(layer.address != address for layer in self.file.layers):
            raise KeyError(address)
        self.chosen = address
        self._fit()

    def run_whole(self, whole: bool) -> None:
        """Run all layers of the file, or only those of the chosen layer's name."""
        self.whole = whole
        self._fit()

    def feed(self, x: np.ndarray, name: str, labels: Iterable[str] = ()) -> None:
        """Run on this sequence, (T, D) or a batch of one, whose steps may have names.

        Raises Refused, and then nothing has changed.
        """
        x = one_sequence(x, self.D, self.layers[0].address)
        before = self.x, self.x_name, self.theirs, self.labels
        self.x, self.x_name, self.theirs, self.labels = x, name, None, checked_labels(labels, len(x))
        self.drop_runs()
        try:
            self.runs()
        except Refused:
            self.x, self.x_name, self.theirs, self.labels = before
            raise

    def make_noise(self, seed: int) -> None:
        """Run on noise of a seed."""
        self.x, self.x_name, self.theirs, self.labels, self.seed = None, "", None, (), seed
        self.drop_runs()

    def compare_with(self, theirs: np.ndarray) -> None:
        """Keep what the framework gave. Raises Refused for what can't be compared with `output`."""
        ours = self.output()
        compare(ours, theirs)
        self.theirs, self._readings = theirs.reshape(ours.shape), None

    def reorder(self, order: str) -> None:
        """Take the gates in another order, where the file does not say it. Raises Refused."""
        layers = tuple(reordered(layer, order) for layer in self.file.layers)
        self.file = replace(self.file, layers=layers)
        self._runs, self._ranking = [], None

    def readings(self) -> list[Reading]:
        """What each order of the gates would make of the chosen layer."""
        if self._readings is None:
            self._readings = readings(self.layers, self.chosen, self.inputs(), self.theirs)
        return self._readings

    def inputs(self) -> np.ndarray:
        """(T, D): the sequence, or noise where there is none."""
        if self.x is not None:
            return self.x
        return np.random.default_rng(self.seed).normal(size=(NOISE_STEPS, self.D)).astype(np.float32)

    def runs(self) -> list[LayerRun]:
        """The runs of `layers`. They are computed again where another reader's took their room.

        Raises Refused where the process has no room for them.
        """
        process_memory.seen(self)
        runs = self._runs
        if not runs:
            layers, x = self.layers, self.inputs()
            with _room(run_bytes(layers, len(x)), self):
                runs = self._runs = run_layers(layers, x, labels=self.labels)
        return runs

    def run(self) -> LayerRun:
        """The run of the chosen layer."""
        return next(run for run in self.runs() if run.layer.address == self.chosen)

    def ranking(self) -> Ranking:
        """Which units of the chosen layer remember, are stuck, move."""
        if self._ranking is None:
            self._ranking = ranked(self.run().trace)
        return self._ranking

    def first_look(self, unit: int | None = None) -> tuple[int, int]:
        """The unit and step to look at first: the unit that remembers longest, where it writes most."""
        unit = int(self.ranking().order("half_life")[0]) if unit is None else unit
        return unit, int(np.abs(self.run().trace.written[:, unit - 1]).argmax()) + 1

    def output(self) -> np.ndarray:
        """(T, H) or (T, 2H): what the chosen layer gives, with the other direction where there is one."""
        layer = self.layer
        same = [run for run in self.runs() if (run.layer.name, run.layer.level) == (layer.name, layer.level)]
        return merged(same)

    def drop_runs(self) -> None:
        """Let go of what was computed."""
        self._runs, self._ranking, self._readings = [], None, None

    def bytes(self) -> int:
        """Room that the runs take."""
        arrays = ("hx", "cells", "z", "gates", "kept", "written", "tanh_C")
        return sum(getattr(run.trace, name).nbytes for run in self._runs for name in arrays)

    def layer_bytes(self) -> int:
        """Room that the layers and the sequence take."""
        arrays: list = [self.x, self.theirs]
        for layer in self.file.layers:
            arrays += [layer.params.W, layer.params.b, layer.params.peepholes, layer.h0, layer.C0]
        return sum(array.nbytes for array in arrays if isinstance(array, np.ndarray))

    def evict(self) -> None:
        """Let go of the layers and of all else: the process needs the memory for others."""
        self.evicted, self.file = True, replace(self.file, layers=())
        self.x = self.theirs = None
        self.drop_runs()

    def _fit(self) -> None:
        self.theirs = None
        if self.x is not None and self.x.shape[1] != self.D:
            self.x, self.x_name, self.labels = None, "", ()
        self.drop_runs()


def run_bytes(layers: Sequence[Layer], T: int) -> int:
    """Room that runs of T steps will take: z and the gates have four blocks, all else one."""
    numbers = (((T + 1) * (2 * layer.H + layer.D) + 11 * T * layer.H, layer) for layer in layers)
    return sum(count * layer.params.W.itemsize for count, layer in numbers)


@contextmanager
def _room(count: int, for_: LoadedNetwork) -> Iterator[None]:
    """Room for so many bytes while they come to be; then they are counted as what `for_` holds."""
    try:
        with process_memory.reserve(count, for_):
            yield
    except NoRoom:
        raise Refused("no_room", got=count) from None
