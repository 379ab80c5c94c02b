"""The time strip: a run over time as SVG, with inputs, gates and the ledger of the memory on one time axis.

`time_strip` draws the rows that it is given, each a `Row`; `presented` makes them fit a projector.
"""

from .bands import MAX_BAND_STEPS
from .time_strip import LARGE, LETTERS, Row, presented, time_strip

__all__ = ["LARGE", "LETTERS", "MAX_BAND_STEPS", "Row", "presented", "time_strip"]
