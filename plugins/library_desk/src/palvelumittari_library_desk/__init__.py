"""The library desk sector of palvelumittari."""

from collections.abc import Callable

from palvelumittari import Answer, hookimpl
from palvelumittari_library_desk.measures import poise, vigilance


@hookimpl
def palvelumittari_measures() -> dict[str, Callable[..., Answer | None]]:
    """The measures that follow staff's attention through time."""
    return {"poise": poise, "vigilance": vigilance}
