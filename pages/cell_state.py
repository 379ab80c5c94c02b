"""Cell state: what the memory is made of."""

from pages._ui.gate_page import gate_page
from pages._ui.look.show import update_of_all_units

gate_page(
    "cell_state",
    groups=("f", "i", "c", "x", "start"),
    sums=("kept", "erased", "written", "C"),
    below_sums=update_of_all_units,
)
