"""The diagram of the cell at one step, as SVG: the rail of the memory, the gates on it, and the numbers.

`cell_diagram` is the picture, for a file or a notebook. `responsive_diagram` is the same for a page: the
arrangement that fits the room, after a sentence that is read out. `describe` is that sentence.
"""

from .cell_diagram import ARRANGEMENTS, cell_diagram, describe, responsive_diagram, to_file
