"""Where the gradient goes: the direct path beside all paths, and who wrote beside who matters."""

from pages._ui.edit.controls import GROUPS
from pages._ui.lessons import lesson
from pages._ui.look import over_time
from pages._ui.picture_page import picture_page


def paths(words, experiment, focus, dragged):
    over_time.gradient(words, lesson.covered(experiment.trace()), focus, dragged)


picture_page("gradient", GROUPS, paths)
