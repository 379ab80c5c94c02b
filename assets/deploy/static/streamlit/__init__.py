"""What the pages ask of Streamlit, where no server runs: calls -> **a tree of nodes** -> the drawing script.

Each name has Streamlit's own parameters, as far as the pages use them; a test compares the two.
"""

# ruff: noqa: F401
# fmt: off
from . import components
from .fields import (
    button,
    checkbox,
    column_config,
    data_editor,
    download_button,
    expander,
    file_uploader,
    form_submit_button,
    link_button,
    multiselect,
    number_input,
    popover,
    radio,
    segmented_control,
    selectbox,
    slider,
    text_area,
    text_input,
    toggle,
)
from .pages import Page, navigation, page_link, set_page_config, switch_page
from .session import context, fragment, get_option, query_params, rerun, session_state, stop
from .tree import Sidebar, columns, container, form
from .words import (
    caption,
    code,
    dataframe,
    dialog,
    error,
    header,
    html,
    info,
    latex,
    markdown,
    plotly_chart,
    progress,
    subheader,
    success,
    toast,
    warning,
)

__version__ = "1.67 as far as the pages need it"

sidebar = Sidebar()
