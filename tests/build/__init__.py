"""Tests of `merkblatt/build/`."""
