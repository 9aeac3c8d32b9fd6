"""The command line, one file a command group: exit codes, and what a terminal shows. Holds no rule of its own."""
