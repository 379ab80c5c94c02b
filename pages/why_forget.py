"""Why a forget gate: the same weights and inputs through the cell of 1997 and through the gated one."""

from pages._ui.picture_page import picture_page

picture_page("why_forget", ("f", "i", "c", "x"), repeats=True)
