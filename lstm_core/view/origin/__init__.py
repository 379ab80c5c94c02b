"""Where a number comes from: its formula with the numbers put in, and the sum that a gate is made of.

`explanation_panel` explains any number of a run, as HTML. `pre_activation_bars` draws the terms of one
pre-activation, as SVG. `split_product` writes W·[h, x] as U·h + V·x with live numbers, as LaTeX, and
`element_wise` the update of the memory in columns with one row a unit. `slope_of_h` says how much of a small
change of the memory h shows.
"""

from .element_wise import element_wise
from .explanation import explanation_panel
from .pre_activation import pre_activation_bars
from .slope_of_h import slope_of_h
from .split import split_product
