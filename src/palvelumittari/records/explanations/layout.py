"""How every explanation of a record about several encounters is laid out: a head, remarks, and titled lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from palvelumittari.words.phrases import phrase


def laid_out(
    kind: str, head: str, language: str, *, remarks: Iterable[str] = (), lists: Mapping[str, Sequence[str]]
) -> str:
    """The whole text, lines joined by newlines, without a trailing one.

    Args:
        kind: The section of the catalogue that holds the titles, as `KIND.section.NAME`.
        head: The first line.
        language: `en`, `fi` or `sv`.
        remarks: The lines below the head.
        lists: The lines of each titled list by its name; a list without lines is left out.
    """
    return "\n".join(_lines(kind, head, language, remarks, lists))


def _lines(
    kind: str, head: str, language: str, remarks: Iterable[str], lists: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    yield head
    yield from (f"  {line}" for line in remarks)
    for name, lines in lists.items():
        if lines:
            yield ""
            yield phrase(f"{kind}.section.{name}", language)
            yield from (f"  {line}" for line in lines)


def bands_told(key: str, bands: Mapping[str, int], language: str) -> str:
    """How many encounters got which band, as the phrase of a key says it, those that nobody got left out."""
    counts = ((band, count) for band, count in bands.items() if count)
    return ", ".join(
        phrase(key, language, count=count, band=phrase(f"band.{band}", language)) for band, count in counts
    )
