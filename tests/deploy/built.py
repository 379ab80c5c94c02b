"""The site's own Python, as modules: its build, and its small `streamlit` beside the real one."""

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


NAME = "host_streamlit"


def load_host():
    """A fresh module, with a session in which nothing has happened."""
    for name in [name for name in sys.modules if name.partition(".")[0] == NAME]:
        del sys.modules[name]
    spec = importlib.util.spec_from_file_location(NAME, HOME / "streamlit" / "__init__.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[NAME] = module
    spec.loader.exec_module(module)
    return module
