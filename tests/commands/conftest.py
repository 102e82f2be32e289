"""The aixin command as an operator calls it: a process of its own, in a folder of its own."""

import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ledger.commands import main
from ledger.db import Database
from ledger.registers.starter import found_county
from tests.journal.clients import know, processes

PROJECT = Path(__file__).parent.parent.parent
# A suite that runs in the background ignores Ctrl+C, and so would all that it starts.
HEARS_CTRL_C = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
PROGRAM = [sys.executable, "-c", f"{HEARS_CTRL_C}; import sys; from ledger.commands import main; sys.exit(main())"]
UNTIL = "2026-11-20"
LONG_ENOUGH = 120
"""Seconds after which a machine is not busy, but something is wrong."""

know("ledger.commands", __name__)


def environment(**more: str) -> dict[str, str]:
    """Return an environment in which nothing is set but what is named."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AIXIN_")}
    for name in ("HOST", "PORT", "WEB_CONCURRENCY"):
        kept.pop(name, None)
    return {**kept, "PYTHONPATH": str(PROJECT), "PYTHONWARNINGS": "error", **more}


def start(folder: Path, *arguments: str, **more: str) -> "subprocess.Popen[str]":
    """Start the command and leave it running."""
    return subprocess.Popen(
        [*PROGRAM, *arguments], cwd=folder, env=environment(**more), text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )


Call = Callable[..., "subprocess.CompletedProcess[str]"]


def calling(folder: Path) -> Call:
    """Return a way to call the command in a folder and wait for it."""

    def call(*arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
        # Forked from one that has read the program: most of a call would else be Python reading it again.
        with tempfile.TemporaryDirectory() as said:
            out, error = Path(said, "out"), Path(said, "error")
            about = (folder, arguments, environment(**more), out, error)
            running = processes.Process(target=be_the_command, args=about)
            running.start()
            running.join(LONG_ENOUGH)
            assert running.exitcode is not None, "the command does not end"
            told = out.read_text(), error.read_text()
        assert "Traceback" not in told[1], told[1]
        return subprocess.CompletedProcess(arguments, running.exitcode, *told)

    return call


def be_the_command(folder: Path, arguments: Sequence[str], setting: dict[str, str], out: Path, error: Path) -> None:
    """Run the command in a folder, with an environment in which nothing else is set; what it says goes into files."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(setting)
    for number, file in enumerate((out, error), 1):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT), number)
    warnings.simplefilter("error")
    sys.exit(main(arguments))


@pytest.fixture
def place(sqlite_template: Path, tmp_path: Path) -> Path:
    """A folder whose instance holds a migrated database with nothing in it."""
    (tmp_path / "instance").mkdir(mode=0o700)
    shutil.copy(sqlite_template, tmp_path / "instance" / "ledger.sqlite")
    return tmp_path


@pytest.fixture
def county(place: Path) -> Path:
    """The same folder, with a county founded in it that is not a demo."""
    store, when = database_in(place), datetime.now(UTC)
    with store.writing() as session:
        found_county(session, name="略阳县", code="610727", demo=False, by="aixin", now=when)
    store.close()
    return place


@pytest.fixture
def aixin(place: Path) -> Call:
    """The command, called where the database is empty."""
    return calling(place)


@pytest.fixture(scope="session")
def demo_place(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose instance holds the demo, built by the command itself; copy it to write in it."""
    folder = tmp_path_factory.mktemp("demo-place")
    (folder / "instance").mkdir(mode=0o700)
    shutil.copy(sqlite_template, folder / "instance" / "ledger.sqlite")
    done = calling(folder)("demo", "--until", UNTIL, "--households", "120")
    assert done.returncode == 0, done.stderr
    (folder / "said").write_text(done.stdout)
    (folder / "told").write_text(done.stderr)
    return folder


@pytest.fixture
def demo_copy(demo_place: Path, tmp_path: Path) -> Path:
    """A copy of the demo's folder."""
    return Path(shutil.copytree(demo_place, tmp_path / "copy"))


def code_of(*arguments: str) -> int:
    """Return the exit code of a command called within this process: for what is refused before anything is opened."""
    try:
        return main(arguments)
    except SystemExit as ended:
        return int(ended.code or 0)


def database_in(folder: Path) -> Database:
    """Return the database of a folder's instance."""
    return Database(f"sqlite:///{folder / 'instance' / 'ledger.sqlite'}")
