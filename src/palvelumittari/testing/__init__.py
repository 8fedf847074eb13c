"""What tests of rubrics and plugins need: random encounters, vocabularies and rubrics, and the contract of a plugin.

Needs hypothesis, which the extra `palvelumittari[test]` brings; it is imported only when one of the names is asked for.

    from hypothesis import given
    from palvelumittari.testing import encounters

    meter = pm.Meter()

    @given(encounters(meter.vocabulary))
    def test_nothing_breaks(encounter):
        meter.score(encounter)

`palvelumittari.testing.pytest_plugin` takes case files for tests and brings the fixture `meter_with`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from palvelumittari.testing.cases import tried_cases
    from palvelumittari.testing.contract.asserting import assert_plugin_contract
    from palvelumittari.testing.contract.imports import HEAVY
    from palvelumittari.testing.strategies import encounters, rubric_documents, rubric_from, rubrics, vocabularies

__all__ = [
    "HEAVY",
    "assert_plugin_contract",
    "encounters",
    "rubric_documents",
    "rubric_from",
    "rubrics",
    "tried_cases",
    "vocabularies",
]

_HOMES = {"HEAVY": "contract.imports", "assert_plugin_contract": "contract.asserting", "tried_cases": "cases"}
"""Where names live that do not live in `strategies`."""


def __getattr__(name: str) -> Any:
    """A public name, from its home when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'strategies')}"), name)
