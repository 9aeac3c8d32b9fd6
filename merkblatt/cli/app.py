"""The command that all others are part of."""

from __future__ import annotations

import click

from merkblatt.core.version import __version__

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=CONTEXT)
@click.version_option(__version__, prog_name="merkblatt")
def cli() -> None:
    """Printable handouts for people with back pain, made for the person before you."""
