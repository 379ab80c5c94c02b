"""Nothing on screen, with all that the app imports."""

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[3]))

import pages._ui.controls
import pages._ui.menu
import pages._ui.over_time
import pages._ui.show
import pages._ui.walk  # noqa: F401

st.header("Nothing")
