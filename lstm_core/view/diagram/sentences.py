"""What happened at a step, in words with numbers: scene -> **sentences** -> caption, what is read out."""

from __future__ import annotations

from dataclasses import dataclass

from ... import rounding
from ...quantities import GATE_KEYS
from .. import typeset
from .scene import Scene

_DRAWN = ("f", "i", "C_tilde", "o", "kept", "erased", "written", "C", "C_prev", "tanh_C", "h")


@dataclass(frozen=True)
class Sentences:
    """What the diagram says, with its numbers marked (`typeset.marked`).

    whole : on the whole step. phase : on the phase; None where none is put into words.
    spoken : both in one line of plain text, for those who listen.
    """

    whole: str
    phase: str | None
    spoken: str

    @classmethod
    def of(cls, scene: Scene) -> Sentences:
        """The sentences of a scene, each put into words once."""
        values = _values(scene)
        whole = scene.words(f"diagram.caption.{_which(scene, None)}", **values)
        if scene.told is None:
            return cls(whole, None, _spoken(whole, scene))
        phase = scene.words(f"diagram.caption.{_which(scene, scene.told)}", **values)
        name = scene.words(f"diagram.phase.{scene.told}")
        return cls(whole, phase, f"{_spoken(whole, scene)} {name}: {_spoken(phase, scene)}")


def _values(scene: Scene) -> dict:
    """Everything that a sentence may name: numbers as shown, signs between them, sizes of the cell."""
    shown = {key: scene.text(key) for key in _DRAWN}
    numbers = {key: typeset.marked(key, shown[key]) for key in _DRAWN}
    numbers |= {f"{key}_in": _factor(key, shown[key]) for key in ("C_prev", "C", "C_tilde", "tanh_C")}
    numbers |= {f"p_{key}": scene.peephole(key) for key in ("f", "o") if scene.sees_cell(key)}
    ledger = scene.ledger
    f, i, o = (rounding.rounded(scene.value(key)) for key in ("f", "i", "o"))
    shares = {"f_share": rounding.text(100 * f, decimals=0), "o_share": rounding.text(100 * o, decimals=0)}
    C_tilde, tanh_C, h = (rounding.rounded(scene.value(key)) for key in ("C_tilde", "tanh_C", "h"))
    signs = {
        "kept_equals": rounding.equals(f * ledger.C_prev, ledger.kept),
        "written_equals": rounding.equals(i * C_tilde, ledger.written),
        "added": _added(shown["written"]),
        "h_equals": rounding.equals(o * tanh_C, h),
        "i_equals": rounding.equals(1 - f, i),
    }
    H, D = scene.trace.params.H, scene.trace.params.D
    n, blocks = H + D, sum(map(scene.has_weights, GATE_KEYS.values()))
    sizes = {"H": H, "D": D, "n": n, "count": blocks * (H * n + H)}
    return {**numbers, **shares, **signs, **sizes, "t": scene.step, "unit": scene.unit}


def _which(scene: Scene, phase: str | None) -> str:
    """The key of the sentence on a phase, or on the whole step, that is true in this kind of cell."""
    if phase is None:
        return "whole"
    if phase in ("forget", "erase") and not scene.has_forget_gate:
        return f"{phase}_1997"
    if phase == "concatenate" and not all(map(scene.has_weights, GATE_KEYS.values())):
        return "concatenate_three"
    if phase == "candidate" and scene.is_coupled("i"):
        return "candidate_coupled"
    if phase in ("forget", "output") and scene.sees_cell(phase[0]):
        return f"{phase}_peephole"
    return phase


def _added(shown: str) -> str:
    """What is written, as it follows another number: its sign, a space, and its size, which is marked."""
    sign, size = (shown[0], shown[1:]) if shown[0] in "+−" else ("+", shown)
    return f"{sign}\u00a0{typeset.marked('written', size)}"


def _factor(key: str, shown: str) -> str:
    """A number that stands after ×: without a plus, in brackets where it is negative."""
    number = typeset.marked(key, shown.removeprefix("+"))
    return f"({number})" if shown.startswith("−") else number


def _spoken(sentence: str, scene: Scene) -> str:
    """The sentence for those who listen."""
    runs = typeset.runs(sentence)
    return "".join(typeset.spoken(text, scene.words) if key else text for text, key in runs)
