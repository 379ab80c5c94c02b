"""A time strip read back as somebody with a ruler would: SVG text -> numbers off its axes."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import numpy as np

from lstm_core.view.strip.time_strip import Row, time_strip
from tests.lstm_core.view.pictures import words

PIECES = re.compile(r"([ML])\s*([-\d.e+]*)\s*([-\d.e+]*)")
NO_NUMBER = re.compile(r"\b(nan|inf)")

ROWS = [
    Row("inputs"),
    Row("lines", 90, ("f", "i", "o")),
    Row("lines", 70, ("C_tilde",)),
    Row("lines", 70, ("tanh_C", "h")),
    Row("ledger", 110),
    Row("provenance", 110),
]

LINES = {"f": 1, "i": 1, "o": 1, "C_tilde": 2, "tanh_C": 3, "h": 3, "C": 4}
"""Quantity -> the row of ROWS that it is drawn in."""


def strip(trace, unit=1, t=1, rows=ROWS, **more) -> Strip:
    return Strip(time_strip(trace, unit, t, rows, words, **more))


def number(text: str) -> float:
    """The number of a tick; 10⁻⁶ is one too."""
    if text.startswith("10⁻"):
        return 10.0 ** int(text[2:].translate(str.maketrans("⁻⁴⁶", "-46")))
    return float(text.replace("−", "-"))


def moves(d: str) -> list[tuple[float, float]]:
    """The points of a line: x in steps, y in pixels."""
    return [(float(x), float(y)) for _, x, y in PIECES.findall(d)]


class Strip:
    """The picture as a tree. `rows` from the top; steps count from 1."""

    def __init__(self, text: str):
        self.root = ET.fromstring(text.replace("&#8203;", ""))
        self.plot = next(e for e in self.root if e.get("class") == "plot")
        self.names = next(e for e in self.root if e.get("class") == "names")
        self.rows = [e for e in self.root.iter("g") if e.get("class") == "row"]
        self.height = float(re.search(r"height:([\d.]+)px", self.plot.get("style"))[1])
        self._scales: dict = {}
        for svg in self.root.iter("svg"):
            assert not (svg.text or "").strip(), svg.text
            wide = svg.get("preserveAspectRatio"), svg.get("width"), svg.get("class")
            assert not svg.get("viewBox", "").startswith(f"0 0 {self.T} ") or wide == (
                "none",
                "100%",
                "stretched",
            )
        self.focus = self.one(self.plot, **{"data-key": "focus"})

    @property
    def T(self) -> int:
        return int(self.rows[0].get("data-steps"))

    def all(self, where, **attributes) -> list:
        return [e for e in where.iter() if all(e.get(name) == value for name, value in attributes.items())]

    def one(self, where, **attributes):
        [found] = self.all(where, **attributes)
        return found

    def reach(self, row) -> tuple[float, float]:
        """The upper and the lower edge of a row."""
        area = self.all(row, **{"class": "reach"})[0]
        return float(area.get("y")), float(area.get("y")) + float(area.get("height"))

    # -- axes -------------------------------------------------------------------------------

    def ticks(self, row) -> list[tuple[float, float]]:
        """(number, y) of each line of the grid that has a number beside it."""
        lines = [y for _, y in moves(self.one(row, **{"data-key": "grid"}).get("d"))]
        written = [
            (float(e.get("y")), number(e.text)) for e in self.all(self.names, **{"class": "tick"})[:-1]
        ]
        size = float(re.search(r"font-size:([\d.]+)px", self.root.get("style"))[1])
        return [(value, y) for y in lines for at, value in written if abs(at - y - 0.33 * size) < 0.06]

    def value(self, row, y: float) -> float:
        """The number that stands at a height of a row."""
        if row not in self._scales:
            self._scales[row] = self.ticks(row)
        (a, at_a), *_, (b, at_b) = self._scales[row]
        return a + (y - at_a) * (b - a) / (at_b - at_a)

    def pixel(self, row) -> float:
        """How much of a number a pixel is."""
        return abs(self.value(row, 0) - self.value(row, 1))

    # -- what is drawn ----------------------------------------------------------------------

    def line(self, row, key: str) -> dict[int, float]:
        """Step -> number along a line."""
        return self.along(row, self.one(row, **{"data-key": f"line-{key}"}))

    def along(self, row, path) -> dict[int, float]:
        return {round(x + 0.5): self.value(row, y) for x, y in moves(path.get("d", ""))}

    def marks(self, row, key: str) -> dict[int, float]:
        """Step -> number of the marks of a quantity."""
        groups = [e for e in row.iter("g") if e.get("data-quantity") == key]
        return {
            self.step(use.get("x")): self.value(row, float(use.get("y")))
            for group in groups
            for use in group.iter("use")
        }

    def step(self, share: str) -> int:
        """The step that stands at a share of the width, which is its middle."""
        step = self.step_at(share)
        np.testing.assert_allclose(step, round(step), atol=0.01)
        return round(step)

    def step_at(self, share: str) -> float:
        """The step whose middle is at a share of the width."""
        assert share.endswith("%")
        return float(share[:-1]) / 100 * self.T + 0.5

    def blocks(self, row, path) -> dict[int, tuple[float, float, float, float]]:
        """Step -> left and right edge within it, and the numbers where a bar starts and ends."""
        found = {}
        for block in path.get("d", "").split("M")[1:]:
            x, y, wide, end = map(
                float, re.fullmatch(r"(\S+) (\S+)h([\d.]+)V(\S+)h-\3Z", block, re.ASCII).groups()
            )
            step = int(x) + 1
            found[step] = (x - step + 1, x + wide - step + 1, self.value(row, y), self.value(row, end))
        return found

    def says(self, where=None) -> list[tuple[str, list[str]]]:
        """Name and numbers, as text, of all that the pointer can read off."""
        return [
            (e.get("data-name"), e.get("data-values").split(" "))
            for e in (self.root if where is None else where).iter()
            if e.get("data-values")
        ]
