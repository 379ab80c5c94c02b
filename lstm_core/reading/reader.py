"""The network that reads code, as the page uses it: weights, text -> **Reader** -> Reading.

Every number of a reading is computed by `lstm_core/cell.py` on this text; what each unit follows was
measured on code that was not read, by `python -m lstm_core.reading.card`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from ..assets import ASSETS
from ..cell import forward
from ..params import LSTMParams
from ..trace import LSTMTrace
from .hold import HELD
from .letters import LETTERS, OTHER, one_hot, places

FOLDER = ASSETS / "reading"

LONGEST = 2000
"""The most letters that the page reads; the library reads texts of any length."""


_ROWS = 4


@dataclass(frozen=True)
class Feature:
    """What a unit follows, told on code that neither was read nor chose the unit.

    name : one of FEATURES in `lstm_core/reading/features.py`. unit : from 1. auc : 0.5 is chance. control :
    the same of the best unit of a network that was never trained. shuffled : the same of this network where
    the feature is moved away from where it belongs.
    """

    name: str
    unit: int
    auc: float
    control: float
    shuffled: float

    @property
    def is_clear(self) -> bool:
        """Whether it is at least 0.9, and at least 0.15 above the control."""
        return self.auc >= 0.9 and self.auc >= self.control + 0.15


@dataclass(frozen=True)
class Unit:
    """One unit. feature : what it follows, with its auc and control: that by which it is furthest above an
    untrained network. inside, outside : the means of its C there.

    half_life : letters until half of its memory is left, at its mean forget gate on held-out code. mean,
    low, high : of its C there.
    """

    unit: int
    feature: str
    auc: float
    control: float
    half_life: float
    inside: float
    outside: float
    mean: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether it follows the feature clearly better than an untrained network would: 0.75, and by 0.1."""
        return self.auc >= 0.75 and self.auc >= self.control + 0.1

    @property
    def middle(self) -> float:
        """Half-way between its means inside and outside."""
        return (self.inside + self.outside) / 2

    def is_inside(self, C: np.ndarray) -> np.ndarray:
        """Where C says "inside": on that side of the middle on which its mean inside lies."""
        return (self.middle < C) if self.inside > self.outside else (self.middle > C)


@dataclass(frozen=True, eq=False)
class Reading:
    """A text as the network read it.

    text : as it was given. trace : every number of the layer, (T, H). odds : (T, V), of each sign to come
    next after each letter; they sum to 1. letters : the V signs.
    """

    text: str
    trace: LSTMTrace
    odds: np.ndarray
    letters: tuple[str, ...] = LETTERS

    @cached_property
    def surprise(self) -> np.ndarray:
        """(T,): bits by which each letter surprised, −log2 of the odds it was given; of the first it is not
        known, 0."""
        read = places(self.text, self.letters)
        given = self.odds[np.arange(len(read) - 1), read[1:]] if len(read) else np.ones(0)
        given = np.where(read[1:] < 0, 1, given)  # of a sign that the network has no odds for
        return np.concatenate([[0.0], -np.log2(np.maximum(given, 1e-30))])[: len(read)]

    def likeliest(self, t: int, count: int = 8) -> list[tuple[str, float]]:
        """The likeliest next letters after letter t (from 1), with their odds."""
        order = np.argsort(-self.odds[t - 1], kind="stable")[:count]
        return [(self.letters[k], float(self.odds[t - 1, k])) for k in order.tolist()]

    def odds_of(self, letters: str, t: int) -> float:
        """The odds that one of these letters comes next after letter t (from 1)."""
        return float(sum(self.odds[t - 1, k] for k in places(letters, self.letters) if k >= 0))


