"""What no single file of the program keeps, but all of them together."""
