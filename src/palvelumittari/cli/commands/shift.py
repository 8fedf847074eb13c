"""`palvelumittari shift`: how the encounters of a shift spread, run, and fare in a rush."""

from __future__ import annotations

import click

from palvelumittari.cli.rollup_view import form_option, names_option, show
from palvelumittari.cli.score_stream import Scorer
from palvelumittari.cli.session import Session, language_option, pass_session, rubric_option, source_option
from palvelumittari.cli.verdict_sources import VerdictSources
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.figures import LEAST_FOR_RANKING
from palvelumittari.records.verdict import Verdict
from palvelumittari.rollup import make_shift


@click.command(short_help="Tell how a shift went: the spread, the worst tenth, trend and rush.")
@click.argument("files", nargs=-1, required=True, metavar="FILES...")
@source_option
@rubric_option
@form_option
@names_option
@click.option(
    "--by",
    metavar="server.KEY",
    help="Tell the encounters of each server apart by this key, such as server.id. They are numbered unless --names.",
)
@click.option(
    "--minimum",
    "least",
    type=click.IntRange(min=2),
    default=LEAST_FOR_RANKING,
    show_default=True,
    help="How many scored encounters it takes to rank a server.",
)
@language_option
@pass_session
def shift(
    session: Session, /, files: tuple[str, ...], source: str | None, rubrics: tuple[str, ...], form: str, **options: str
) -> None:
    """Tell how the encounters in FILES went as one shift: how many were good, the worst tenth, trend, rush, faults.

    FILES are encounters, or verdicts as `score -f json` writes them, in their order: cases (*.case.toml), JSON, NDJSON,
    .timeline or what a plugin reads; - is standard input. The mean never stands alone, for it hides the bad ones. Time
    of day, rush and servers are told from encounters alone.
    """
    meter, chosen = session.meter_with(rubrics)
    sources = VerdictSources(Scorer(meter, chosen, options["language"], source))
    key = _key(options["by"])
    encounters, verdicts = _gathered(sources, files, needs_encounters=key is not None)
    made = make_shift(
        verdicts,
        encounters=encounters,
        by=key,
        names=bool(options["names"]),
        least_for_ranking=int(options["least"]),
    )
    show(made, form, options["language"])


def _gathered(
    sources: VerdictSources, files: tuple[str, ...], *, needs_encounters: bool
) -> tuple[list[Encounter], list[Verdict]]:
    """The verdicts, with their encounters if all of these are known."""
    if needs_encounters:
        return sources.encounters(files, "shift --by")
    found = sources.gather(files)
    encounters = [each.encounter for each in found if each.encounter is not None]
    return encounters if len(encounters) == len(found) else [], [each.record for each in found]


def _key(by: str | None) -> str | None:
    """The key within `server`; raises a usage error for any other."""
    if by is None:
        return None
    place, _, key = by.partition(".")
    if place != "server" or not key:
        tip = f"; did you mean server.{by}?" if by == place else ""
        raise click.BadParameter(f"{by!r} is not server.KEY, such as server.id{tip}", param_hint="--by")
    return key
