"""What the pages ask of Streamlit, where no server runs: calls -> **a tree of nodes** -> the drawing script.

Each name has Streamlit's own parameters, as far as the pages use them; a test compares the two.
"""

# ruff: noqa: F401, I001
# fmt: off
from . import components
from .fields import button, checkbox, column_config, data_editor, download_button, file_uploader
from .fields import form_submit_button, multiselect, number_input, radio, segmented_control, selectbox
from .fields import slider, text_area, text_input, toggle
from .pages import Page, navigation, page_link, set_page_config, switch_page
from .places import columns, container, dialog, expander, form, popover
from .session import context, fragment, get_option, query_params, rerun, session_state, stop
from .tree import sidebar
from .words import caption, code, dataframe, error, header, html, info, latex, link_button, markdown
from .words import plotly_chart, progress, subheader, success, toast, warning

__version__ = "1.67 as far as the pages need it"
