"""`palvelumittari journey`: a customer's encounters one after another."""

from __future__ import annotations

import click

from palvelumittari.cli.rollup_view import form_option, names_option, show
from palvelumittari.cli.score_stream import Scorer
from palvelumittari.cli.session import Session, language_option, pass_session, rubric_option, source_option
from palvelumittari.cli.verdict_sources import Sourced, VerdictSources
from palvelumittari.rollup import make_journey


@click.command(short_help="Tell how a customer's encounters went as one journey.")
@click.argument("files", nargs=-1, required=True, metavar="FILES...")
@source_option
@rubric_option
@form_option
@names_option
@language_option
@pass_session
def journey(
    session: Session,
    files: tuple[str, ...],
    source: str | None,
    rubrics: tuple[str, ...],
    form: str,
    names: bool,
    language: str,
) -> None:
    """Tell how the encounters in FILES went as one customer's journey: the best, the worst and the last of them.

    FILES are encounters, or verdicts as `score -f json` writes them, in their order: cases (*.case.toml), JSON, NDJSON,
    .timeline or what a plugin reads; - is standard input. There is no score of the whole, for a mean hides the bad
    ones.
    """
    meter, chosen = session.meter_with(rubrics)
    found = VerdictSources(Scorer(meter, chosen, language, source)).gather(files)
    met = [each.encounter for each in found if each.encounter is not None]
    made = make_journey(
        [each.record for each in found],
        encounters=met if _has_all(found) else (),
        vocabulary=meter.vocabulary,
        names=names,
    )
    show(made, form, language)


def _has_all(found: list[Sourced]) -> bool:
    """Whether the encounters are known, so that it can be told who sent the customer on."""
    return all(each.encounter is not None for each in found)
