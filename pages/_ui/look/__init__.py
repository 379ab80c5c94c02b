"""What a reader looks at: the diagram and its walk, the run over time, where a number comes from, files."""
