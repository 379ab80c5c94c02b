"""The strip: a run over time as SVG, with inputs, gates and the ledger of the memory on one time axis."""

from .time_strip import LARGE, LETTERS, Row, presented, time_strip

__all__ = ["LARGE", "LETTERS", "Row", "presented", "time_strip"]
