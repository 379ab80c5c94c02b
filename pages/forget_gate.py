"""Forget gate: how much of the old memory is kept."""

from pages._ui.gate_page import gate_page
from pages._ui.look.show import split_product_of

gate_page(
    "forget_gate",
    groups=("f", "x", "start"),
    sums=("z_f", "f", "kept", "erased"),
    below_sums=split_product_of("f"),
)
