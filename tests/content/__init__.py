"""Tests of `merkblatt/content/`."""
