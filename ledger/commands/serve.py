"""aixin serve: serve the ledger with gunicorn. It never loads a demo."""

import os
import socket
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from gunicorn import util  # type: ignore[import-untyped]
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]
from gunicorn.http.errors import LimitRequestLine  # type: ignore[import-untyped]
from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

from ledger.commands.demo import sign_ins
from ledger.commands.rebuild import glance, keep
from ledger.commands.tools import Commands, add_command, county_database, program, say, sentence
from ledger.db import Database, close_database
from ledger.errors import LedgerError
from ledger.journal import County
from ledger.journal.signing import read_key
from ledger.settings import Settings, WrongSetting, read_settings

APP = "ledger.app:create_app()"
TOO_LONG = """<!doctype html>
<html lang="zh-Hans"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>爱心账本 Aixin Ledger</title></head><body>
<h1>内容太长</h1><p>查找时只填几个字就够了。<a href="/">回到首页</a></p>
<h1 lang="en">Too long</h1><p lang="en">A few signs are enough to search for. <a href="/">Back to the first page</a></p>
</body></html>
"""


class PortTaken(LedgerError):
    """Somebody listens there already."""

    message = "Port %(port)s on %(host)s cannot be used (%(why)s); set HOST and PORT to another place."


def add_to(commands: Commands) -> None:
    """Add this command."""
    add_command(
        commands, "serve", run, "serve the ledger",
        description="Serve the ledger where HOST and PORT say (127.0.0.1, 8000). It never loads a demo.",
        example="PORT=8080 aixin serve",
    )


def run(_: Namespace) -> None:
    """Serve until somebody says stop."""
    settings = read_settings()
    try_key(settings)
    greeting = greeting_of(settings)
    try_port(settings)
    Service(settings, greeting).run()


def try_key(settings: Settings) -> None:
    """Refuse a key that could not sign while somebody is there to read why. Raises WrongSetting."""
    try:
        if settings.signing_key_file:
            read_key(settings.signing_key_file)
    except LedgerError as refusal:
        raise WrongSetting(f"AIXIN_SIGNING_KEY_FILE: {refusal}") from None


def greeting_of(settings: Settings) -> str:
    """Return what stands on the screen at the start. The database is closed again before the workers are made."""
    lines = [f"爱心账本 Aixin Ledger: http://{settings.host}:{settings.port}   (Ctrl+C stops it)"]
    with county_database(settings) as opened:
        with opens_all_the_same(), opened.reading() as session:
            county = session.get(County, 1)
            if county is None:
                lines.append(f"There is no county yet. Run: {program()} county new NAME --code CODE")
            elif county.demo:
                lines.append(sign_ins(session, settings))
        for warning in opened.warnings():
            say(warning)
        with opens_all_the_same():
            look_over(opened)
    return "\n".join(lines)


@contextmanager
def opens_all_the_same() -> Iterator[None]:
    """Say what is refused in here, and open the counter."""
    try:
        yield
    except LedgerError as refusal:
        say(f"The books could not be looked over at the start. {sentence(refusal)}")


def look_over(opened: Database) -> None:
    """Look at the books at a glance; whatever is found is said and shown in red."""
    found = glance(opened)
    for book, fault in found.items():
        if fault:
            say(f"Something is wrong in {fault.at(book)}")
    keep(opened, found, whole=False)


def try_port(settings: Settings) -> None:
    """Refuse a port that cannot be had, in one sentence; gunicorn would try for a while and then give up in many."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        socket.create_server((settings.host, settings.port), family=family).close()
    except OSError as fault:
        raise PortTaken(host=settings.host, port=settings.port, why=os.strerror(fault.errno or 0)) from None


class Service(BaseApplication):  # type: ignore[misc]
    """Gunicorn with our settings, from no other file and no other variable."""

    def __init__(self, settings: Settings, greeting: str) -> None:
        self.settings, self.greeting = settings, greeting
        super().__init__()

    def load_config(self) -> None:
        """Set what the settings say."""
        for name, value in options(self.settings, self.greeting).items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Make the service, in each worker by itself: no connection is opened before the fork."""
        return util.import_app(APP)


class Worker(ThreadWorker):  # type: ignore[misc]
    """Gunicorn's worker, which answers an address too long to be read in the words of this service."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Tell what is wrong with a request that could not be read."""
        if not isinstance(exc, LimitRequestLine):
            super().handle_error(req, client, addr, exc)
            return
        body = TOO_LONG.encode()
        head = "HTTP/1.1 414 URI Too Long\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n"
        client.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)


def options(settings: Settings, greeting: str) -> dict[str, Any]:
    """Return gunicorn's own settings."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return {
        "bind": f"{host}:{settings.port}",
        "worker_class": Worker,
        "workers": settings.workers,
        "threads": settings.threads,
        "control_socket_disable": True,
        "loglevel": "warning",
        # The service itself trusts as many proxies as AIXIN_TRUSTED_PROXIES says.
        "forwarded_allow_ips": "",
        "when_ready": lambda _: print(greeting, flush=True),
        # Who writes finishes; then the connections are closed.
        "worker_exit": lambda _server, _worker: close_database(),
    }
