"""Hypothesis strategies: random vocabularies, encounters and rubrics, all of them valid."""

from palvelumittari.testing.strategies.of_encounters import encounters
from palvelumittari.testing.strategies.of_rubrics import rubric_documents, rubric_from, rubrics
from palvelumittari.testing.strategies.of_vocabularies import readings, vocabularies, vocabulary_documents

__all__ = [
    "encounters",
    "readings",
    "rubric_documents",
    "rubric_from",
    "rubrics",
    "vocabularies",
    "vocabulary_documents",
]
