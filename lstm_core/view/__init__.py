"""Pictures: trace -> **view** -> SVG text, or a Plotly figure as a plain dict."""
