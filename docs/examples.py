"""The examples in the pages: the files they show, and the sessions whose output must be real.

A code block with a caption is a file of that name; `name (continued)` adds to it. A block in the language `console`
is a session: each line that begins with `$ ` is run in a folder that holds the page's files, and what follows must be
what comes out. A line `…` stands for any number of lines, `…` inside a line for any text.

    python docs/examples.py            compare all pages
    python docs/examples.py --update   write into the pages what really comes out, where it differs
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from click.testing import CliRunner

from palvelumittari.cli import main as program

PAGES = Path(__file__).parent
CONTINUED = " (continued)"
ANYTHING = "…"
PROGRAM = "palvelumittari"
ENVIRONMENT = {
    "COLUMNS": "100",
    "LC_ALL": "C.UTF-8",
    "NO_COLOR": "1",
    "PYTHONUTF8": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}

_FENCE = re.compile(r"^(?P<fence>`{3,})(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=fence)[ ]*$", re.MULTILINE | re.DOTALL)
_CAPTION = re.compile(r"\A:caption: (?P<name>.+)\n(?::[\w-]+:.*\n)*\n?")
_SHELL = re.compile(r"[|<>;&$`*]|--help| -p ")  # in tests click writes help for a narrow screen; modules stay loaded
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
_COMMAND = re.compile(r"^\$ (.*(?:\\\n.*)*)\n?", re.MULTILINE)


@dataclass(frozen=True)
class Shown:
    """A file that a page shows, or a part of one."""

    name: str
    text: str
    is_more: bool = False

    def write(self, folder: Path) -> None:
        """Put the file, or its further part, into a folder."""
        file = folder / self.name
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a" if self.is_more else "w", encoding="utf-8") as stream:
            stream.write(("\n" if self.is_more else "") + self.text)


@dataclass(frozen=True)
class Session:
    """A console block: where its text stands in the page, and the commands with what should come out."""

    start: int
    text: str

    @property
    def steps(self) -> list[tuple[str, str]]:
        """Each command with the output that the page shows."""
        _, *parts = _COMMAND.split(self.text)
        return list(zip(parts[::2], parts[1::2], strict=True))


def examples_of(page: str) -> Iterator[Shown | Session]:
    """The files and sessions of a page, in order."""
    for match in _FENCE.finditer(page):
        info, body = match["info"].strip(), match["body"]
        caption = _CAPTION.match(body)
        if info == "console":
            yield Session(match.start("body"), body)
        elif info.startswith("{code-block}") and caption:
            name = caption["name"].strip()
            yield Shown(name.removesuffix(CONTINUED), body[caption.end() :], name.endswith(CONTINUED))


def run(command: str, folder: Path) -> str:
    """What a command prints, errors among the rest in the order in which they come; the file `.exit` tells its end.

    Our own program is called within this process, which is quicker; what needs a shell, or another program, is not.
    """
    words = shlex.split(command)
    call = _call_here if words[0] == PROGRAM and not _SHELL.search(command) else _call_shell
    text, code = call(command, folder)
    (folder / ".exit").write_text(str(code), encoding="utf-8")
    return text


def _call_here(command: str, folder: Path) -> tuple[str, int]:
    with chdir(folder):
        done = CliRunner(env=ENVIRONMENT).invoke(program, shlex.split(command)[1:], prog_name=PROGRAM)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output, done.exit_code


def _call_shell(command: str, folder: Path) -> tuple[str, int]:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={**os.environ, **ENVIRONMENT, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=120,
    )
    return done.stdout.decode("utf-8"), done.returncode


def printed(command: str, folder: Path) -> str:
    """What a step prints: `echo $?` tells how the command before it ended."""
    if command == "echo $?":
        return (folder / ".exit").read_text(encoding="utf-8") + "\n"
    return run(command, folder)


def is_alike(shown: str, real: str) -> bool:
    """Whether real output is what a page shows; blanks at the ends of lines do not matter."""
    pattern = "".join(map(_pattern, _trimmed(shown)))
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in _trimmed(real))) is not None


def _pattern(line: str) -> str:
    if line.strip() == ANYTHING:
        return r"(?:.*\n)*?"
    return ".*".join(map(re.escape, line.split(ANYTHING))) + r"\n"


def _trimmed(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").split("\n")] if text.strip() else []


@contextmanager
def files_shown(page: str) -> Iterator[Path]:
    """A folder with all files that a page (by the name of its file) shows; it is the working folder meanwhile."""
    with TemporaryDirectory() as name:
        for example in examples_of((PAGES / page).read_text(encoding="utf-8")):
            if isinstance(example, Shown):
                example.write(Path(name))
        with chdir(name):
            yield Path(name)


def replayed(text: str, folder: Path) -> Iterator[tuple[Session, str, list[str]]]:
    """Every session of a page with its text as it should be, and what differs."""
    for example in examples_of(text):
        if isinstance(example, Shown):
            example.write(folder)
            continue
        lines, differences = "", []
        for command, shown in example.steps:
            real = printed(command, folder)
            fits = is_alike(shown, real)
            lines += f"$ {command}\n" + (shown if fits else _as_shown(real, shown))
            if not fits:
                differences.append(f"$ {command}\n--- shown ---\n{shown}--- real ---\n{real}")
        yield example, lines, differences


def _as_shown(real: str, before: str) -> str:
    """Real output as a page shows it: shortened where it was, and without digests, which change with every comma."""
    lines = _trimmed(_DIGEST.sub(ANYTHING, real))
    if ANYTHING in (line.strip() for line in _trimmed(before)):
        lines = _shortened(lines, _trimmed(before))
    return "".join(f"{line}\n" for line in lines)


def _shortened(real: list[str], before: list[str]) -> list[str]:
    """Those passages of real output that are most like the passages shown before, with `…` between them."""
    passages = [list(group) for skips, group in groupby(before, lambda line: line.strip() == ANYTHING) if not skips]
    found: list[str] = []
    behind = 0
    for passage in passages:
        starts = range(behind, max(behind, len(real) - len(passage)) + 1)
        start = max(starts, key=lambda at: _likeness(real[at : at + len(passage)], passage))
        found += [ANYTHING] if start > behind else []
        found += real[start : start + len(passage)]
        behind = start + len(passage)
    return found + ([ANYTHING] if behind < len(real) else [])


def _likeness(some: list[str], others: list[str]) -> float:
    return sum(SequenceMatcher(None, one, other).ratio() for one, other in zip(some, others, strict=False))


def check(page: Path) -> list[str]:
    """What differs in a page from what really comes out."""
    with TemporaryDirectory() as folder:
        found = list(replayed(page.read_text(encoding="utf-8"), Path(folder)))
    return [difference for _, _, differences in found for difference in differences]


def update(page: Path) -> bool:
    """Write into a page what really comes out; tell whether something changed."""
    old = new = page.read_text(encoding="utf-8")
    with TemporaryDirectory() as folder:
        for session, lines, _ in reversed(list(replayed(old, Path(folder)))):
            new = new[: session.start] + lines + new[session.start + len(session.text) :]
    if new != old:
        page.write_text(new, encoding="utf-8")
    return new != old


def main(arguments: list[str]) -> int:
    """Compare or update all pages, or those that are named; 1 if something differs."""
    pages = [Path(name) for name in arguments if not name.startswith("-")] or sorted(PAGES.glob("*.md"))
    differs = False
    for page in pages:
        if "--update" in arguments:
            if update(page):
                print(f"updated {page.name}")
            continue
        for difference in check(page):
            differs = True
            print(f"{page.name}: {difference}")
    return int(differs)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
