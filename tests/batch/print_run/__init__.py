"""Tests of `merkblatt/batch/print_run/`."""
