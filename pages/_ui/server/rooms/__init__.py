"""A class that answers together, beside Streamlit: its phones load one small page, and no page runs for them.

store : where rooms are kept: in this process, or in Redis for several
hub : who is in a room, and what all of them are told
line : the websocket of phones and projectors
web : the page that phones and projectors open
"""
