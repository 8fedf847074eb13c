"""The retail sector of palvelumittari: rubric, vocabulary and cases lie beside this file, its measure in `measures`."""

from collections.abc import Callable, Mapping

from palvelumittari import Answer, hookimpl
from palvelumittari_retail.measures import one_question


@hookimpl
def palvelumittari_measures() -> Mapping[str, Callable[..., Answer | None]]:
    """Give the measure that compares who asked what."""
    return {"one_question": one_question}
