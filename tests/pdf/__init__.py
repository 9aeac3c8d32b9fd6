"""Tests of `merkblatt/pdf/`."""
