"""Writing a new folder all at once or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from uuid import uuid4


def write_folder(folder: Path, texts: Mapping[PurePosixPath, str]) -> None:
    """Write a folder that is not there yet, with these files in it.

    Everything is written to a hidden folder beside it, which gets its name when all is done, so that nothing
    half-written stays behind.

    Raises:
        FileExistsError: If something of that name is there.
        OSError: If it cannot be written.
    """
    draft = folder.with_name(f".{folder.name}.{uuid4().hex[:8]}")
    draft.mkdir()
    try:
        for place, text in texts.items():
            file = draft / place
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        if os.path.lexists(folder):  # to rename would put it in the place of an empty folder
            raise FileExistsError(f"{folder} is there already")
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
