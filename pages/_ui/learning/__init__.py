"""The page where a network learns: choose, train in slices, look back over the course, take it along.

desk : what this reader trains and looks at. work : training, slice by slice, and the line of those who wait
choose : the settings. watch : curve, time machine, strip and diagram. learned : what it learned
compare : several courses. take : files, and the way to the other pages. tasks : what to try
"""
