"""Tests of `merkblatt/outputs/epub/`."""
