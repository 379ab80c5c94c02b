"""Pictures of lessons: the sheet to draw the curve of C on, a number line, and a class's table and chart."""

from .class_chart import class_chart
from .class_table import class_table, error_list
from .curve_sheet import CurveSheet, curve_sheet_picture, curve_truth_picture, describe_curve, sheet_data
from .number_line import number_line

__all__ = [
    "CurveSheet",
    "class_chart",
    "class_table",
    "curve_sheet_picture",
    "curve_truth_picture",
    "describe_curve",
    "error_list",
    "number_line",
    "sheet_data",
]
