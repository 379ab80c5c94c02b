"""All units of a layer: run -> ranking -> **table, heatmaps**; a row opens its unit large."""

from __future__ import annotations

import numpy as np
import streamlit as st

from lstm_core.readers.loaded_network import LoadedNetwork
from lstm_core.readers.ranking import HIGH, LOW, ORDERS
from lstm_core.readers.summary import MOST_UNITS, summary
from lstm_core.view.network import unit_maps
from lstm_core.words import Words

from .. import session

KEYS = ("f", "i", "C", "o")
ZOOM = {"displaylogo": False, "scrollZoom": False, "modeBarButtonsToRemove": ["select2d", "lasso2d"]}


def units(words: Words, network: LoadedNetwork, open_unit) -> None:
    """Which units remember, matter, are stuck and move, as a table and as heatmaps over time.

    open_unit : called after a unit was chosen.
    """
    st.segmented_control(
        words("network.order_by"), ORDERS, default=ORDERS[0], required=True, key="network.order_by",
        format_func=lambda order: words(f"network.by_{order}"),
    )  # fmt: skip
    by = st.session_state["network.order_by"]
    st.caption(words(f"network.by_{by}_says", low=LOW, high=HIGH))
    order = network.ranking().order(by)
    left, right = st.columns([5, 8], gap="medium")
    with left:
        _table(words, network, order, open_unit)
    with right:
        _maps(words, network, order[:MOST_UNITS])


def _table(words: Words, network: LoadedNetwork, order: np.ndarray, open_unit) -> None:
    ranking = network.ranking()
    columns = {"half_life": ranking.half_life, "effect": ranking.effect, "saturated": 100 * ranking.saturated,
               "moved": ranking.moved, "largest": ranking.largest}  # fmt: skip
    table = {"unit": order} | {name: values[order - 1] for name, values in columns.items()}
    key = f"network.units.{st.session_state['network.order_by']}.{network.chosen}"

    def pick() -> None:
        rows = st.session_state[key].get("selection", {}).get("rows", [])
        if rows:
            session.touch()
            open_unit(int(order[rows[0]]))

    st.dataframe(
        table, hide_index=True, height=min(430, 35 * len(order) + 38), key=key, on_select=pick,
        selection_mode="single-row",
        column_config={
            "unit": st.column_config.NumberColumn(words("controls.unit"), width="small"),
            "half_life": st.column_config.NumberColumn(words("network.half_life"), format="%.1f"),
            "effect": st.column_config.NumberColumn(words("network.effect"), format="%.3f"),
            "saturated": st.column_config.NumberColumn(words("network.saturated"), format="%.0f%%"),
            "moved": st.column_config.NumberColumn(words("network.moved"), format="%.3f"),
            "largest": st.column_config.NumberColumn(words("network.largest"), format="%.2f"),
        },
    )  # fmt: skip
    st.caption(words("network.pick_row"))


def _maps(words: Words, network: LoadedNetwork, chosen: np.ndarray) -> None:
    run = network.run()
    T, first, last = run.trace.T, 1, run.trace.T
    if T > 1:
        key = f"network.steps.{T}"
        first, last = st.slider(words("network.steps"), 1, T, (1, T), key=key)
    drawn = summary(run, KEYS, chosen, first, last)
    said = [words("network.units_drawn", n=len(chosen), H=f"{network.layer.H:,}")]
    if drawn.per_column > 1:
        said.append(words("network.columns_drawn", n=drawn.per_column))
    if run.layer.direction == "reverse":
        said.append(words("network.reverse_maps"))
    st.caption(" ".join(said))
    st.plotly_chart(unit_maps(drawn, words), key="network.maps", config=ZOOM)
