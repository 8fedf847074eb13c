"""palvelumittari ("service meter") says how good the service in an encounter was, why, and what would be better.

    import palvelumittari as pm

    meter = pm.Meter()
    verdict = meter.score(pm.load("ride.json"))
    print(verdict.score, verdict.band, verdict.explain("fi"))

An act is never good or bad by itself: it is judged in its situation, by what the customer has shown so far, who
waits, and which sector it is. Everything public is listed here; deeper modules may change.
"""

from importlib.metadata import version as _version

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
from palvelumittari.words.text import Text

__version__ = _version("palvelumittari")

__all__ = [
    "Actor",
    "Answer",
    "Band",
    "Channel",
    "Encounter",
    "EncounterError",
    "EncounterWarning",
    "EvaluationError",
    "Event",
    "Evidence",
    "Finding",
    "FrozenMap",
    "Meter",
    "Modality",
    "Observer",
    "Outcome",
    "PalvelumittariError",
    "Phase",
    "Place",
    "PluginError",
    "Problem",
    "Record",
    "Reject",
    "Role",
    "Rubric",
    "RubricError",
    "Scene",
    "Scoring",
    "Settled",
    "Side",
    "Status",
    "Tally",
    "Text",
    "Verdict",
    "Vocabulary",
    "__version__",
    "dump",
    "dumps",
    "hookimpl",
    "load",
    "load_many",
    "loads",
]
