"""`palvelumittari panel`: several observers of the same encounters."""

from __future__ import annotations

import click

from palvelumittari.cli.rollup_view import form_option, names_option, show
from palvelumittari.cli.score_stream import Scorer
from palvelumittari.cli.session import Session, language_option, pass_session, rubric_option, source_option
from palvelumittari.cli.verdict_sources import VerdictSources
from palvelumittari.rollup import make_panel


@click.command(short_help="Tell where several observers of the same encounters differ.")
@click.argument("files", nargs=-1, required=True, metavar="FILES...")
@source_option
@rubric_option
@form_option
@names_option
@click.option(
    "--one-encounter", is_flag=True, help="All records are of one and the same encounter, whatever their ids."
)
@language_option
@pass_session
def panel(
    session: Session, /, files: tuple[str, ...], source: str | None, rubrics: tuple[str, ...], form: str, **options: str
) -> None:
    """Tell where several observers differ: their bands, the gaps, what somebody did not note, and how far they agree.

    FILES hold the observers' records; those with the same id are of the same encounter, and the key `observer` says
    whose eyes these are. Everybody is held against the server's own record if it is there, else against the first one.
    """
    meter, chosen = session.meter_with(rubrics)
    sources = VerdictSources(Scorer(meter, chosen, options["language"], source))
    encounters, verdicts = sources.encounters(files, "panel")
    made = make_panel(
        encounters,
        verdicts,
        vocabulary=meter.vocabulary,
        one_encounter=bool(options["one_encounter"]),
        names=bool(options["names"]),
    )
    show(made, form, options["language"])
