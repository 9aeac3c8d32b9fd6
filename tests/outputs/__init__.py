"""Tests of `merkblatt/outputs/`."""
