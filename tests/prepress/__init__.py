"""Tests of `merkblatt/prepress/`."""
