"""Output gate: how much of the memory the cell shows."""

from pages._ui.gate_page import gate_page
from pages._ui.look.show import slope_of_shown

gate_page(
    "output_gate",
    groups=("o", "x", "start"),
    sums=("z_o", "o", "h"),
    below_sums=slope_of_shown,
)
