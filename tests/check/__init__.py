"""Tests of `merkblatt/check/`."""
