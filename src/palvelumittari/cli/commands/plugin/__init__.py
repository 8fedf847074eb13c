"""`palvelumittari plugin`: what others add to the meter, and how to begin with a plugin of one's own."""

from __future__ import annotations

import click

from palvelumittari.cli.commands.plugin.listing import list_plugins, show_problem
from palvelumittari.cli.commands.plugin.new import new

__all__ = ["plugin", "show_problem"]


@click.group(short_help="List the plugins, or make one.")
def plugin() -> None:
    """The plugins that are in use, and one of your own."""


for _command in (list_plugins, new):
    plugin.add_command(_command)
