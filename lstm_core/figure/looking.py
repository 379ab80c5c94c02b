"""What every figure does with a look: where -> **the same run, looked at elsewhere**."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from operator import index
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from ..backprop import LOSSES, WAYS
from ..explain import BEFORE, Place
from ..quantities import QUANTITIES
from ..view.diagram import ARRANGEMENTS, cell_diagram, describe
from ..view.diagram import to_file as to_svg
from ..words import Words
from ..workbench.focus import ALL, BACK_PHASES, MAX_LENGTH, MIN_LENGTH, PHASES, RNN_WEIGHTS, Focus

if TYPE_CHECKING:
    from ..trace import LSTMTrace
    from .choose import Choice
    from .sliders import Slider

OF_FOCUS = ("t", "unit", "phase", "length", "rnn", "back", "loss", "ways", "last")
LOOKS = (*OF_FOCUS, "chosen", "place", "band", "arrangement")
"""The names of what `looked` takes."""


class Gone(Exception):
    """The run that a figure shows is no longer there, because its memory was needed for others."""


@dataclass(frozen=True, eq=False, kw_only=True)
class LookedAt:
    """What is looked at besides the focus, and in which language.

    opens_on : the phase that is shown where the focus names none.
    chosen : key of the quantity that is asked about, or None. place : the unit that it is of, or for x the
        number of the input; None for the unit in focus.
    band : the step whose part of the memory is followed; 0 for the memory before step 1, None for none.
    locked : of "t" and "unit", what cannot be looked away from.
    arrangement : of the cell, "wide" or "narrow"; None as long as nobody knows the room, for both.
    """

    language: str = "en"
    opens_on: str = ALL
    chosen: str | None = None
    place: int | None = None
    band: int | None = None
    locked: frozenset[str] = frozenset()
    arrangement: str | None = None


class Looking(LookedAt):
    """A run with a focus: all that is the same for an experiment, a layer of a file and a training.

    focus : the step, unit and phase that are looked at.
    """

    focus: Focus
    trace: LSTMTrace

    def draw(self, exact: bool = True) -> dict[str, str]:
        """Name of each picture -> its markup; `exact` as of `Figure.draw`."""
        raise NotImplementedError

    def sliders(self) -> dict[str, list[Slider]]:
        """Name of each panel -> its sliders."""
        raise NotImplementedError

    def chose(self, choice: Choice) -> Self | None:
        """This figure after a click or a key; None where that is not a figure's to decide."""
        raise NotImplementedError

    @property
    def T(self) -> int:
        return self.trace.T

    @property
    def H(self) -> int:
        return self.trace.params.H

    @property
    def D(self) -> int:
        return self.trace.params.D

    @cached_property
    def words(self) -> Words:
        return Words(self.language)

    @property
    def phase(self) -> str:
        """The phase that is shown: the one in focus, or the one that it opens on."""
        return self.focus.phase or self.opens_on

    @property
    def lit(self) -> str | None:
        """The phase whose part of the cell is lit; None for all of it."""
        return None if self.phase == ALL else self.phase

    @property
    def walks_back(self) -> bool:
        """Whether the walk back is on screen; only a page that has it shows it."""
        return False

    def sentence(self) -> str:
        """What the figure shows, for those who listen."""
        return describe(self.trace, self.focus.t, self.focus.unit, self.words, self.lit)

    def asked(self) -> Place | None:
        """The number that is asked about, or None."""
        if self.chosen is None:
            return None
        most = self.D if self.chosen == "x" else self.H
        return Place(self.chosen, self.focus.t, min(self.place or self.focus.unit, most))

    def marked(self) -> dict:
        """The number that is asked about, as the pictures of the cell take it."""
        place = self.asked()
        is_one_of_many = self.chosen == "x" or self.chosen in BEFORE
        return {"chosen": self.chosen, "chosen_place": place.unit if place and is_one_of_many else None}

    def moved(self, values: Mapping[str, float]) -> Self:
        """This figure with other numbers: address -> number. Raises KeyError for one without `bounds`."""
        after = self
        for address, value in values.items():
            if self.bounds(address) is None:
                raise KeyError(address)
            after = after.with_number(address, value)
        return after

    def with_number(self, address: str, value: float) -> Self:
        """This figure with another number at an address that has bounds."""
        raise NotImplementedError

    def bounds(self, address: str) -> tuple[float, float] | None:
        """How far the number at an address can be moved; None where it cannot be, or is not there."""
        return None

    @property
    def window(self) -> tuple[int, int]:
        """The first and the last step that the strip shows, from 1."""
        return 1, self.T

    def with_phase(self) -> dict[str, str]:
        """Name of each picture that another phase changes -> its markup. All, where a figure does not say."""
        return self.draw()

    def only_looked_at(self) -> Self:
        """This figure where nobody is there who could move a number of it, as in a file."""
        return self

    # -- taken along ------------------------------------------------------------------------

    def to_file(self, path: str | Path) -> None:
        """Write it as one file, by the ending of its name.

        `.html` : can be walked in any browser, without a network. `.svg` : the cell as it stands, for print.
        `.json` : what the module of `lstm_core/figure/embed.py` shows in a page of yours.
        Raises ValueError for another ending, OSError where nothing can be written.
        """
        from .embed import to_json  # which draws figures, and so reads this module
        from .page import page

        path = Path(path)
        written = {".html": page, ".svg": lambda figure: figure.svg(figure.lit), ".json": to_json}
        if path.suffix not in written:
            raise ValueError(
                f"path: expected a name that ends in {', '.join(written)}, got {path.name!r:.80}"
            )
        path.write_text(written[path.suffix](self), encoding="utf-8")

    def svg(self, phase: str | None) -> str:
        """The cell at the step in focus as an SVG file. phase : whose part is lit; None for all of it."""
        return to_svg(cell_diagram(self.trace, self.focus.t, self.focus.unit, self.words, phase))

    def _repr_html_(self) -> str:
        """What a notebook shows of it: the walk, without a kernel and without a network."""
        from .page import framed

        return framed(self)

    def live(self) -> Any:
        """A widget of a notebook, over the kernel: with sliders and numbers to grab in an experiment.

        Its `value` is the experiment as it was changed; see `lstm_core/figure/live.py`. Raises ImportError
        where anywidget, the extra `[notebook]`, is missing.
        """
        from .live import widget

        return widget(self)

    def look(self) -> dict:
        """What is looked at, as `looked` takes it."""
        of_focus = {name: getattr(self.focus, name) for name in OF_FOCUS}
        return of_focus | {name: getattr(self, name) for name in LOOKS if name not in OF_FOCUS}

    def looked(self, **where) -> Self:
        """This figure, looked at elsewhere: `looked(t=5)`, `looked(phase="erase", unit=2, chosen="f")`.

        A step or unit beyond the run becomes the nearest that there is; those that are locked stay.
        Raises TypeError for a name that is not in LOOKS and for a number that is none, ValueError for a
        phase, a quantity or an arrangement that there is not.
        """
        if unknown := where.keys() - set(LOOKS):
            names, strange = ", ".join(LOOKS), ", ".join(sorted(unknown))
            raise TypeError(f"looked: expected some of {names}, got {strange}")
        where = {name: value for name, value in where.items() if name not in self.locked}
        for name, known in _NAMES.items():
            if name in where and where[name] not in known:
                raise ValueError(
                    f"{name}: expected one of {', '.join(filter(None, known))}, got {where[name]!r:.40}"
                )
        for name in _NUMBERS:
            if name in where and not (where[name] is None and name in _NUMBERS_OR_NONE):
                where[name] = _whole(name, where[name])
        within = {
            "t": (1, self.T),
            "unit": (1, self.H),
            "length": (MIN_LENGTH, MAX_LENGTH),
            "last": (0, self.T),
        }
        for name, (low, high) in within.items():
            if name in where:
                where[name] = min(max(where[name], low), high)
        if where.get("last") == self.T:  # which is to walk back all the way
            where["last"] = 0
        if (band := where.get("band")) is not None and not 0 <= band <= self.T:
            where["band"] = None
        of_focus = {name: where.pop(name) for name in OF_FOCUS if name in where}
        return replace(self, focus=replace(self.focus, **of_focus), **where)  # type: ignore[call-arg]


def _whole(name: str, value: object) -> int:
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"{name}: expected a whole number, got {value!r:.40}")
    return index(value)


_NUMBERS_OR_NONE = ("place", "band")
_NUMBERS = ("t", "unit", "length", "last", *_NUMBERS_OR_NONE)
_NAMES: dict[str, tuple[str | None, ...]] = {
    "phase": (None, ALL, *PHASES),
    "chosen": (None, *(key for key, quantity in QUANTITIES.items() if quantity.in_trace)),
    "arrangement": (None, *ARRANGEMENTS),
    "rnn": tuple(RNN_WEIGHTS),
    "back": (None, *BACK_PHASES),
    "loss": LOSSES,
    "ways": WAYS,
}
