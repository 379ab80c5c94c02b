"""The walk back, drawn: backprop -> **backward** -> the cell with a gradient at each number, and its sums.

`walk_back_picture` is all of it, as HTML with SVG in it: `walk_back_step` is the cell at one step,
`walk_back_steps` what arrives at every step and at the weights. `backward_cell` is the SVG of the cell alone.
`gradient_text` is a gradient as it stands on screen.
"""

from .cell import backward_cell
from .picture import walk_back_picture, walk_back_step, walk_back_steps
from .shown import gradient_text
