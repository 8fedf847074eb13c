"""The measures, one module each: from a timeline to a fulfilment, with evidence and a reason."""

from __future__ import annotations

from palvelumittari.records.measure import (
    Avoids,
    Calls,
    Ceases,
    Grades,
    Measure,
    Precedes,
    Prompt,
    Responds,
    Shows,
)
from palvelumittari.reference.measures.avoids import avoids
from palvelumittari.reference.measures.calls import calls
from palvelumittari.reference.measures.ceases import ceases
from palvelumittari.reference.measures.grades import grades
from palvelumittari.reference.measures.precedes import precedes
from palvelumittari.reference.measures.prompt import prompt
from palvelumittari.reference.measures.responds import responds
from palvelumittari.reference.measures.shows import shows
from palvelumittari.reference.results import Result
from palvelumittari.reference.stage import Stage


def measured(measure: Measure, stage: Stage) -> Result:
    """What a measure says on a stage: a timeline and the circumstances of the criterion."""
    match measure:
        case Shows():
            return shows(measure, stage)
        case Avoids():
            return avoids(measure, stage)
        case Responds():
            return responds(measure, stage)
        case Ceases():
            return ceases(measure, stage)
        case Precedes():
            return precedes(measure, stage)
        case Prompt():
            return prompt(measure, stage)
        case Grades():
            return grades(measure, stage)
        case Calls():
            return calls(measure, stage)
