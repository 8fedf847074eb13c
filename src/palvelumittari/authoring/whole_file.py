"""Writing a file whole or not at all."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from uuid import uuid4


def write_whole(file: Path, text: str) -> None:
    """Write a text file; an old one is replaced once the new one is complete.

    Raises:
        OSError: If it cannot be written. It names `file`, for nobody knows the draft.
    """
    draft = file.with_name(f".{file.name}.{uuid4().hex[:8]}.new")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(file)
    except OSError as error:
        raise type(error)(error.errno, error.strerror, str(file)) from None
    finally:
        _remove(draft)


def _remove(draft: Path) -> None:
    with suppress(OSError):  # where it could not be made it need not be removed
        draft.unlink(missing_ok=True)
