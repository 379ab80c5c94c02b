"""Pictures of a reader's own network: its layers as a map and side by side, many units over many steps."""

from .gru_strip import gru_strip
from .layer_map import layer_map
from .lives import lives, steps_text
from .unit_maps import unit_maps
