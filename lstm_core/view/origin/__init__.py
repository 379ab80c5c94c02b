"""Where a number comes from: its formula with the numbers put in, and the terms of a weighted sum."""

from .explanation import explanation_panel
from .split import split_product

__all__ = ["explanation_panel", "split_product"]
