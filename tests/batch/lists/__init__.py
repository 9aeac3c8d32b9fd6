"""Tests of `merkblatt/batch/lists/`."""
