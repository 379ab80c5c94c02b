"""Charts for Plotly, as plain dicts: heatmaps, gradients, and the cell of 1997 beside that of today."""

from .gradient_paths import gradient_paths
from .heatmaps import heatmaps
from .then_and_now import half_life_curve, then_and_now

__all__ = ["gradient_paths", "half_life_curve", "heatmaps", "then_and_now"]
