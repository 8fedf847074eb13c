"""What the tests of the compiler share: the small vocabulary of the reference interpreter's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from palvelumittari.reading.readings_file import add_readings
from palvelumittari.reading.terms import Terms
from palvelumittari.reading.toml_file import read_toml
from palvelumittari.reading.vocabulary_file import EMPTY, add_vocabulary

REFERENCE = Path(__file__).parents[1] / "reference"


@pytest.fixture(scope="session")
def terms() -> Terms:
    """The small vocabulary and its readings."""
    vocabulary = add_vocabulary(EMPTY, read_toml(REFERENCE / "vocabulary.toml"))
    return add_readings(Terms(vocabulary=vocabulary), read_toml(REFERENCE / "readings.toml"))
