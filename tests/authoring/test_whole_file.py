"""Writing a file whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from palvelumittari.authoring.whole_file import write_whole


def test_an_old_file_is_replaced(tmp_path: Path) -> None:
    """Line ends stay as they are, and no draft stays behind."""
    file = tmp_path / "a.toml"
    file.write_text("a longer text that was there before\n", encoding="utf-8")
    write_whole(file, "ä\n")
    assert file.read_bytes() == "ä\n".encode()
    assert list(tmp_path.iterdir()) == [file]


def test_what_cannot_be_written_leaves_the_old_file(tmp_path: Path) -> None:
    """Half a text is no text."""
    file = tmp_path / "a.toml"
    file.write_text("old", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError):
        write_whole(file, "new \ud800")
    assert file.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_the_error_names_the_file_and_not_its_draft(tmp_path: Path) -> None:
    """Where there is no such folder, and where a folder has the name; nothing stays behind."""
    nowhere, folder = tmp_path / "away" / "a.toml", tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(FileNotFoundError) as missing:
        write_whole(nowhere, "x")
    with pytest.raises(OSError, match="directory") as taken:
        write_whole(folder, "x")
    assert (missing.value.filename, taken.value.filename) == (str(nowhere), str(folder))
    assert list(tmp_path.iterdir()) == [folder]
