"""The diagram of the cell at one step, as SVG: the rail of the memory, the gates on it, and the numbers."""

from .cell_diagram import ARRANGEMENTS, cell_diagram, responsive_diagram, to_file

__all__ = ["ARRANGEMENTS", "cell_diagram", "responsive_diagram", "to_file"]
