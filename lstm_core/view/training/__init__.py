"""Pictures of a training: its curve, what the network answers, several courses, a text coloured by a unit."""

from .answers import answers
from .coloured_text import coloured_text
from .course_curve import course_curve, moment_buttons
from .courses_chart import courses_chart
from .sentences import MOMENTS, disturbed, moment, share, told, unit_table
from .weights import weights
