"""`palvelumittari rubric`: the rules by which service is judged, and what their authors need."""

from __future__ import annotations

import click

from palvelumittari.cli.commands.rubric.check import check
from palvelumittari.cli.commands.rubric.coverage import coverage
from palvelumittari.cli.commands.rubric.diff import diff
from palvelumittari.cli.commands.rubric.importing import import_rubric
from palvelumittari.cli.commands.rubric.listing import list_rubrics
from palvelumittari.cli.commands.rubric.new import new
from palvelumittari.cli.commands.rubric.show import show


@click.group(short_help="Make, show, check, compare and import rubrics.")
def rubric() -> None:
    """The rules by which service is judged."""


for _command in (list_rubrics, show, check, new, coverage, import_rubric, diff):
    rubric.add_command(_command)
