"""Tests of `merkblatt/tailoring/`."""
