"""The host's `streamlit`, loaded beside the real one under a name of its own."""

from __future__ import annotations

import importlib.util
import sys

from tests.deploy.built import HOME

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
