"""Tests of `merkblatt/content/model/`."""
