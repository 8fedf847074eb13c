"""The cases of a plugin with their verdicts, for tests that ask more of them than that they come out."""

from __future__ import annotations

from palvelumittari.authoring.trying import Tried, try_case
from palvelumittari.meter import Meter


def tried_cases(meter: Meter, plugin: str) -> dict[str, Tried]:
    """Every case that a plugin brings with its verdict, by its id.

    Args:
        meter: A meter that knows the plugin.
        plugin: The name of the plugin, such as `taxi`; `palvelumittari` for the cases of the core.

    Raises:
        RubricError: If one of the cases cannot be read.
    """
    tried = (try_case(meter, each.file) for each in meter.catalog.cases if each.owner == plugin)
    return {each.case.id: each for each in tried}
