"""What a value is, what it must be, and where it stands: the words of every problem of structure."""

from __future__ import annotations

from palvelumittari.words.errors import Place, shown
from palvelumittari.words.frozen import thaw

Path = tuple[str | int, ...]
"""Keys and indices from the root of a document down to one value: `("criterion", 3, "shows", "act")`."""

_FILE_KEYS = {"at_ms": "at", "lasts_ms": "lasts", "ends_ms": "ends", "from_field": "from"}
_TYPE_WORDS = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    dict: "a table of keys and values",
    list: "a list",
    type(None): "nothing",
}


class Mismatch(ValueError):
    """A value is not what it must be. `path` leads from the value that was structured to the culprit."""

    def __init__(
        self,
        expected: str | None,
        found: object,
        *,
        hint: str | None = None,
        what: str | None = None,
        path: Path = (),
        span: tuple[str, int, int] | None = None,
    ) -> None:
        """Say what was `expected` and `found`.

        `what` replaces the usual first line; `span` is a text with the half-open range of its wrong characters.
        """
        super().__init__(expected or what)
        self.expected, self.found, self.hint, self.what = expected, found, hint, what
        self.path, self.span = path, span


def file_key(attribute: str) -> str:
    """The key in a file for an attribute in memory.

    >>> file_key("at_ms"), file_key("while_")
    ('at', 'while')
    """
    return _FILE_KEYS.get(attribute, attribute.rstrip("_"))


def kind_of(value: object) -> str:
    """What a value is, in words: `a number`, `text`, ..."""
    plain = thaw(value)
    return next((words for known, words in _TYPE_WORDS.items() if type(plain) is known), type(plain).__name__)


def described(value: object) -> str:
    """A value with its kind, for messages."""
    return "nothing" if value is None else f"{kind_of(value)} ({shown(thaw(value))})"


def json_path(path: Path) -> str:
    """A path as text.

    >>> json_path(("events", 4, "act"))
    '$.events[4].act'
    """
    steps = []
    for step in path:
        if isinstance(step, int):
            steps.append(f"[{step}]")
        else:
            steps.append(f".{step}" if step.replace("_", "a").replace("-", "a").isalnum() else f'."{step}"')
    return "$" + "".join(steps)


def within_text(text: str, start: int, end: int) -> Place:
    """A place inside a text whose own place in a file is not known yet: the column counts within `text`."""
    return Place(excerpt=text, column=start + 1, width=max(1, end - start))
