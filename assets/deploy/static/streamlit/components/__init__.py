"""The project's own components."""

from . import v2 as v2
