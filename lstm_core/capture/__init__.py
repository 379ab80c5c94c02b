"""LSTM and GRU layers of a live model, with what they really read: model, batch -> **capture** -> runs."""

from .run import Captured, Run, Unit, capture

__all__ = ["Captured", "Run", "Unit", "capture"]
