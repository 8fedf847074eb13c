"""Writing schemas into a folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from palvelumittari.authoring.schemas.documents import schema_text
from palvelumittari.authoring.schemas.naming import Kind, file_name
from palvelumittari.authoring.whole_file import write_whole


def write_schemas(folder: Path, kinds: Iterable[Kind] = tuple(Kind)) -> tuple[Path, ...]:
    """Write the schemas of some kinds of files, by default of all, into a folder, which is made if it is not there.

    An old file is replaced once the new one is complete.

    Returns:
        The files written, in the order of `kinds`.

    Raises:
        OSError: If the folder cannot be made or written to.
    """
    texts = {folder / file_name(kind): schema_text(kind) for kind in kinds}
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in texts.items():
        write_whole(file, text)
    return tuple(texts)
