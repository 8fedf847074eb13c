"""The cases of a plugin with their verdicts."""

from __future__ import annotations

from palvelumittari.testing import tried_cases
from palvelumittari.testing.pytest_plugin import MeterWith


def test_the_cases_of_one_plugin_come_by_their_ids(meter_with: MeterWith) -> None:
    """Those of the core are left out, and come under its own name."""
    meter = meter_with("palvelumittari_taxi")
    taxi, core = tried_cases(meter, "taxi"), tried_cases(meter, "palvelumittari")
    assert {each.case.encounter.sector for each in taxi.values()} == {"taxi"}
    assert all(name == each.case.id and each.differences == () for name, each in taxi.items())
    assert core
    assert not set(core) & set(taxi)
