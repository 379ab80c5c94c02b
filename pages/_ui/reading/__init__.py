"""A network that reads code, on screen.

held : what one reader reads and looks at, in the session
controls : the text, what is coloured, and the letters that are asked about
written : what the network writes on, freely and held
own_network : the network that reads, which may be a reader's own
trials : two things to try by holding a unit
"""
