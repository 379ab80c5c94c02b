"""The build of the site, as a module; it is a command without an ending to its name."""

from __future__ import annotations

import importlib.util
import sys
from importlib.machinery import SourceFileLoader

from tests.conftest import ROOT

HOME = ROOT / "assets" / "deploy" / "static"


def load(name: str):
    """A module of assets/deploy/static by the name of its file, such as "build" or "parts.py"."""
    sys.path.insert(0, str(HOME))  # where the build finds its other half
    stem = name.partition(".")[0]
    loader = SourceFileLoader(stem, str(HOME / name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(stem, loader))
    sys.modules[stem] = module
    try:
        loader.exec_module(module)
    finally:
        sys.path.remove(str(HOME))
    return module
