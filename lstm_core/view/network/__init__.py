"""Pictures of a reader's own network: the map of its layers, and many units over many steps."""

from .layer_map import layer_map
from .unit_maps import unit_maps

__all__ = ["layer_map", "unit_maps"]
