"""`palvelumittari rubric list`: every rubric that is loaded."""

from __future__ import annotations

import click
from rich.text import Text

from palvelumittari.cli.screen import make_screen, styled
from palvelumittari.cli.session import Session, pass_session
from palvelumittari.meter import Meter
from palvelumittari.reading.rubric_file import RubricFile


@click.command("list", short_help="Name every rubric.")
@pass_session
def list_rubrics(session: Session) -> None:
    """Name every rubric: id, version, what it is for, how many criteria it judges by, where it comes from."""
    meter = session.meter()
    rows = [_row(meter, file) for file in sorted(meter.catalog.rubrics.values(), key=lambda file: file.id)]
    heads = ("rubric", "version", "sectors and channels", "criteria", "from")
    make_screen().table(*heads, rows=rows, fixed=(0, 1, 3))


def _row(meter: Meter, file: RubricFile) -> list[str | Text]:
    document = file.document
    united, own = len(meter.rubric(file.id).criteria), len(document.criterion)
    serves = ", ".join([*document.sectors, *document.channels]) or "everything else"
    criteria = str(united) if united == own else f"{united} ({own} own)"
    return [styled(file.id, "bold"), document.version, serves, criteria, file.origin]
