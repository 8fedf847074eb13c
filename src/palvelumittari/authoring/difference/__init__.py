"""What changed between two versions of a rubric, and which version number that calls for."""

from palvelumittari.authoring.difference.comparing import compare
from palvelumittari.authoring.difference.moves import Move, Moves, Shift
from palvelumittari.authoring.difference.records import Change, Difference, Fit, Kind, Level, Reason, Subject
from palvelumittari.authoring.difference.versions import next_version

__all__ = [
    "Change",
    "Difference",
    "Fit",
    "Kind",
    "Level",
    "Move",
    "Moves",
    "Reason",
    "Shift",
    "Subject",
    "compare",
    "next_version",
]
