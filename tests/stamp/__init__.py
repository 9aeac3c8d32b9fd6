"""Tests of `merkblatt/stamp/`."""
