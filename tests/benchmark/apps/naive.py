"""The same run of the same cell without care for speed: all again on each change, a figure a chart."""

import sys
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[3]))

from lstm_core.workbench.presets import preset

experiment = preset("leaky")
b_f = st.slider("b_f", -10.0, 10.0, experiment.value("b_f.1"), 0.05, key="value")
trace = experiment.edited("b_f.1", b_f).trace()
st.markdown(f"f = {trace.f[1, 0]:.6f}")
for name in ("f", "i", "C", "h"):
    figure = go.Figure(go.Scatter(x=list(range(1, trace.T + 1)), y=getattr(trace, name)[:, 0]))
    st.plotly_chart(figure.update_layout(title=name, height=200), key=name)
