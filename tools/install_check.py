"""Install palvelumittari as its users do, and use it from a folder that is not the source tree.

Two installations are checked: wheels, each built from its sdist, in a fresh environment, and the editable one
of the environment that runs this script. With the wheels, a rubric and a plugin are made from templates as a
newcomer would make them, installed, tested and scored with. Run it with ``make install-check``.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLUGINS = sorted(path.parent for path in ROOT.glob("plugins/*/pyproject.toml"))


def main() -> None:
    """Check both installations; the first thing that does not hold ends the script with a message."""
    with tempfile.TemporaryDirectory(prefix="palvelumittari-install-") as folder:
        scratch = Path(folder)
        elsewhere = scratch / "elsewhere"
        elsewhere.mkdir()
        wheels = build_wheels(scratch / "dist")
        fresh = install_wheels(wheels, scratch / "venv")
        check_installation(fresh, elsewhere, editable=False)
        check_made(fresh, elsewhere)
        check_installation(Path(sys.prefix), elsewhere, editable=True)


def build_wheels(into: Path) -> list[Path]:
    """Build the core and every plugin: an sdist each, and from that its wheel."""
    for project in (ROOT, *PLUGINS):
        say(f"building {project.name if project != ROOT else 'the core'}")
        run(sys.executable, "-m", "build", "--outdir", into, project, cwd=ROOT)
    return sorted(into.glob("*.whl"))


def install_wheels(wheels: list[Path], environment: Path) -> Path:
    """Make a fresh virtual environment that holds the wheels and what they need, and return it."""
    say("installing the wheels into a fresh environment")
    run(sys.executable, "-m", "venv", environment, cwd=environment.parent)
    pip = (environment / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "--quiet")
    run(*pip, "install", *wheels, cwd=environment.parent)
    return environment


def check_installation(environment: Path, elsewhere: Path, *, editable: bool) -> None:
    """Check where the package comes from, that all data came along, and that the command works."""
    kind = "editable" if editable else "wheel"
    package = imported_package(environment, elsewhere)
    in_the_tree = package.is_relative_to(ROOT / "src")
    require(in_the_tree == editable, f"the {kind} installation takes palvelumittari from {package}")
    if not editable:
        missing = [path for path in shipped_data() if not (package.parent / path).is_file()]
        require(not missing, f"not in the wheels: {', '.join(map(str, missing))}")
    check_command(environment / "bin" / "palvelumittari", elsewhere)
    say(f"{kind}: all {len(rubric_ids())} rubrics are listed, the demo runs")


def imported_package(environment: Path, elsewhere: Path) -> Path:
    """Return the folder from which the environment's Python imports the core."""
    question = "import palvelumittari; print(palvelumittari.__path__[0])"
    return Path(run(environment / "bin" / "python", "-c", question, cwd=elsewhere).strip())


def check_command(command: Path, elsewhere: Path) -> None:
    """Check that the command lists every rubric of the tree and that its demo ends well."""
    listed = run(command, "rubric", "list", cwd=elsewhere)
    unlisted = [each for each in rubric_ids() if not re.search(rf"(?<![\w/-]){each}(?![\w/-])", listed)]
    require(not unlisted, f"`palvelumittari rubric list` does not name {', '.join(unlisted)}:\n{listed}")
    run(command, "demo", cwd=elsewhere)


def check_made(environment: Path, elsewhere: Path) -> None:
    """Check that a rubric and a plugin made by the command prove themselves: what it prints to be typed is typed."""
    say("making a rubric and a plugin, and typing what the command prints")
    made = type_in(environment, "palvelumittari rubric new hotel", elsewhere)
    type_next(environment, made, elsewhere)
    hotel = score(environment, "hotel", "- customer look_around\n- server offer_help", elsewhere, "hotel/hotel.toml")
    require(hotel.get("hotel/help-in-time") == "met", f"the new rubric does not judge as it should: {hotel}")
    made = type_in(environment, "palvelumittari plugin new ferry", elsewhere)
    type_next(environment, made, elsewhere)  # installs it editable, with what its tests need, and runs them
    type_in(environment, "python -m pip install --quiet --force-reinstall --no-deps ./palvelumittari-ferry", elsewhere)
    ferry = score(environment, "ferry", "- customer ask\n- server/anna answer", elsewhere)
    require(ferry.get("ferry/same-hands") == "met", f"the new plugin, installed, does not judge: {ferry}")
    say("a new rubric and a new plugin are checked, tested and judge encounters")


