"""Tests of `merkblatt/outputs/braille/`."""
