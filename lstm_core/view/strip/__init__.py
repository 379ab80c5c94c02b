"""Strips over time as SVG: inputs, gates and the ledger of the memory, and what the memory comes to.

`time_strip` draws the rows that it is given, each a `Row`; `presented` makes them fit a projector, and
`for_fingers` a phone.
`units_over_time` draws all units at once,
`then_and_now` a run without a forget gate beside one with it, `half_life_curve` how long a memory
lasts, `gradient_paths` what the last memory depends on, and `gradient_details` what else belongs to that.
"""

from .bands import MAX_BAND_STEPS, life_of_band
from .gradient_paths import gradient_details, gradient_paths
from .half_life import half_life_curve
from .ledger_line import ledger_line
from .then_and_now import then_and_now
from .time_axis import LARGE, LETTERS
from .time_strip import Row, for_fingers, presented, time_strip
from .units import units_over_time
