"""The Click tool's entry: `python generate.py build neck-pain`; installed, it is `merkblatt build neck-pain`."""

from merkblatt.cli.main import main

if __name__ == "__main__":
    main()
