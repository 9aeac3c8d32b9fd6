"""Tests of `merkblatt/figures/`."""
