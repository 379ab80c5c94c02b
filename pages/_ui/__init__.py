"""What the pages share, and all that knows Streamlit.

session : what one reader has on screen
link : the address bar, which holds all of it
site, menu : the pages, and what each of them begins with
heading : the page's question, and the buttons beside it
whole_page : what runs again after a choice, and what while a hand is down
gate_page : the five pages that show the cell
picture_page : the two pages that are one large picture
browser : components, charts and whatever depends on how Streamlit works inside
edit : sliders, preset, size of the cell, inputs, files that a reader brings
look : the diagram, the run over time, where a number comes from, files to download
lessons : questions, tasks, tours, hand-ins
learning : the page where a network learns
reading : the page of a network that reads code
network : the page of a reader's own network
server : what is set once when the server starts
"""
