"""Lists -> files by the thousand, whoever dies meanwhile."""
