"""A reader's own network on screen: a file is dropped, its layers are a map, one runs.

loaded : what one reader has dropped, in the session
said : refusals and texts from a file, as sentences of the reader's language
bring : the boxes for the file and the sequence, and the mapping of columns
choice : the map of layers, the choice of one, how long the units of all remember, what the file leaves unsaid
units : all units, ranked, and their heatmaps
one_unit : one unit large: diagram, strip, origin of a number, gradient
gru_unit : the same of a GRU: strip, and the equations of a step
driven : of one unit its number, and what stands where its memory is highest and lowest
two_files : which units moved from this file to another
proof : the framework's own h beside ours, and the lines that compute it
take_home : the run as files
"""
