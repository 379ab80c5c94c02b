"""What a reader looks at: trace -> pictures, sentences and files.

page_layout : the places of a page: controls, pictures, and what stands below
walk : the diagram at one step, and the buttons that lead through it
why : where a number comes from
pins : gates that the reader holds at a number
choose : what a click in a picture does
show : equations, sentences and the table of numbers
downloads : CSV, JSON and SVG
"""
