"""What a reader turns: sliders, preset, step and unit, size of the cell, inputs, files that are brought."""
