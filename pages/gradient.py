"""Where the gradient goes: the direct path beside all paths, and who wrote beside who matters."""

from lstm_core.figure.handles import GROUPS
from pages._ui.picture_page import picture_page

picture_page("gradient", GROUPS, walks_back=True)
