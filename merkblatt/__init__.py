"""Merkblatt: printable handouts for people with back pain, made for the person before you."""

__version__ = "0.1.0"