def type_next(environment: Path, printed: str, folder: Path) -> None:
    """Type the commands that stand below the invitation to type them."""
    commands = printed.partition("To try it, type:\n")[2].partition("\n\n")[0].splitlines()
    require(len(commands) == 3, f"three commands to type next were awaited:\n{printed}")
    for command in commands:
        type_in(environment, command.strip(), folder)


def type_in(environment: Path, command: str, folder: Path) -> str:
    """Type a command into a shell in which an environment is active, and return what it printed."""
    return run("bash", "-c", command, cwd=folder, first_on_path=environment / "bin")


def score(environment: Path, sector: str, events: str, folder: Path, rubric: str | None = None) -> dict[str, str]:
    """Score a moment in a sector with what is installed, or a rubric file; return the outcomes by criterion."""
    (folder / f"{sector}.timeline").write_text(f"sector: {sector}\nrecord: excerpt\n\n{events}\n", encoding="utf-8")
    option = f" --rubric {rubric}" if rubric else ""
    verdict = json.loads(type_in(environment, f"palvelumittari score {sector}.timeline -f ndjson{option}", folder))
    require(verdict["score"] is not None, f"no score for an encounter of the sector {sector}")
    return {finding["criterion"]: finding["outcome"] for finding in verdict["findings"]}


def shipped_data() -> list[Path]:
    """Return every data file of the tree by its place in an installation, relative to site-packages."""
    core = (Path("palvelumittari", path.relative_to(ROOT)) for path in data_files(ROOT / "rubrics"))
    plugins = (path.relative_to(project / "src") for project in PLUGINS for path in data_files(project / "src"))
    return [*core, *plugins]


def rubric_ids() -> list[str]:
    """Return the id of every rubric in the tree."""
    return sorted(rubric_id for folder in rubric_folders() for rubric_id in ids_in(folder))


def rubric_folders() -> Iterator[Path]:
    """Yield the folder of the core's rubrics and the folder of each plugin's."""
    yield ROOT / "rubrics"
    for project in PLUGINS:
        for package in project.glob("src/palvelumittari_*"):
            yield package / "rubrics"


def ids_in(folder: Path) -> list[str]:
    """Return the ids of the rubrics under `folder`: what has an id and a version. There must be one."""
    documents = [tomllib.loads(path.read_text(encoding="utf-8")) for path in data_files(folder)]
    ids = [document["id"] for document in documents if "id" in document and "version" in document]
    require(bool(ids), f"no rubric lies in {folder.relative_to(ROOT)}")
    return ids


def data_files(folder: Path) -> list[Path]:
    """Return all TOML files under `folder`."""
    return sorted(folder.rglob("*.toml"))


def run(*command: str | Path, cwd: Path, first_on_path: Path | None = None) -> str:
    """Run a command that must not find the source tree by accident, and return what it printed."""
    hidden = {name for name in os.environ if name.startswith("PYTHON")}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    environment |= {"COLUMNS": "200", "NO_COLOR": "1", "PYTHONUTF8": "1"}
    if first_on_path is not None:
        environment["PATH"] = os.pathsep.join([str(first_on_path), environment.get("PATH", os.defpath)])
    words = [str(word) for word in command]
    done = subprocess.run(
        words,
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    require(done.returncode == 0, f"`{' '.join(words)}` ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def require(holds: bool, otherwise: str) -> None:
    """End the check with a message unless the condition holds."""
    if not holds:
        sys.exit(f"install-check: {otherwise}")


def say(text: str) -> None:
    """Print what is going on, at once."""
    print(f"install-check: {text}", flush=True)


if __name__ == "__main__":
    main()