@dataclass(frozen=True, eq=False)
class Reader:
    """A layer with an output for each sign; params (H units, V inputs), W_y (V, H), b_y (V,), what was
    measured, which is nothing of a reader's own network, and its V signs."""

    params: LSTMParams
    W_y: np.ndarray
    b_y: np.ndarray
    measured: dict
    letters: tuple[str, ...] = LETTERS

    def read(
        self, text: str, hold: Mapping[int, float] | None = None, of: str = "C", start: int = 1,
        free: Reading | None = None,
    ) -> Reading:  # fmt: skip
        """Reads a text of any length from the first letter on.

        hold : unit, from 1 -> a number at which it is held from letter `start` to the last. of : what of it
        is, one of HELD. Where it is C, a hand sets C before that letter, and then the forget gate is pinned
        at 1 and the input gate at 0, so that all is kept and nothing is written; a gate is pinned at the
        number. free : the reading of this text with nothing held, if there is one, which need not be read
        again. A letter that the network does not know is read as OTHER, or as no sign
        where it has none for that. Raises ValueError for an empty text, for a unit, a letter or an `of` that
        there is not, and for a number that a gate can't have.
        """
        if not text:
            raise ValueError("text: expected at least one letter, got none")
        if not 1 <= start <= len(text):
            raise ValueError(f"start: expected a letter from 1 to {len(text)}, got {start!r:.40}")
        labels = free.trace.labels if free else _labels(text)
        x = one_hot(places(text, self.letters), len(self.letters), self.params.dtype)
        if not hold:
            return self._reading(text, forward(self.params, x, labels=labels))
        pins, n = self._pins(hold, of, len(text) - start + 1), start - 1
        before = free.trace if free else forward(self.params, x[:n], labels=labels[:n]) if n else None
        h, C = (before.h[n - 1], before.C[n - 1]) if before and n else np.zeros((2, self.params.H))
        C = C.copy()
        if of == "C":
            C[[unit - 1 for unit in hold]] = list(hold.values())
        held = replace(forward(self.params, x[n:], h, C, pins), labels=labels[n:])
        return self._reading(text, _joined(before, n, held) if before and n else held)

    def write(
        self, reading: Reading, count: int, seed: int, hold: Mapping[int, float] | None = None, of: str = "C"
    ) -> str:
        """Goes on after a reading by so many letters, each drawn by the odds that the network gives it.

        The same seed draws alike from the same odds. hold, of : as of `read`, and those of the reading.
        """
        random = np.random.default_rng(seed)
        pins = self._pins(hold, of, 1) if hold else None
        h, C = reading.trace.h[-1], reading.trace.C[-1]
        odds, written = reading.odds[-1], []
        draws = random.random(count)
        for draw in draws.tolist():
            place = min(int(np.searchsorted(np.cumsum(odds), draw)), len(self.letters) - 1)
            written.append(self.letters[place])
            x = one_hot(np.array([place]), len(self.letters), self.params.dtype)
            trace = forward(self.params, x, h, C, pins)
            h, C, odds = trace.h[-1], trace.C[-1], self._odds(trace.h)[0]
        return "".join(written)

    def features(self) -> list[Feature]:
        """What was asked of all units: which unit follows each feature best, beside its controls."""
        return [Feature(**row) for row in self.measured.get("features", ())]

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """What each of the H units follows best; of a network that was not measured, nothing."""
        return tuple(Unit(**row) for row in self.measured["units"])

    def _pins(self, hold: Mapping[int, float], of: str, T: int) -> np.ndarray:
        """(T, 4, H): the pinned gates."""
        H = self.params.H
        if of not in HELD:
            raise ValueError(f"of: expected one of {', '.join(HELD)}, got {of!r:.40}")
        pins = np.full((T, 4, H), np.nan, self.params.dtype)
        for unit, value in hold.items():
            if not 1 <= unit <= H:
                raise ValueError(f"hold: expected units from 1 to {H}, got {unit!r:.40}")
            if of == "C":
                pins[:, 0, unit - 1], pins[:, 1, unit - 1] = 1, 0
            else:
                pins[:, HELD.index(of) - 1, unit - 1] = value
        return pins

    def _reading(self, text: str, trace: LSTMTrace) -> Reading:
        return Reading(text, trace, self._odds(trace.h), self.letters)

    def _odds(self, h: np.ndarray) -> np.ndarray:
        """(T, V): softmax of the outputs.

        The product goes by few rows at a time: a large one wakes threads, and waits for them where others
        are at work.
        """
        rows = np.zeros((-(-len(h) // _ROWS), _ROWS, h.shape[1]), h.dtype)
        rows.reshape(-1, h.shape[1])[: len(h)] = h
        logits = (rows @ self.W_y.T).reshape(-1, len(self.W_y))[: len(h)] + self.b_y
        odds = np.exp(logits - logits.max(axis=-1, keepdims=True))
        return odds / odds.sum(axis=-1, keepdims=True)


def _labels(text: str) -> tuple[str, ...]:
    return tuple(letter if letter.isprintable() or letter == "\n" else OTHER for letter in text)


def _joined(before: LSTMTrace, n: int, after: LSTMTrace) -> LSTMTrace:
    """The first n steps of a run, and another that goes on from there, but for a C that a hand set in
    between."""
    hand = np.zeros((n + after.T, after.params.H), after.params.dtype)
    hand[n] = after.cells[0] - before.cells[n]
    free = np.zeros((n, *after.gates.shape[1:]), bool)
    parts: dict[str, Any] = {
        name: np.concatenate([getattr(before, name)[:n], getattr(after, name)])
        for name in ("hx", "z", "gates", "kept", "written", "tanh_C")
    }
    return replace(
        after, cells=np.concatenate([before.cells[: n + 1], after.cells[1:]]), hand=hand,
        pinned=np.concatenate([free, after.pinned]), labels=before.labels[:n] + after.labels, **parts,
    )  # fmt: skip


def marked(C: np.ndarray, where: Sequence[bool] | np.ndarray) -> list[tuple[int, float]]:
    """Units (from 1) by how well their C (T, H) tells the marked letters from the rest, with their AUC,
    best first.

    An AUC below 0.5 is that of a unit that is smaller there. Empty where all letters are marked, or none.
    """
    inside = np.asarray(where, bool)
    n, m = int(inside.sum()), int((~inside).sum())
    if not n or not m:
        return []
    ranks = np.empty(C.shape)
    np.put_along_axis(ranks, C.argsort(axis=0, kind="stable"), np.arange(1.0, len(C) + 1)[:, None], 0)
    aucs = (ranks[inside].sum(0) - n * (n + 1) / 2) / (n * m)
    order = np.argsort(-np.abs(aucs - 0.5), kind="stable")
    return [(unit + 1, float(aucs[unit])) for unit in order.tolist()]


@lru_cache(maxsize=1)
def shipped() -> Reader:
    """The network that the app brings along, in assets/reading."""
    with np.load(FOLDER / "reader.npz", allow_pickle=False) as file:
        arrays = {name: file[name].astype(np.float32) for name in file.files}
    measured = json.loads((FOLDER / "measured.json").read_text("utf-8"))
    params = LSTMParams(arrays["W"], arrays["b"])
    return Reader(params, arrays["W_y"], arrays["b_y"], measured)
