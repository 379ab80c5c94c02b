"""What leans on Streamlit's insides and on the browser: components, sockets, Plotly's mount, upload boxes."""
