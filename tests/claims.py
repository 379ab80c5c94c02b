"""What the files `claims.py` share, which stand in the folder of each preset and of each task.

That of a preset proves what it says. It has `claims(experiment)`, which fails with an AssertionError where
the run is not as caption and question say, and returns the numbers that the two name, as they are written;
and NEAR_MISSES: what is wrong -> the changes of the preset, address -> number, with which the claims have to
fail. That of a task has NEAR_MISSES alone, a list of such changes of its solution.
"""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import numpy as np


def steps(condition, count: int | None = None) -> list[int]:
    """The steps, counted from 1, at which a condition holds: at least one, or `count` of them."""
    found = [int(t) + 1 for t in np.flatnonzero(condition)]
    assert found and len(found) == (count or len(found))
    return found


def claims_of(folder: Path) -> ModuleType:
    """The file `claims.py` of a folder, loaded."""
    spec = spec_from_file_location(f"claims_of_{folder.name}", folder / "claims.py")
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
