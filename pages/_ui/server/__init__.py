"""The server that the app runs in, set up once before the first reader comes.

leant_on : whether the installed Streamlit and uvicorn have what is used of them without a promise
start : what is set when the server starts
security : what every request passes: foreign pages refused, security headers
uploads : room for what is uploaded, taken when the request begins
first, drawn : the first picture of a page, drawn into the HTML that is sent
websocket : the line of a figure, without a run of a page
frames : how much a websocket may unpack to
faults : what is said of an error of the app itself
departed : sessions whose reader has left, and what they held
"""

from streamlit.runtime import exists


def is_running() -> bool:
    """Whether a Streamlit server runs in this process, or AppTest in its place."""
    return exists()
