"""Tests of `merkblatt/core/`."""
