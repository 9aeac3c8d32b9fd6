"""The version of the program: the one place that holds it; `./run release` sets it."""

__version__ = "0.1.0"
