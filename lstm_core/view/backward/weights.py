"""The gradient of each weight of a unit, summed over the steps of the walk: backprop -> **table** as HTML."""

import numpy as np

from ...quantities import GATE_KEYS
from ...rounding import exact, text
from ...words import Words
from .. import svg
from ..palette import readable
from .origins import symbol
from .shown import DECIMALS, ShownWalk, gradient_text

MOST_ROWS = 24
"""Of a layer that reads more numbers than this, the weights are left out that get least."""


def weights_table(walk: ShownWalk, words: Words) -> str:
    """A row for each number that the gates read, and a column for each gate.

    Each cell holds the gradient of a weight, the sum over the steps, and under it the part of this step.
    """
    of_steps = walk.walk.of_weights(walk.unit)
    total, here = of_steps.sum(axis=0), of_steps[walk.t - 1]
    params = walk.walk.trace.params
    names = [
        *(symbol("h", f"t−1,{j + 1}" if params.H > 1 else "t−1", delta=False) for j in range(params.H)),
        *(f"<i>x</i><sub>{d + 1}</sub>" for d in range(params.D)),
        svg.escaped(words("back.bias")),
        svg.escaped(words("back.peephole")),
    ]  # fmt: skip
    rows = [params.H + params.D, *range(params.H + params.D)]
    if len(rows) > MOST_ROWS:
        sizes = np.nan_to_num(np.abs(total)).max(axis=0)
        rows = sorted(sorted(rows, key=lambda row: -sizes[row])[:MOST_ROWS])
    if params.peepholes is not None:
        rows.append(params.H + params.D + 1)
    head = "".join(
        svg.tag("th", symbol(key, delta=False), scope="col", style=f"color:{readable(key)}")
        for key in GATE_KEYS.values()
    )
    body = "".join(
        svg.tag(
            "tr",
            svg.tag("th", names[row], scope="row")
            + "".join(_cell(total[k, row], here[k, row]) for k in range(len(GATE_KEYS))),
        )
        for row in rows
    )
    return svg.tag(
        "table",
        svg.tag("thead", svg.tag("tr", svg.tag("td") + head))
        + svg.tag("tbody", body),
        class_="weights", data_key="weights", aria_label=words("back.weights", unit=walk.unit, t=walk.t),
    )  # fmt: skip


def _cell(total: float, here: float) -> str:
    part = svg.tag("small", text(float(here), sign=True, decimals=DECIMALS))
    return svg.tag("td", f"<b>{gradient_text(float(total))}</b>{part}", title=exact(float(total)))
