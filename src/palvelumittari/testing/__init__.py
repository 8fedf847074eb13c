"""What tests of rubrics and plugins need: encounters made at random from a vocabulary.

Needs hypothesis, which the extra `palvelumittari[test]` brings; it is imported only when a strategy is asked for.

    from hypothesis import given
    from palvelumittari.testing import encounters

    meter = pm.Meter()

    @given(encounters(meter.vocabulary))
    def test_nothing_breaks(encounter):
        meter.score(encounter)
"""

from palvelumittari.testing.strategies import encounters

__all__ = ["encounters"]
