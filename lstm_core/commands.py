"""What `lstm-gates` does: `app` opens the app in the browser; all else reads files of layers."""

import subprocess
import sys
from collections.abc import Sequence

from .assets import ROOT
from .readers import command

RUN = ("-m", "streamlit", "run", "app.py", "--server.headless", "false")


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments of the command line say; returns what the process ends with."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    return app(given[1:]) if given[:1] == ["app"] else command.main(given)


def app(options: Sequence[str]) -> int:
    """Run the app until it is stopped. options : of `streamlit run`, such as `--server.port 8600`.

    Returns what Streamlit ends with, or 1 where it is not installed.
    """
    there = subprocess.run([sys.executable, "-c", "import streamlit"], capture_output=True, check=False)
    if there.returncode:
        print("The app runs on Streamlit: pip install 'lstm-gate-visualizer[app]'", file=sys.stderr)
        return 1
    try:
        # Streamlit looks for .streamlit/config.toml in the folder that it starts in.
        return subprocess.run([sys.executable, *RUN, *options], cwd=ROOT, check=False).returncode
    except KeyboardInterrupt:
        return 0
