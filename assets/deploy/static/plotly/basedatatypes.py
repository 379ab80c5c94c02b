"""The base class of figures, as far as the pages use it."""


class BaseFigure:
    pass
