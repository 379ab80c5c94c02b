"""A run that somebody looks at, and what shows it: **figure** -> pictures, sliders, sentence, link.

figure : the run, what is looked at, what is covered, and which pictures; it never changes
pages : which pictures a page has, and what a lesson makes of its figure
draw : figure -> the markup of each picture
bar : the buttons that lead through a step, and the one that plays
handles : what a hand can move, and how far; the sliders
choose : a click or a key -> another figure
changes : what of a picture has changed
line : a report of a browser -> its answer, for whatever carries both
frames, page : all that it shows without Python, and the file that holds it
live : over the kernel of a notebook
embed, gallery : in pages of others
"""

from .figure import FREE, Figure
from .line import Line

__all__ = ["FREE", "Figure", "Line"]
