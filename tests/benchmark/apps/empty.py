"""Nothing on screen, with all that the app imports."""

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[3]))

import pages._ui.edit.controls
import pages._ui.look.show
import pages._ui.look.walk  # noqa: F401

st.header("Nothing")
