"""Tests of `merkblatt/batch/`."""
