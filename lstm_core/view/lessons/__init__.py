"""Pictures of lessons: the sheet to draw C on, a number line, and a class's table and chart."""

from .class_chart import class_chart
from .class_table import class_table, error_list
from .drawing_sheet import Sheet, describe_sheet, sheet_picture, truth_picture
from .number_line import number_line

__all__ = [
    "Sheet",
    "class_chart",
    "class_table",
    "describe_sheet",
    "error_list",
    "number_line",
    "sheet_picture",
    "truth_picture",
]
