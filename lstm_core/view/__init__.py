"""Pictures: trace -> **view** -> SVG text, or a Plotly figure as a plain dict.

A folder a picture: `diagram` is the cell at one step, `strip` the run over time, `origin` where a number
comes from, `backward` the walk back, `lessons` what questions and classes need. Each is one call, which
computes nothing that the run does not hold and works from a notebook::

    from lstm_core.backprop import backprop
    from lstm_core.explain import Place
    from lstm_core.paths import memory_paths
    from lstm_core.view import (
        Row, cell_diagram, explanation_panel, gradient_paths, half_life_curve, pre_activation_bars,
        split_product, then_and_now, time_strip, units_over_time, walk_back_picture,
    )
    from lstm_core.words import Words
    from lstm_core.workbench.presets import preset

    words, latch = Words("en"), preset("latch")
    trace = latch.trace()
    diagram = cell_diagram(trace, t=3, unit=1, words=words, phase="forget")
    rows = [Row("inputs"), Row("lines", 50, ("f", "i", "o")), Row("ledger", 80)]
    strip = time_strip(trace, unit=1, t=3, rows=rows, words=words)
    origin = explanation_panel(trace, Place("C", t=3, unit=1), words)
    bars = pre_activation_bars(trace, t=3, unit=1, gate="f", words=words)
    formula = split_product(trace, t=3, unit=1, gate="f")
    units = units_over_time(trace, unit=1, t=3, words=words)
    sides = then_and_now(latch.with_variant("1997").trace(), trace, unit=1, t=3, words=words)
    paths = gradient_paths(memory_paths(trace, unit=1), unit=1, t=3, words=words)
    curve = half_life_curve(b_f=1.0, unit=1, words=words)
    walk = walk_back_picture(backprop(trace, "h"), t=3, unit=1, phase="gates", words=words)
"""

from .backward import walk_back_picture
from .diagram import cell_diagram
from .origin import explanation_panel, pre_activation_bars, split_product
from .strip import Row, gradient_paths, half_life_curve, then_and_now, time_strip, units_over_time

__all__ = [
    "Row",
    "cell_diagram",
    "explanation_panel",
    "gradient_paths",
    "half_life_curve",
    "pre_activation_bars",
    "split_product",
    "then_and_now",
    "time_strip",
    "units_over_time",
    "walk_back_picture",
]
