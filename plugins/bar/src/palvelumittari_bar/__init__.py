"""The bar sector of palvelumittari.

Its rubric, vocabulary and cases lie beside this module and load by themselves; here stands what needs Python.
"""

from __future__ import annotations

from collections.abc import Callable

from palvelumittari import Answer, hookimpl
from palvelumittari_bar.measures import order_of_service, order_to_drink


@hookimpl
def palvelumittari_measures() -> dict[str, Callable[..., Answer | None]]:
    """The measures that the rubric names under `calls`, such as `bar.order_of_service`."""
    return {"order_of_service": order_of_service, "order_to_drink": order_to_drink}
