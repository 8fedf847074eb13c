"""palvelumittari ("service meter") says how good the service in an encounter was, why, and what would be better.

    import palvelumittari as pm

    meter = pm.Meter()
    verdict = meter.score(pm.load("ride.json"))
    print(verdict.score, verdict.band, verdict.explain("fi"))

An act is never good or bad by itself: it is judged in its situation, by what the customer has shown so far, who
waits, and which sector it is. Everything public is listed here; deeper modules may change.
"""

from importlib.metadata import version as _version
from typing import TYPE_CHECKING

from palvelumittari.files import load, load_many, loads
from palvelumittari.formats import Reject, dump, dumps
from palvelumittari.hookspecs import hookimpl
from palvelumittari.meter import Meter
from palvelumittari.records.encounter import Actor, Channel, Encounter, Event, Modality, Observer, Record, Side
from palvelumittari.records.measure import Phase
from palvelumittari.records.rubric import Role, Rubric, Scoring
from palvelumittari.records.scene import Answer, Scene
from palvelumittari.records.verdict import Band, Evidence, Finding, Outcome, Status, Verdict
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.scoring import Settled, Tally
from palvelumittari.words.errors import (
    EncounterError,
    EncounterWarning,
    EvaluationError,
    PalvelumittariError,
    Place,
    PluginError,
    Problem,
    RubricError,
)
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.lazily import from_homes as _from_homes
from palvelumittari.words.lazily import homes_in as _homes_in
from palvelumittari.words.text import Text

if TYPE_CHECKING:  # loaded when somebody first asks for them
    from palvelumittari.compiler.numbers import Numbers
    from palvelumittari.records.advice import Advice, Piece
    from palvelumittari.records.changes import Change, ChangeKind
    from palvelumittari.records.comparison import Comparison
    from palvelumittari.records.episode import Episode
    from palvelumittari.records.journey import Journey
    from palvelumittari.records.panel import Panel
    from palvelumittari.records.relationship import Relationship
    from palvelumittari.records.shift import Shift
    from palvelumittari.records.word_of_mouth import WordOfMouth
    from palvelumittari.rollup import make_journey, make_panel, make_relationship, make_shift, make_word_of_mouth

__version__ = _version("palvelumittari")

__all__ = [
    "Actor",
    "Advice",
    "Answer",
    "Band",
    "Change",
    "ChangeKind",
    "Channel",
    "Comparison",
    "Encounter",
    "EncounterError",
    "EncounterWarning",
    "Episode",
    "EvaluationError",
    "Event",
    "Evidence",
    "Finding",
    "FrozenMap",
    "Journey",
    "Meter",
    "Modality",
    "Numbers",
    "Observer",
    "Outcome",
    "PalvelumittariError",
    "Panel",
    "Phase",
    "Piece",
    "Place",
    "PluginError",
    "Problem",
    "Record",
    "Reject",
    "Relationship",
    "Role",
    "Rubric",
    "RubricError",
    "Scene",
    "Scoring",
    "Settled",
    "Shift",
    "Side",
    "Status",
    "Tally",
    "Text",
    "Verdict",
    "Vocabulary",
    "WordOfMouth",
    "__version__",
    "dump",
    "dumps",
    "hookimpl",
    "load",
    "load_many",
    "loads",
    "make_journey",
    "make_panel",
    "make_relationship",
    "make_shift",
    "make_word_of_mouth",
]

_LATER = {
    "compiler.numbers": ("Numbers",),
    "records.advice": ("Advice", "Piece"),
    "records.changes": ("Change", "ChangeKind"),
    "records.comparison": ("Comparison",),
    "records.episode": ("Episode",),
    "records.journey": ("Journey",),
    "records.panel": ("Panel",),
    "records.relationship": ("Relationship",),
    "records.shift": ("Shift",),
    "records.word_of_mouth": ("WordOfMouth",),
    "rollup": ("make_journey", "make_panel", "make_relationship", "make_shift", "make_word_of_mouth"),
}

__getattr__ = _from_homes(__name__, _homes_in(__name__, _LATER))


def __dir__() -> list[str]:
    """The public names, with those that are not loaded yet."""
    return sorted({*globals(), *__all__})
