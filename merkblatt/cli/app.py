"""The command that all others are part of."""

from __future__ import annotations

from importlib import import_module

import click

from merkblatt.core.version import __version__

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

#: The file of this folder in which each command stands.
STANDS_IN = {
    "accept": "check",
    "batch": "batch",
    "bind": "bind",
    "build": "build",
    "check": "check",
    "gallery": "gallery",
    "info": "author",
    "list": "author",
    "new": "author",
    "preview": "preview",
    "schema": "author",
}


class Commands(click.Group):
    """Commands that are imported when they are called, so that nobody waits for the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in the order in which help shows them."""
        return sorted(STANDS_IN)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, None where there is none."""
        # All of them for a name that nobody has, so that Click can tell the nearest.
        for file in {STANDS_IN[cmd_name]} if cmd_name in STANDS_IN else sorted(set(STANDS_IN.values())):
            import_module(f"merkblatt.cli.{file}")
        return super().get_command(ctx, cmd_name)


@click.group(cls=Commands, context_settings=CONTEXT)
@click.version_option(__version__, prog_name="merkblatt")
def cli() -> None:
    """Printable handouts for people with back pain, made for the person before you."""
