"""Forget gate: how much of the old memory is kept."""

from lstm_core.view.strip import Row
from pages._ui.gate_page import gate_page
from pages._ui.look.show import split_product_of

gate_page(
    "forget_gate",
    groups=("f", "x", "start"),
    rows=(
        Row("inputs"),
        Row("lines", 50, ("f",)),
        Row("ledger", 84),
    ),
    sums=("z_f", "f", "kept", "erased"),
    below_sums=split_product_of("f"),
)
