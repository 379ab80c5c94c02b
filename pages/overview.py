"""The whole cell: one step of input, from the gates to the memory to what is shown."""

from lstm_core.figure.handles import GROUPS
from pages._ui.edit.sidebar import cell_choice, what_this_is
from pages._ui.gate_page import gate_page

gate_page(
    "overview",
    groups=GROUPS,
    sums=("z_f", "f", "z_i", "i", "z_c", "C_tilde", "z_o", "o", "C", "h"),
    beside_heading=cell_choice,
    below_heading=what_this_is,
    walks_back=True,
)
