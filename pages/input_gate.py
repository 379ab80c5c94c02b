"""Input gate and candidate: how much of the new is written, and what."""

from pages._ui.gate_page import gate_page
from pages._ui.look.show import split_product_of

gate_page(
    "input_gate",
    groups=("i", "c", "x", "start"),
    sums=("z_i", "i", "z_c", "C_tilde", "written"),
    below_sums=split_product_of("i"),
)
