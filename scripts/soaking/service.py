"""The real service in processes of its own: started, asked, killed."""

import http.client
import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

ENOUGH_SECONDS = 60


class Service:
    """A service that may be killed and started again."""

    def __init__(self, command: list[str | Path], folder: Path, environment: dict[str, str]) -> None:
        self.command, self.folder, self.environment, self.log = command, folder, environment, folder / "service.log"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=self.folder, env={**self.environment, "PORT": str(self.port)}, stdout=log,
                stderr=log, start_new_session=True,
            )
        wait_until(self.answers, "the service does not answer")

    def answers(self) -> bool:
        """Tell whether it serves."""
        assert self.process.poll() is None, self.log.read_text()
        try:
            return ask(self, "GET", "/healthz")[0] == 200
        except OSError:
            return False

    @property
    def worker(self) -> int:
        """The process that serves."""
        (child,) = children(self.process.pid)
        return child

    def kill(self) -> None:
        """Cut the power: every process of it is gone at once, without a word."""
        if self.process.poll() is None:
            processes = [self.process.pid, *children(self.process.pid)]
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            wait_until(lambda: not any(map(alive, processes)), "it lives on")

    def stop(self) -> None:
        """Let it stop by itself."""
        self.process.terminate()
        assert self.process.wait(ENOUGH_SECONDS) == 0, self.log.read_text()


def children(process: int) -> list[int]:
    """Return the processes a process has started."""
    return list(map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split()))


def alive(process: int) -> bool:
    """Tell whether a process still does anything."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_until(happened: Any, else_say: str) -> None:
    """Wait for something another process does."""
    end = time.monotonic() + ENOUGH_SECONDS
    while not happened():
        assert time.monotonic() < end, else_say
        time.sleep(0.01)


def ask(service: Service, method: str, path: str, **more: Any) -> tuple[int, Any, Any]:
    """Ask the service once; return status, content and headers."""
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=ENOUGH_SECONDS)
    try:
        connection.request(method, path, **more)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read() or "null"), answer.headers
    finally:
        connection.close()
