"""A reader's own network: file, sequence, choice -> **loaded network** -> runs, within a bound of memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import groupby

import numpy as np

from ..workbench.process_memory import NoRoom, process_memory
from .captured import Batch
from .embeddings import Embedding
from .layer import Layer, LayerFile
from .named_steps import Context, contexts
from .orders import Reading, readings, reordered
from .outputs import output_of
from .proof import compare
from .ranking import Ranking, half_lives, keeps, ranked
from .refusals import Refused
from .run import LayerRun, merged, run_bytes, run_layers, seen_states
from .sequence import Brought, bring, check_x
from .side_by_side import Lives, read_on

NOISE_STEPS = 40
MOST_REMEMBERED = 1_000_000
"""Numbers of the memories, steps × units, that are looked through for contexts; further sequences are not."""


@dataclass(eq=False)
class LoadedNetwork:
    """The file that was dropped, the layer chosen in it, and the sequence that it runs on.

    name : of the file. chosen : the address of a layer.
    brought : what a reader brought to run on, or None for the captured sequence of the number
        `sequence`, from 1, or where that is None, too, for noise from `seed`.
    theirs : what the framework computed for it, to be compared with `output`.
    whole : whether all layers of the file run one after the other, or those of the chosen layer's name.
    evicted : whether its layers were freed because the process needed the memory for other readers.

    Raises Refused where the process has no room for the layers.
    """

    file: LayerFile
    name: str
    chosen: str
    brought: Brought | None = None
    sequence: int | None = None
    theirs: np.ndarray | None = None
    whole: bool = False
    seed: int = 1
    evicted: bool = False
    _runs: list[LayerRun] = field(default_factory=list)
    _ranking: Ranking | None = None
    _readings: list[Reading] | None = None
    _lives: list[Lives] | None = None
    _memories: list[np.ndarray] = field(default_factory=list)

    def __post_init__(self):
        with _room(self.layer_bytes(), self):
            process_memory.track(self, "layers", LoadedNetwork.layer_bytes, LoadedNetwork.evict)
            process_memory.track(
                self, "runs", LoadedNetwork.bytes, LoadedNetwork.drop_runs, recomputable=True
            )

    @classmethod
    def of(cls, file: LayerFile, name: str) -> LoadedNetwork:
        """A file, of which the first layer is chosen; it runs on what it read, where the file says it."""
        network = cls(file, name, file.layers[0].address)
        network._fit()
        return network

    @property
    def layer(self) -> Layer:
        """The chosen layer."""
        return next(layer for layer in self.file.layers if layer.address == self.chosen)

    @property
    def layers(self) -> list[Layer]:
        """The layers that run, in their order."""
        return [layer for layer in self.file.layers if self.whole or layer.name == self.layer.name]

    @property
    def seen(self) -> Batch | None:
        """What the first of `layers` read in a live model, where the file says it."""
        return self.layers[0].seen

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of the steps that run, such as the letters of a text; () where they have none."""
        read = self.brought or (self.seen.sequence(self.sequence) if self.seen and self.sequence else None)
        return read.labels if read else ()

    @property
    def D(self) -> int:
        """How many inputs the sequence has to have."""
        return self.layers[0].D

    @property
    def embeddings(self) -> list[Embedding]:
        """Those of the file whose vectors the first of `layers` could read."""
        return [one for one in self.file.embeddings if one.vectors.shape[1] == self.D]

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
        """Run on this sequence, (T, D), whose steps may have names, or on the first of several, (B, T, D).

        Raises Refused, and then nothing has changed.
        """
        self._run_on(bring(x, name, labels, self.D, self.layers[0].address))

    def pick(self, number: int, batch_first: bool = True) -> None:
        """Run on another of several sequences that were brought, from 1. Raises Refused, as `feed`."""
        assert self.brought is not None
        self._run_on(replace(self.brought, number=number, batch_first=batch_first))

    def _run_on(self, brought: Brought) -> None:
        check_x(brought.x, self.D, self.layers[0].address)
        before = self.brought, self.theirs, self.sequence
        self.brought, self.theirs, self.sequence = brought, None, None
        self.drop_runs()
        try:
            self.runs()
        except Refused:
            self.brought, self.theirs, self.sequence = before
            raise

    def take(self, number: int) -> None:
        """Run on a captured sequence, from 1. Raises Refused for a number that there is not."""
        if self.seen:
            self.seen.sequence(number)
        self.brought, self.theirs, self.sequence = None, None, number
        self.drop_runs()

    def make_noise(self, seed: int) -> None:
        """Run on noise of a seed."""
        self.brought, self.theirs, self.seed, self.sequence = None, None, seed, None
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
        self._runs, self._ranking, self._lives = [], None, None

    def readings(self) -> list[Reading]:
        """What each order of the gates would make of the chosen layer."""
        if self._readings is None:
            self._readings = readings(self.layers, self.chosen, self.inputs(), self.theirs)
        return self._readings

    def inputs(self) -> np.ndarray:
        """(T, D): the sequence, or noise where there is none."""
        if self.brought is not None:
            return self.brought.x
        if self.seen is not None and self.sequence is not None:
            return self.seen.sequence(self.sequence).x
        return self._noise(self.D)

    def _noise(self, D: int) -> np.ndarray:
        return np.random.default_rng(self.seed).normal(size=(NOISE_STEPS, D)).astype(np.float32)

    def runs(self) -> list[LayerRun]:
        """The runs of `layers`. They are computed again where another reader's took their room.

        Raises Refused where the process has no room for them.
        """
        process_memory.seen(self)
        runs = self._runs
        if not runs:
            layers, x = self.layers, self.inputs()
            with _room(run_bytes(layers, len(x)), self):
                h0, C0 = (None, None) if self.sequence is None else seen_states(layers, self.sequence)
                runs = self._runs = run_layers(layers, x, h0, C0, labels=self.labels)
        return runs

    def run(self) -> LayerRun:
        """The run of the chosen layer."""
        return next(run for run in self.runs() if run.layer.address == self.chosen)

    def ranking(self) -> Ranking:
        """Which units of the chosen layer remember, are stuck, move."""
        if self._ranking is None:
            self._ranking = ranked(self.run().trace, output_of(self.file, self.layer))
        return self._ranking

    @property
    def side_by_side_on(self) -> str:
        """What all layers of the file read, side by side; see `side_by_side.read_on`."""
        return read_on(self.file.layers, None if self.brought is None else self.layers[0])

    def lives(self) -> list[Lives]:
        """How long the units of every layer of the file remember. Raises Refused where there is no room."""
        if self._lives is None:
            on, found = self.side_by_side_on, []
            stacks = groupby(self.file.layers, key=lambda layer: "" if on == "row" else layer.name)
            for stack in (list(group) for _, group in stacks):
                x, h0, C0 = self._noise(stack[0].D), None, None
                if self.brought is not None and (on == "row" or stack[0] in self.layers):
                    x = self.brought.x
                elif stack[0].seen is not None:
                    number = min(self.sequence or 1, stack[0].seen.B)
                    x, (h0, C0) = stack[0].seen.sequence(number).x, seen_states(stack, number)
                with _room(run_bytes(stack, len(x)), self):
                    runs = run_layers(stack, x, h0, C0)
                found += [Lives(run.layer, half_lives(keeps(run.trace))) for run in runs]
                del runs
            self._lives = found
        return self._lives

    def contexts(self, unit: int) -> tuple[list[Context], list[Context]]:
        """Where C of a unit, from 1, of the chosen layer is highest and lowest; see `named_steps.contexts`.

        Of a captured batch in all sequences, as far as MOST_REMEMBERED allows, else in the one that runs.
        """
        seen = self.seen if self.sequence is not None else None
        if seen is None:
            return contexts([self.run().in_time("C")[:, unit - 1]], [self.labels])
        if not self._memories:
            steps = np.cumsum(seen.lengths)
            count = max(1, int((steps * self.layer.H <= MOST_REMEMBERED).sum()))
            with _room(int(steps[count - 1]) * self.layer.H * 8 + run_bytes(self.layers, len(seen.x)), self):
                for number in range(1, count + 1):
                    runs = run_layers(self.layers, seen.sequence(number).x, *seen_states(self.layers, number))
                    run = next(run for run in runs if run.layer.address == self.chosen)
                    self._memories.append(run.in_time("C").copy())
        return contexts([C[:, unit - 1] for C in self._memories], seen.labels)

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
        self._runs, self._ranking, self._readings, self._lives, self._memories = [], None, None, None, []

    def bytes(self) -> int:
        """Room that the runs take."""
        arrays = (array for run in self._runs for array in vars(run.trace).values())
        runs = sum(array.nbytes for array in arrays if isinstance(array, np.ndarray))
        return runs + sum(memory.nbytes for memory in self._memories)

    def layer_bytes(self) -> int:
        """Room that the layers and the sequence take."""
        arrays: list = [self.brought and self.brought.array, self.theirs]
        for layer in self.file.layers:
            arrays += [*vars(layer.params).values(), layer.h0, layer.C0, layer.seen]
        arrays += [one.vectors for one in self.file.embeddings] + [one.W for one in self.file.outputs]
        return sum(array.nbytes for array in arrays if isinstance(array, (np.ndarray, Batch)))

    def evict(self) -> None:
        """Let go of the layers and of all else: the process needs the memory for others."""
        self.evicted, self.file = True, replace(self.file, layers=(), embeddings=(), outputs=())
        self.brought = self.theirs = None
        self.drop_runs()

    def _fit(self) -> None:
        """Let go of what does not fit; what the chosen layer itself read takes its place, if it is known."""
        self.theirs = None
        if self.brought is not None and self.brought.x.shape[1] != self.D:
            self.brought = None
        seen = self.seen if self.brought is None else None
        self.sequence = None if seen is None else min(self.sequence or 1, seen.B)
        self.drop_runs()


@contextmanager
def _room(count: int, for_: LoadedNetwork) -> Iterator[None]:
    """Room for so many bytes while they come to be; then they are counted as what `for_` holds."""
    try:
        with process_memory.reserve(count, for_):
            yield
    except NoRoom:
        raise Refused("no_room", got=count) from None
