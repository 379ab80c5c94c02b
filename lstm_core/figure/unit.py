"""One unit of a layer out of a file, looked at: run -> **figure** -> the cell, a window of the run."""

from dataclasses import dataclass

from ..readers.loaded_network import LoadedNetwork
from ..readers.refusals import Refused
from ..trace import LSTMTrace
from ..workbench.focus import Focus
from .looking import Gone
from .run import OfAnyLength


@dataclass(frozen=True, eq=False)
class UnitFigure(OfAnyLength):
    """A run that nothing can be moved in, of any length; see `Looking` for what is looked at.

    network : the layers that were brought, with the one that is looked at. Its run is asked for when it is
        drawn, so that the figure holds nothing that its network had to let go of; who asks then gets Gone.
    """

    network: LoadedNetwork
    focus: Focus = Focus()

    @property
    def trace(self) -> LSTMTrace:  # type: ignore[override]
        """The run of one sequence, in the order in which the layer reads it. Raises Gone."""
        if self.network.evicted:
            raise Gone
        try:
            trace = self.network.run().trace
        except Refused:  # The process has no room for it at present.
            raise Gone from None
        if not isinstance(trace, LSTMTrace):  # another layer of the file was chosen meanwhile
            raise Gone
        return trace
