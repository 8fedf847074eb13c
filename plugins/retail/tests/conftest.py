"""What the tests of the shop share: a meter with this plugin alone, and its cases with their verdicts."""

import pytest

from palvelumittari.testing import tried_cases


@pytest.fixture(scope="session")
def meter(meter_with):
    """A meter that knows the core and this plugin, whatever else is installed."""
    return meter_with("palvelumittari_retail")


@pytest.fixture(scope="session")
def tried(meter):
    """Every case of the plugin with its verdict, by its id."""
    return tried_cases(meter, "retail")
