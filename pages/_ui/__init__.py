"""The only shared code that knows Streamlit: session, link, menu, heading, and a folder for each job."""
