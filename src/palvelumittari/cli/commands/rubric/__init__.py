"""`palvelumittari rubric`: the rules by which service is judged, and what their authors need."""

from __future__ import annotations

import click

from palvelumittari.cli.commands.rubric.check import check
from palvelumittari.cli.commands.rubric.listing import list_rubrics
from palvelumittari.cli.commands.rubric.show import show


@click.group(short_help="List, show and check rubrics.")
def rubric() -> None:
    """The rules by which service is judged."""


for _command in (list_rubrics, show, check):
    rubric.add_command(_command)
