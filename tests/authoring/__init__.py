"""Tests of `merkblatt/authoring/`."""
