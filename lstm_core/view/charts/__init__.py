"""Charts for Plotly, as plain dicts: heatmaps of all units, and a run to zoom into."""

from .heatmaps import heatmaps
from .run_over_time import run_over_time

__all__ = ["heatmaps", "run_over_time"]
