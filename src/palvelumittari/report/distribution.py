"""How the verdicts on many encounters spread over the bands, counted one by one in constant memory."""

from __future__ import annotations

from collections import Counter

import attrs

from palvelumittari.records.verdict import Band, Verdict


@attrs.define
class Distribution:
    """Counts verdicts by band. `rejected_count` are the encounters that could not be scored at all."""

    bands: Counter[Band | None] = attrs.field(factory=Counter)
    rejected_count: int = 0

    def add(self, verdict: Verdict | None) -> None:
        """Count a verdict, or `None` for an encounter that could not be scored."""
        if verdict is None:
            self.rejected_count += 1
        else:
            self.bands[verdict.band] += 1

    @property
    def count(self) -> int:
        """How many verdicts there are, those without a score included."""
        return self.bands.total()

    @property
    def scored_count(self) -> int:
        """How many verdicts have a score."""
        return self.count - self.bands[None]

    @property
    def below_good_count(self) -> int:
        """How many verdicts are worse than good."""
        return sum(count for band, count in self.bands.items() if band is not None and not band.is_pleasant)

    def share(self, band: Band | None) -> float:
        """The share of one band (`None`: no score) among all verdicts, in [0, 1]; 0 if there are none."""
        return self.bands[band] / self.count if self.count else 0.0
