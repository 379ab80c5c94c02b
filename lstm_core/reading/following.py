"""Which unit follows what: network, held-out code -> **AUC, half-life, means** of each unit.

AUC is the chance that C of the unit is larger at a letter inside than at one outside; 0.5 is chance. The
unit of a feature is chosen on one half of the held-out files, and how well it follows is told on the other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .corpus import files, text_of
from .features import APPLIES, FEATURES, features
from .letters import places
from .model import Model, Run

LETTERS_A_FILE = 5000
"""Of a long file so many letters count, so that none outweighs the others."""

_STEPS = 50


@dataclass(frozen=True, eq=False)
class HeldOut:
    """Files that the network did not read, beside each other.

    signs : (T, B). there : (T, B), False where a file has ended. features : name -> (T, B). texts : the B
    files.
    """

    signs: np.ndarray
    there: np.ndarray
    features: dict[str, np.ndarray]
    texts: tuple[str, ...]

    @classmethod
    def of(cls, half: str) -> HeldOut:
        """One of the halves of the corpus."""
        texts, found = [], []
        for path in files(half):
            whole = text_of(path)
            try:
                found.append(features(whole))
            except ValueError:  # no program, such as a template
                continue
            texts.append(whole[:LETTERS_A_FILE])
        B = len(texts)
        signs, there = np.zeros((LETTERS_A_FILE, B), np.intp), np.zeros((LETTERS_A_FILE, B), bool)
        marked = {name: np.zeros((LETTERS_A_FILE, B), bool) for name in (*FEATURES, "ends")}
        for b, (text, of) in enumerate(zip(texts, found, strict=True)):
            signs[: len(text), b], there[: len(text), b] = places(text), True
            for name, where in of.items():
                marked[name][: len(text), b] = where[: len(text)]
        return cls(signs, there, marked, tuple(texts))

    def asked(self, feature: str) -> np.ndarray:
        """(T, B): the letters of which a feature is asked."""
        return self.there & self.features[APPLIES[feature]] if feature in APPLIES else self.there

    def shifted(self) -> HeldOut:
        """The same code with every feature moved by half a file's length: they go along with nothing any
        more."""
        moved = {}
        for name, of in self.features.items():
            moved[name] = np.zeros_like(of)
            for b, n in enumerate(self.there.sum(0).tolist()):
                moved[name][:n, b] = np.roll(of[:n, b], n // 2)
        return HeldOut(self.signs, self.there, moved, self.texts)


def memories(model: Model, held_out: HeldOut) -> tuple[np.ndarray, np.ndarray]:
    """C of all units (T, B, H) over held-out code, from nothing at the start of each file; and their
    half-lives (H,)."""
    T, B = held_out.signs.shape
    C = np.empty((T, B, model.H), np.float32)
    h, logs = np.zeros((B, model.H), np.float32), np.zeros(model.H)
    before = np.zeros((B, model.H), np.float32)
    for t in range(0, T, _STEPS):
        run = Run(model, held_out.signs[t : t + _STEPS], h, before)
        C[t : t + _STEPS], h, before = run.C[1:], run.h[-1], run.C[-1]
        there = held_out.there[t : t + _STEPS]
        logs += np.log(np.maximum(run.gates[there][:, : model.H], 1e-30)).sum(0, dtype=np.float64)
    return C, np.log(0.5) / np.minimum(logs / held_out.there.sum(), -1e-12)


def aucs(C: np.ndarray, held_out: HeldOut) -> np.ndarray:
    """(features, H): of each feature in the order of FEATURES and each unit."""
    found = np.empty((len(FEATURES), C.shape[-1]))
    for asked in {name: held_out.asked(name) for name in (FEATURES[0], *APPLIES)}.items():
        name, where = asked
        of = [k for k, feature in enumerate(FEATURES) if APPLIES.get(feature) == APPLIES.get(name)]
        inside = np.stack([held_out.features[FEATURES[k]][where] for k in of]).astype(np.float64)
        for unit in range(C.shape[-1]):
            ranks = np.empty(inside.shape[1])
            ranks[np.argsort(C[..., unit][where], kind="stable")] = np.arange(1, inside.shape[1] + 1)
            n = inside.sum(1)
            found[of, unit] = (inside @ ranks - n * (n + 1) / 2) / np.maximum(n * (inside.shape[1] - n), 1)
    return found


def chosen(chosen_on: np.ndarray, told_on: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The unit (from 0) of each feature, chosen by AUCs (features, H) of one half, and its AUC on the other.

    A unit that is smaller inside counts as well as one that is larger; which, is part of what is chosen.
    """
    units = np.abs(chosen_on - 0.5).argmax(1)
    return units, np.array([directed(chosen_on[k, u], told_on[k, u]) for k, u in enumerate(units)])


def directed(on_one: float, on_other: float) -> float:
    """An AUC on the other half, in the direction that the one half has."""
    return float(on_other if on_one >= 0.5 else 1 - on_other)
