"""Output gate: how much of the memory the cell shows."""

from lstm_core.view.strip import Row
from pages._ui.gate_page import gate_page
from pages._ui.look.show import split_product_of

gate_page(
    "output_gate",
    groups=("o", "x", "start"),
    rows=(
        Row("inputs"),
        Row("lines", 32, ("o",)),
        Row("ledger", 54),
        Row("lines", 44, ("tanh_C", "h")),
    ),
    sums=("z_o", "o", "h"),
    below_sums=split_product_of("o"),
)
