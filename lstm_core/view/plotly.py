"""What the charts of Plotly share: those that people zoom into, and that of a class."""

from __future__ import annotations

BUTTONS = 34
"""Pixels above a chart for the buttons by which Plotly zooms, moves and saves it."""

UNTOUCHED = {"selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}}}
"""Keeps points as they are after a click: Plotly would pale all others."""
