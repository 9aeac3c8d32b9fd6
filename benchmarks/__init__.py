"""What is measured, side by side with others on the same machine in one run. `python -m benchmarks --help`."""
