"""strace: what a process asks of the machine, read along or answered with a fault."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


class NoTracing(Exception):
    """The machine lets no process be traced."""


def why_not() -> str | None:
    """Return why nothing can be traced here; nothing, if it can."""
    if shutil.which("strace") is None:
        return "strace is not installed (Debian: apt-get install strace)"
    # A process that is no child of the tracer: some machines let their own children be traced and no others.
    with subprocess.Popen(["sleep", "60"]) as other:
        try:
            with traced(other.pid, Path(os.devnull)):
                return None
        except NoTracing as refusal:
            return f"this machine allows no tracing: {refusal}"
        finally:
            other.kill()


@contextmanager
def traced(process: int, log: Path, *options: str) -> Iterator[None]:
    """Trace a process and its threads until the block ends or the process does. Raises NoTracing."""
    command = ["strace", "-f", "-y", "-s", "32", "-o", str(log), *options, "-p", str(process)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace:
        assert strace.stderr is not None
        said = strace.stderr.readline()
        try:
            if "attached" not in said:
                raise NoTracing(said.strip())
            yield
        finally:
            strace.terminate()


@dataclass(frozen=True)
class Call:
    """A finished system call: its name, the file or socket it was for, and the rest of the line."""

    thread: str
    name: str
    file: str
    rest: str


def calls(log: Path) -> list[Call]:
    """Return the calls of a log in the order in which they came back."""
    begun: dict[str, str] = {}
    found = []
    for line in log.read_text(errors="replace").splitlines():
        thread, _, said = line.partition(" ")
        said = said.strip()
        if said.endswith("<unfinished ...>"):
            begun[thread] = said.removesuffix("<unfinished ...>")
            continue
        if resumed := re.match(r"<\.\.\. \w+ resumed>", said):
            said = begun.pop(thread, "") + said[resumed.end() :]
        if call := re.match(r"(\w+)\((?:\d+<([^>]*)>|\"([^\"]*)\")?(.*)", said):
            found.append(Call(thread, call[1], call[2] or call[3] or "", call[4]))
    return found
