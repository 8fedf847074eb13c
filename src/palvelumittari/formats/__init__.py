"""Encounters, verdicts and other records in files: JSON, NDJSON and the timeline notation.

`loads` and `load` read one record, `load_many` reads as many as there are; `dumps` and `dump` write them so that they
read back the same. Whatever is wrong with an input is an `EncounterError` that says where. `load_plugged` and
`write_plugged` do the same with the readers and writers that plugins bring.
"""

from palvelumittari.formats.dumping import dump, dumps
from palvelumittari.formats.loading import Reject, load, load_many, load_mixed, loads
from palvelumittari.formats.naming import Format, format_of, unknown_format
from palvelumittari.formats.plugged import load_plugged, write_plugged
from palvelumittari.reading.encounters import Limits

__all__ = [
    "Format",
    "Limits",
    "Reject",
    "dump",
    "dumps",
    "format_of",
    "load",
    "load_many",
    "load_mixed",
    "load_plugged",
    "loads",
    "unknown_format",
    "write_plugged",
]
