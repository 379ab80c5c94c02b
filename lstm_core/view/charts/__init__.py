"""Charts for Plotly, as plain dicts: heatmaps of all units."""

from .heatmaps import heatmaps

__all__ = ["heatmaps"]
