"""Writing schemas into a folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

from palvelumittari.authoring.schemas.documents import schema_text
from palvelumittari.authoring.schemas.naming import Kind, file_name


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
        _replace(file, text)
    return tuple(texts)


def _replace(file: Path, text: str) -> None:
    draft = file.with_name(f".{file.name}.{uuid4().hex[:8]}.new")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
