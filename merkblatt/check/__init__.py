"""Content -> findings: what is wrong with it, how plainly it is written, which points of good information it meets."""
