"""Tests of `merkblatt/cli/`."""
