"""`python -m merkblatt` is the command line."""

from merkblatt.cli.main import main

if __name__ == "__main__":
    main()
