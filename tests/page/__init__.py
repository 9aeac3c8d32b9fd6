"""Tests of `merkblatt/page/`."""
