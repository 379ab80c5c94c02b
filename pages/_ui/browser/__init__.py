"""What runs in the browser, and what depends on how Streamlit works inside, which tests watch.

component : shows a component of assets/components
picture, slider_panel, curve : the components of the pages
reports : numbers that a component sent, checked
charts : Plotly charts without a second validation
upload_box : the reader's language in Streamlit's upload boxes
qr : a link as a QR code
"""
