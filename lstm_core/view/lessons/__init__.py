"""Pictures of lessons: the sheet to draw C on, a number line, a class as a table, how far a task is."""

from .class_chart import class_chart
from .class_table import class_table, error_list
from .curve_sheet import CurveSheet, curve_sheet_picture, curve_truth_picture, describe_curve, sheet_data
from .goal import goal_line
from .marks_table import marks_table
from .number_line import number_line
