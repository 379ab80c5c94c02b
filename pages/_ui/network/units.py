"""All units of a layer: run -> ranking -> **table, heatmaps**; a row opens its unit large."""

import numpy as np
import streamlit as st

from lstm_core.labels import shown
from lstm_core.readers.loaded_network import LoadedNetwork
from lstm_core.readers.named_steps import (
    SHIFTS,
    Correlation,
    choices,
    closest_label,
    column_of_labels,
    correlated,
)
from lstm_core.readers.names import shown_name
from lstm_core.readers.outputs import output_of
from lstm_core.readers.ranking import HIGH, LOW, ORDERS
from lstm_core.readers.summary import MOST_UNITS, summary
from lstm_core.view.network import unit_maps
from lstm_core.words import Words

from .. import session
from .choice import data_of
from .said import plain

KEYS = {"lstm": ("f", "i", "C", "o"), "gru": ("z", "r", "n", "h")}
MEMORY = {"lstm": {"f": "f", "C": "C"}, "gru": {"f": "z", "C": "h"}}
"""What keeps, and what is kept."""

ZOOM = {"displaylogo": False, "scrollZoom": False, "modeBarButtonsToRemove": ["select2d", "lasso2d"]}


def units(words: Words, network: LoadedNetwork, open_unit) -> None:
    """Which units remember, matter, are stuck and move, as a table and as heatmaps over time.

    open_unit : called after a unit was chosen.
    """
    read_by = output_of(network.file, network.layer)
    orders = ORDERS[:2] + ("output",) * (read_by is not None) + ORDERS[2:]
    orders += ("label",) * bool(choices(network.labels))
    if st.session_state.get("network.order_by") not in orders:
        st.session_state["network.order_by"] = ORDERS[0]
    st.segmented_control(
        words("network.order_by"), orders, required=True, key="network.order_by",
        format_func=lambda order: words(f"network.by_{order}"),
    )  # fmt: skip
    by = st.session_state["network.order_by"]
    if by == "label":
        found = _with_labels(words, network)
        order, more = found.order(), {"r": found.r, "control": found.control}
    elif by == "output" and read_by is not None:
        st.caption(words("network.by_output_says", name=plain(shown_name(read_by.name))))
        order, more = network.ranking().order(by), {"output": network.ranking().output}
    else:
        says = "network.gru.by" if network.layer.kind == "gru" else "network.by"
        st.caption(words(f"{says}_{by}_says", low=LOW, high=HIGH))
        order, more = network.ranking().order(by), {}
    left, right = st.columns([5, 8], gap="medium")
    with left:
        _table(words, network, order, more, open_unit)
    with right:
        _maps(words, network, order[:MOST_UNITS])


def _with_labels(words: Words, network: LoadedNetwork) -> Correlation:
    """How closely C of each unit goes along with the labels that the reader chooses."""
    trace, offered = network.run().trace, choices(network.labels)
    name = network.brought.name if network.brought else ""
    key = f"network.labels.{network.chosen}.{network.sequence}.{name}"
    first = closest_label(trace.C, trace.labels)
    chosen = st.multiselect(
        words("network.label_choice"), offered, [first] if first in offered else [], key=key,
        format_func=lambda label: shown(label), placeholder=words("network.label_placeholder"),
    )  # fmt: skip
    found = correlated(trace.C, column_of_labels(trace.labels, chosen))
    st.caption(
        words(
            "network.label_says",
            C=MEMORY[network.layer.kind]["C"],
            n=found.beyond,
            H=f"{network.layer.H:,}",
            k=min(SHIFTS, trace.T - 1),
        )
    )
    return found


def _table(words: Words, network: LoadedNetwork, order: np.ndarray, more: dict, open_unit) -> None:
    ranking, largest = network.ranking(), words("network.largest", C=MEMORY[network.layer.kind]["C"])
    columns = more | {
        "half_life": ranking.half_life, "effect": ranking.effect, "saturated": 100 * ranking.saturated,
        "moved": ranking.moved, "largest": ranking.largest,
    }  # fmt: skip
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
            "r": st.column_config.NumberColumn(words("network.r"), format="%.2f"),
            "control": st.column_config.NumberColumn(words("network.control"), format="%.2f"),
            "output": st.column_config.NumberColumn(words("network.on_output"), format="%.3f"),
            "half_life": st.column_config.NumberColumn(words("network.half_life"), format="%.1f"),
            "effect": st.column_config.NumberColumn(words("network.effect"), format="%.3f"),
            "saturated": st.column_config.NumberColumn(words("network.saturated"), format="%.0f%%"),
            "moved": st.column_config.NumberColumn(words("network.moved"), format="%.3f"),
            "largest": st.column_config.NumberColumn(largest, format="%.2f"),
        },
    )  # fmt: skip
    st.caption(words("network.pick_row"))


def _maps(words: Words, network: LoadedNetwork, chosen: np.ndarray) -> None:
    run = network.run()
    T, first, last = run.trace.T, 1, run.trace.T
    if T > 1:
        key = f"network.steps.{T}"
        first, last = st.slider(words("network.steps"), 1, T, (1, T), key=key)
    drawn = summary(run, KEYS[run.layer.kind], chosen, first, last)
    said = [
        words("network.maps_say", data=data_of(words, network), **MEMORY[run.layer.kind]),
        words("network.units_drawn", n=len(chosen), H=f"{network.layer.H:,}"),
    ]
    if drawn.per_column > 1:
        said.append(words("network.columns_drawn", n=drawn.per_column))
    if run.layer.direction == "reverse":
        said.append(words("network.reverse_maps"))
    st.caption(" ".join(said))
    labels = [run.trace.labels[k] for k in np.argsort(run.times)] if run.trace.labels else []
    st.plotly_chart(unit_maps(drawn, words, labels), key="network.maps", config=ZOOM)
