"""A network that has read the code of Python's standard library, letter by letter: text -> what its units do.

`shipped()` is the network that the app brings along; `lstm_core/reading/train.py` made it, and
`lstm_core/reading/card.py` measured it.
"""

from .reader import Feature, Reader, Reading, Unit, shipped

__all__ = ["Feature", "Reader", "Reading", "Unit", "shipped"]
