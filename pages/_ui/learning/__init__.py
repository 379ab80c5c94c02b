"""The page where a network learns: choose, train in slices, look back over the course, take it along.

desk : what this reader trains and looks at. work : training, slice by slice, and the line of those who wait
choose : the settings. watch : the stage: curve, time machine, strip and diagram. race : several on it
in_link : the course in the address bar. learned : what it learned
compare : courses side by side. take : files, and the way to the other pages. tasks : what to try
"""
