"""What the tests of the library desk share."""

import pytest

import palvelumittari as pm


@pytest.fixture(scope="session")
def meter() -> pm.Meter:
    """A meter with this plugin and no other."""
    return pm.Meter(plugins=["palvelumittari_library_desk"], installed=False, strict=True)
