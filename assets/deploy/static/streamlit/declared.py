"""Calls about which their parameters say all: **a function without a body** -> a node of its name.

Such a function has Streamlit's own parameters, as far as the pages use them, and what it is given becomes
the properties of its node.
"""

from functools import wraps
from inspect import signature

from .tree import Block, emit

FOR_PYTHON = {"key", "on_change", "on_click", "on_select", "args", "format_func", "data"}
"""Parameters whose values stay here; those of all others go to the browser."""


def declared(done):
    """Makes a decorator of `done(node, given)`, which says what a call returns."""

    def declare(function):
        defaults = {name: one.default for name, one in signature(function).parameters.items()}

        @wraps(function)
        def call(*in_order, **named):
            given = defaults | dict(zip(defaults, in_order, strict=False)) | named
            shown = {name: value for name, value in given.items() if name not in FOR_PYTHON}
            return done(emit(function.__name__, given.get("key"), **shown), given)

        return call

    return declare


element = declared(lambda node, given: None)
place = declared(lambda node, given: Block(node))
