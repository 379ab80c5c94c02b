"""What a reader can change. A widget shows what the session holds, and writes back what it is set to.

controls : preset, step, unit and sliders, in the column beside the pictures
sidebar : language, kind and size of the cell
inputs_table : the input sequence as a table
uploads : an input sequence or parameters from a file
"""
