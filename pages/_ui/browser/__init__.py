"""What runs in the browser, and what depends on how Streamlit works inside, which tests watch.

component : shows a component of assets/components or assets/figure
hand : a figure, with its pictures and sliders
picture, curve : the other components of the pages
upload_box : the reader's language in Streamlit's upload boxes
qr : a link as a QR code
"""
